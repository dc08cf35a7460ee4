import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/cli/run/diagnose.js';
import { load, messageOf, scratch } from './scratch.js';

const file = scratch();
const rows = () => file('rows.csv', 'x,y\n1,2\n2,3\n3,4\n');

describe('a file that is not what was wanted', () => {
  it('a directory is called one, though it has no extension', async () => {
    expect(await messageOf(load(dirname(rows())))).toContain('needs a file, got a directory or a device');
  });

  it('an array of labels as JSON', async () => {
    const labels = file('labels.json', '["a", "b", "a"]');
    expect(await messageOf(load(rows(), { labels }))).toMatch(
      /must be an array of objects or of rows, got "a" in it; for labels write one per line into a text file$/,
    );
  });

  it.each([
    ['bytes that are no text', Buffer.of(120, 44, 121, 10, 0, 1, 2, 10)],
    ['UTF-16 without its mark', Buffer.from('x,label\n1,a\n2,b\n', 'utf16le')],
  ])('%s, called CSV', async (_, content) => {
    expect(await messageOf(load(file('bytes.csv', content)))).toMatch(
      /bytes\.csv: must be text, got a zero byte; is it another format, which --format names, or UTF-16 without its mark\?$/,
    );
  });

  it.each([
    ['<f16', 'longdouble', "save array.astype('float64')"],
    ['<c16', 'complex', 'real and imaginary parts'],
    ['<M8[D]', 'dates', "astype('str')"],
  ])('an array of dtype %s', async (type, word, remedy) => {
    const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (3, 2), }`.padEnd(117).concat('\n');
    const mark = Buffer.from('\x93NUMPY\x01\x00', 'latin1');
    const content = Buffer.concat([mark, Buffer.of(118, 0), Buffer.from(header, 'latin1'), Buffer.alloc(96)]);
    const message = await messageOf(load(file('odd.npy', content), { labels: file('l.txt', 'a\nb\na\n') }));
    expect(message).toContain(word);
    expect(message).toContain(remedy);
  });
});

it('a file that is not there is called so in words', async () => {
  expect(await messageOf(load(join(dirname(rows()), 'other', 'rows.csv')))).toMatch(
    /got no such file or folder; check/,
  );
});

describe('rows that no test can be made on are one error, not one sentence for each test', () => {
  it.each([
    ['one class', 'x,label\n1,a\n2,a\n3,a\n', 'got 1 class in 3 rows'],
    ['one row', 'x,label\n1,a\n', 'got 1 class in 1 row'],
    ['a class for each row', 'x,label\n1,a\n2,b\n3,c\n', 'got 3 classes in 3 rows'],
  ])('%s', async (_, content, got) => {
    const message = await messageOf(diagnose(file('few.csv', content), { quiet: true, header: true } as never));
    expect(message).toMatch(/^too-(few|many)-clusters: .*needs at least two classes, one of them with two rows/);
    expect(message).toContain(got);
  });
});
