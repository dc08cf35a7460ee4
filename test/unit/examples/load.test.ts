import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { CorpusFileError, loadCorpus, loadTrainable } from '../../../examples/equalizer/load.js';

const folder = mkdtempSync(join(tmpdir(), 'clusterlens-load-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function parquet(name: string, columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData']): string {
  return file(name, new Uint8Array(parquetWriteBuffer({ columnData })));
}

async function failure(path: string): Promise<string> {
  const error = await loadCorpus(path).then(
    () => new Error('loaded'),
    (reason: unknown) => reason as Error,
  );
  expect(error).toBeInstanceOf(CorpusFileError);
  return error.message;
}

describe('loadCorpus, CSV', () => {
  it('takes the column named label, wherever it stands', async () => {
    const corpus = await loadCorpus(file('a.csv', '\uFEFFf1,label,f2\n1,warm,2\n-3e1,"cold, dry",.5\n'));
    expect(corpus.rows.map((row) => [...row])).toEqual([
      [1, 2],
      [-30, 0.5],
    ]);
    expect(corpus.labels).toEqual(['warm', 'cold, dry']);
    expect(corpus.columns).toEqual(['f1', 'f2']);
    expect(corpus.synthetic).toBe(false);
  });

  it('takes the last column where none is named label', async () => {
    const corpus = await loadCorpus(file('b.csv', 'f1,word\n1,warm\n\n2,cold\n'));
    expect(corpus.labels).toEqual(['warm', 'cold']);
    expect(corpus.columns).toEqual(['f1']);
  });

  it.each([
    ['a value that is no number, with its line', 'f1,f2,label\n1,2,a\n1,x2,a\n', [/line 3/, /f2/, /"x2"/]],
    ['an empty value', 'f1,f2,label\n1,,a\n', [/line 2/, /f2/, /""/]],
    ['an infinite value', 'f1,label\n1e999,a\n', [/line 2/, /1e999/]],
    ['a line with too few values', 'f1,f2,label\n1,2,a\n1,a\n', [/line 3/]],
    ['an empty label', 'f1,label\n1,a\n2,\n', [/line 3/, /label/]],
    ['no column names', '1,2,3\n4,5,6\n', [/names/, /f1,f2,label/]],
    ['no rows', 'f1,label\n', [/rows/]],
    ['an empty file', '', [/rows|column/]],
    ['one column', 'f1\n1\n', [/column/]],
  ])('refuses %s', async (_, content, patterns) => {
    const message = await failure(file('bad.csv', content));
    for (const pattern of patterns) expect(message).toMatch(pattern);
    expect(message).toContain('bad.csv');
  });

  it('points to the label column when words stand in a column before the last', async () => {
    expect(await failure(file('c.csv', 'word,f1\nwarm,1\n'))).toMatch(/name it 'label'/);
  });
});

describe('loadCorpus, Parquet', () => {
  it('reads text and param_values, one list per row', async () => {
    const path = parquet('a.parquet', [
      { name: 'text', data: ['warm', 'cold', 'warm'], type: 'STRING' },
      {
        name: 'param_values',
        data: [
          [1, 2.5],
          [3, 4],
          [-5, 6],
        ],
      },
    ]);
    const corpus = await loadCorpus(path);
    expect(corpus.labels).toEqual(['warm', 'cold', 'warm']);
    expect(corpus.rows.map((row) => [...row])).toEqual([
      [1, 2.5],
      [3, 4],
      [-5, 6],
    ]);
    expect(corpus.columns).toHaveLength(2);
  });

  it('names the missing column and the nearest that is there', async () => {
    const path = parquet('b.parquet', [
      { name: 'text', data: ['warm'], type: 'STRING' },
      { name: 'param_value', data: [1], type: 'DOUBLE' },
    ]);
    expect(await failure(path)).toMatch(/param_values.*did you mean 'param_value'/);
  });

  it('refuses rows of different length, with the row', async () => {
    const path = parquet('c.parquet', [
      { name: 'text', data: ['warm', 'cold'], type: 'STRING' },
      { name: 'param_values', data: [[1, 2], [3]] },
    ]);
    expect(await failure(path)).toMatch(/row 1.*2.*1/);
  });

  it('refuses param_values that are no lists, and rows without a word', async () => {
    const numbers = parquet('d.parquet', [
      { name: 'text', data: ['warm'], type: 'STRING' },
      { name: 'param_values', data: [1], type: 'DOUBLE' },
    ]);
    expect(await failure(numbers)).toMatch(/row 0.*list/);
    const unnamed = parquet('e.parquet', [
      { name: 'text', data: ['warm', null], type: 'STRING', nullable: true },
      { name: 'param_values', data: [[1], [2]] },
    ]);
    expect(await failure(unnamed)).toMatch(/row 1.*text/);
  });

  it('refuses a file that is not Parquet', async () => {
    expect(await failure(file('f.parquet', 'f1,label\n1,a\n'))).toMatch(/f\.parquet.*Parquet/);
  });
});

describe('loadCorpus', () => {
  it('names a file that is missing, and a kind that it cannot read', async () => {
    expect(await failure(join(folder, 'none.csv'))).toMatch(/none\.csv.*no such file/);
    expect(await failure(file('a.xlsx', ''))).toMatch(/\.csv or a \.parquet/);
  });

  it('refuses a folder', async () => {
    const path = join(folder, 'folder.csv');
    mkdirSync(path);
    expect(await failure(path)).toMatch(/folder\.csv: needs a file/);
  });
});

describe('loadTrainable', () => {
  const rows = (label: string, count: number) => Array.from({ length: count }, (_, i) => `${i},${label}\n`).join('');
  it('takes two labels with ten rows each', async () => {
    const corpus = await loadTrainable(file('t.csv', `f1,label\n${rows('a', 10)}${rows('b', 10)}`));
    expect(corpus.rows).toHaveLength(20);
  });

  it('refuses less, with what is there and what may be wrong', async () => {
    const path = file('u.csv', `f1,label\n${rows('a', 10)}${rows('b', 9)}`);
    await expect(loadTrainable(path)).rejects.toThrow(
      /u\.csv: needs at least 2 labels with 10 rows or more each, got 1 among 2 \(largest: "a" 10, "b" 9\).*name it 'label'/,
    );
  });
});
