import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/read/index.js';
import { readDamaged } from '../../support/mutated-files.js';
import { messageOf } from '../cli/scratch.js';

const seed = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../golden/fixtures/read/${name}`, import.meta.url)));
const refused = (bytes: Uint8Array, name: string) => messageOf(readTable(bytes, { name, label: null }));

/** The bytes with numbers of 32 bits put at a place counted from the start or, below 0, from the end. */
function put(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setUint32((at < 0 ? bytes.length : 0) + at + 4 * i, value, true);
  });
  return bytes;
}

/** An array of numpy with this header, and no values. */
function npy(header: string): Uint8Array {
  const text = header.padEnd(117).concat('\n');
  return Uint8Array.from([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, 118, 0, ...new TextEncoder().encode(text)]);
}

describe('a header that claims too much is refused before room is made for it', () => {
  it('NPY: a shape, text without width, and a header of gigabytes', async () => {
    const of = (shape: string, descr = '<f8') =>
      npy(`{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`);
    expect(await refused(of('999999999999, 8'), 'x.npy')).toMatch(/needs 63999999999936 bytes, got 0/);
    expect(await refused(of('999999999999, 2', '<U0'), 'x.npy')).toMatch(/got dtype 'U'/);
    expect(await refused(of('0, 999999999999'), 'x.npy')).toMatch(/must hold at least one value/);
    const long = of('1, 1');
    long[6] = 2;
    expect(await refused(put(long, 8, 0xfffffff0), 'x.npy')).toMatch(/header of at most 10000 bytes, got 4294967280/);
  });

  it('zip: an entry that says that it becomes more than deflate can make', async () => {
    const archive = zipSync({ 'x.npy': new Uint8Array(5000) });
    const central = archive.findIndex((_, i) => archive[i] === 0x50 && archive[i + 1] === 0x4b && archive[i + 2] === 1);
    expect(await refused(put(archive, central + 24, 0x7fffffff), 'x.npz')).toMatch(
      /'x\.npy' claims 2147483647 bytes in/,
    );
  });

  it('Zstandard: a window of gigabytes', async () => {
    const frame = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 20 << 3, ...new Array(20).fill(0)]);
    expect(await refused(frame, 'x.csv.zst')).toMatch(/a window of 1073741824 bytes, above 134217728/);
  });

  it('Parquet: metadata longer than the file', async () => {
    expect(await refused(put(seed('snappy.parquet'), -8, 0x7fffffff), 'x.parquet')).toMatch(
      /metadata length 2147483647 exceeds/,
    );
  });

  it('Parquet: a run of levels longer than its page', async () => {
    const file = seed('none.parquet');
    const levels = [2, 0, 0, 0, 24, 1]; // two bytes: a run of 12 ones
    const at = file.findIndex((_, i) => levels.every((byte, j) => file[i + j] === byte));
    for (const [j, byte] of [0xfe, 0xff, 0xff, 0xff, 0x07].entries()) file[at + 4 + j] = byte;
    expect(await refused(file, 'x.parquet')).toMatch(/a run of 1073741823 where 12 values are left/);
  });

  it('Arrow: a message longer than the file, and a file cut short', async () => {
    expect(await refused(put(seed('stream.arrows'), 4, 0x7fffffff), 'x.arrow')).toMatch(/a message that is cut short/);
    expect(await refused(seed('last.arrow').slice(0, -20), 'x.arrow')).toMatch(/a file that is cut short/);
  });

  it('Arrow: any number of the messages of schema and rows, one after the other', async () => {
    const sound = seed('stream.arrows');
    const found = new Set<string>();
    for (let at = 8; at < 1200; at += 4) found.add(await readDamaged(put(sound.slice(), at, 0x3fffffff), 'x.arrow'));
    expect([...found].sort()).toEqual(['malformed-file', 'read']);
  });

  it('LIBSVM: a place so high that the rows cannot be written out', async () => {
    const text = new TextEncoder().encode('1 999999999:1\n2 1:1\n');
    expect(await refused(text, 'x.libsvm')).toMatch(/2 rows with places up to 999999999 are 1999999998 values/);
  });
});
