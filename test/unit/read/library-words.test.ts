import { expect, test } from 'vitest';
import { readTable } from '../../../src/read/index.js';

const bytes = (text: string) => new TextEncoder().encode(text);

test('notes and errors name the options of readTable, not those of the command', async () => {
  const { notes } = await readTable(bytes('x,y,species\n0,0,a\n1,2,b\n'), { name: 'rows.csv' });
  expect(notes).toEqual(["the labels are those of column 'species', by its name; label takes those of another"]);
  await expect(readTable(bytes('x,y\n0.5,0.1\n1,2\n'), { name: 'rows.csv' })).rejects.toThrow(
    "name it with label: 'NAME', or give labels: 'FILE'; clusterlens k needs none",
  );
});
