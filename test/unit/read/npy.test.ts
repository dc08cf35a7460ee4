import { describe, expect, it } from 'vitest';
import { load, messageOf, rowsOf, scratch } from '../cli/scratch.js';

const file = scratch();

/** A file of numpy.save, written byte by byte from its format description. */
function npy(descr: string, shape: string, body: Uint8Array, { fortran = false, version = 1 } = {}): Uint8Array {
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape}), }`;
  const lead = version === 1 ? 10 : 12;
  const length = Math.ceil((lead + dictionary.length + 1) / 64) * 64 - lead;
  const head = Buffer.alloc(lead);
  head.write('\x93NUMPY', 'latin1');
  head[6] = version;
  if (version === 1) head.writeUInt16LE(length, 8);
  else head.writeUInt32LE(length, 8);
  return Buffer.concat([head, Buffer.from(`${dictionary.padEnd(length - 1)}\n`, 'latin1'), body]);
}

function numbers(
  values: readonly number[],
  size: number,
  write: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, i) => {
    write(view, i * size, value);
  });
  return new Uint8Array(view.buffer);
}

const f8 = (values: readonly number[], little: boolean) =>
  numbers(values, 8, (view, at, v) => view.setFloat64(at, v, little));
const labels = file('labels.txt', 'a\nb\n');
const SIX = [1, 2, 3, 4, 5, 6.5];
const ROWS = [
  [1, 2, 3],
  [4, 5, 6.5],
];

describe('NPY', () => {
  it('reads either byte order, C and Fortran order, and both header versions', async () => {
    const read = async (bytes: Uint8Array) => rowsOf(await load(file('x.npy', bytes), { labels }));
    expect(await read(npy('<f8', '2, 3', f8(SIX, true)))).toEqual(ROWS);
    expect(await read(npy('>f8', '2, 3', f8(SIX, false)))).toEqual(ROWS);
    expect(await read(npy('<f8', '2, 3', f8([1, 4, 2, 5, 3, 6.5], true), { fortran: true }))).toEqual(ROWS);
    expect(await read(npy('>f8', '2, 3', f8([1, 4, 2, 5, 3, 6.5], false), { fortran: true }))).toEqual(ROWS);
    expect(await read(npy('<f8', '2, 3', f8(SIX, true), { version: 2 }))).toEqual(ROWS);
  });

  it('reads integers and small floats', async () => {
    const i8 = numbers([1, -2, 3, 4], 8, (view, at, v) => view.setBigInt64(at, BigInt(v), false));
    const f4 = numbers([1.5, -2, 3, 4], 4, (view, at, v) => view.setFloat32(at, v, true));
    const u1 = Uint8Array.of(1, 2, 3, 255);
    const read = async (bytes: Uint8Array) => rowsOf(await load(file('y.npy', bytes), { labels }));
    expect(await read(npy('>i8', '2, 2', i8))).toEqual([
      [1, -2],
      [3, 4],
    ]);
    expect(await read(npy('<f4', '2, 2', f4))).toEqual([
      [1.5, -2],
      [3, 4],
    ]);
    expect(await read(npy('|u1', '2, 2', u1))).toEqual([
      [1, 2],
      [3, 255],
    ]);
  });

  it('reads labels that are integers, or text of either byte order', async () => {
    const points = file('points.npy', npy('<f8', '2, 3', f8(SIX, true)));
    const integers = file(
      'i.npy',
      npy(
        '<i4',
        '2,',
        numbers([-1, 3], 4, (view, at, v) => view.setInt32(at, v, true)),
      ),
    );
    expect((await load(points, { labels: integers })).labels).toEqual([-1, 3]);
    for (const little of [true, false]) {
      const codes = [...'frío😀\0\0\0\0\0'].slice(0, 10).map((c) => c.codePointAt(0)!);
      const text = numbers(codes, 4, (view, at, v) => view.setUint32(at, v, little));
      const path = file('u.npy', npy(`${little ? '<' : '>'}U5`, '2,', text));
      expect(await messageOf(load(points, { labels: path }))).toMatch(
        /every row must have a label, got 1 missing among 2, the first for row 2;/,
      );
      codes[5] = 'b'.codePointAt(0)!;
      file(
        'u.npy',
        npy(
          `${little ? '<' : '>'}U5`,
          '2,',
          numbers(codes, 4, (view, at, v) => view.setUint32(at, v, little)),
        ),
      );
      expect((await load(points, { labels: path })).labels).toEqual(['frío😀', 'b']);
    }
  });

  it('counts NaN as missing', async () => {
    const bytes = npy('<f8', '2, 2', f8([1, Number.NaN, 3, 4], true));
    expect(await messageOf(load(file('nan.npy', bytes), { labels }))).toMatch(/first at row 1, column 'x1' \(NaN\)/);
  });

  it('refuses other shapes, other types, and a file cut short', async () => {
    const read = (bytes: Uint8Array) => messageOf(load(file('bad.npy', bytes), { labels }));
    expect(await read(npy('<f8', '6,', f8(SIX, true)))).toMatch(/two-dimensional .*got shape \(6\)/);
    expect(await read(npy('<c16', '2, 3', f8([...SIX, ...SIX], true)))).toMatch(/got dtype 'c16'/);
    expect(await read(npy('<f8', '2, 3', f8(SIX.slice(1), true)))).toMatch(/needs 48 bytes, got 40/);
    expect(await read(Buffer.from('not numpy at all'))).toMatch(/^malformed-file: .*numpy\.save/);
    expect(await messageOf(load(file('alone.npy', npy('<f8', '2, 3', f8(SIX, true)))))).toMatch(
      /^missing-label: .*--labels FILE/,
    );
  });
});
