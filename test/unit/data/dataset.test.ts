import { Matrix, MatrixTransposeView } from 'ml-matrix';
import { describe, expect, it, vi } from 'vitest';
import { adjustedRandIndex, classBalance, dataset, type Labels, type Points, silhouette } from '../../../src/index.js';

const rows = [
  [0.5, 1],
  [-2, 3.25],
  [4, 5],
  [8, -0.125],
];
const labels = ['a', 'a', 'b', 'b'];

class Rows extends Array<number[]> {}
class Row extends Float64Array {}

const forms: Readonly<Record<string, Points>> = {
  'rows of typed arrays': rows.map((row) => Float64Array.from(row)),
  'rows of 32-bit floats, which hold these values exactly': rows.map((row) => Float32Array.from(row)),
  'a subclass of Array': Rows.from(rows) as Rows,
  'rows of a subclass of Float64Array': rows.map((row) => Row.from(row)),
  'anything with a length': { ...rows.map((row) => ({ ...row, length: 2 })), length: 4 } as never,
  'an ml-matrix Matrix': new Matrix(rows),
  'a view of one': new MatrixTransposeView(new Matrix(rows).transpose()),
  'flat numbers': { data: rows.flat(), rows: 4, columns: 2 },
  'flat 64-bit floats': { data: Float64Array.from(rows.flat()), rows: 4, columns: 2 },
  'flat 32-bit floats': { data: Float32Array.from(rows.flat()), rows: 4, columns: 2 },
  'a part of a longer buffer': { data: Float64Array.from([9, ...rows.flat(), 9]).subarray(1, 9), rows: 4, columns: 2 },
};

describe('dataset', () => {
  const plain = dataset(rows, labels);

  it.each(Object.entries(forms))('takes %s for what rows of numbers are', (_, points) => {
    expect(dataset(points, labels)).toEqual(plain);
    expect(silhouette(points, labels)).toEqual(silhouette(rows, labels));
  });

  it('takes integers as coordinates', () => {
    const whole = rows.map((row) => row.map((value) => Math.round(value) + 0));
    expect(
      dataset(
        whole.map((row) => Int8Array.from(row)),
        labels,
      ),
    ).toEqual(dataset(whole, labels));
    expect(dataset({ data: Int32Array.from(whole.flat()), rows: 4, columns: 2 }, labels)).toEqual(
      dataset(whole, labels),
    );
  });

  it('is a copy: what happens to the input afterwards does not reach it', () => {
    const points = rows.map((row) => [...row]);
    const flat = Float64Array.from(rows.flat());
    const names = [...labels];
    const codes = Int32Array.of(1, 1, 2, 2);
    const fromRows = dataset(points, names);
    const fromFlat = dataset({ data: flat, rows: 4, columns: 2 }, codes);
    points[0]![0] = 99;
    points.pop();
    flat.fill(99);
    names[0] = 'z';
    codes.fill(7);
    expect(fromRows).toEqual(plain);
    expect(fromFlat.points).toEqual(plain.points);
    expect(fromFlat.classes).toEqual([1, 2]);
    expect(silhouette(fromRows)).toEqual(silhouette(rows, labels));
  });

  it('leaves the input as it is', () => {
    const flat = Float64Array.from(rows.flat());
    const codes = Int32Array.of(5, 5, 2, 2);
    silhouette({ data: flat, rows: 4, columns: 2 }, codes);
    expect([...flat]).toEqual(rows.flat());
    expect([...codes]).toEqual([5, 5, 2, 2]);
  });

  it('is frozen, and so are its classes', () => {
    expect(() => {
      (plain as { n: number }).n = 3;
    }).toThrow(TypeError);
    expect(() => {
      (plain.classes as string[]).push('c');
    }).toThrow(TypeError);
  });

  it('tells labels by value and type, in label order: numbers, booleans, strings', () => {
    const mixed: Labels = ['10', 1e12, true, 'a', -3, false, '', 0.5];
    const { classes, labels: codes } = dataset(
      Array.from(mixed, (_, i) => [i]),
      mixed,
    );
    expect(classes).toEqual([-3, 0.5, 1e12, false, true, '', '10', 'a']);
    expect(Array.from(codes)).toEqual([6, 2, 4, 7, 0, 3, 5, 1]);
  });

  it.each([
    ['bytes', Uint8Array.of(7, 7, 200, 200)],
    ['64-bit floats', Float64Array.of(-1e15, -1e15, 1e-300, 1e-300)],
    ['booleans', [false, false, true, true]],
    ['names that an object has', ['__proto__', '__proto__', 'constructor', 'constructor']],
    ['anything with a length', { length: 4, 0: 'x', 1: 'x', 2: 'y', 3: 'y' }],
  ])('labels may be %s', (_, given) => {
    const data = dataset(rows, given as Labels);
    expect([Array.from(data.labels), data.k, Array.from(data.counts)]).toEqual([[0, 0, 1, 1], 2, [2, 2]]);
    expect(adjustedRandIndex(given as Labels, labels)).toBe(1);
    expect(classBalance(given as Labels).classes.map(({ count }) => count)).toEqual([2, 2]);
  });

  it('holds the noise label only where one was named', () => {
    expect('noiseLabel' in plain).toBe(false);
    expect(dataset(rows, [0, 0, -0, 1], { noiseLabel: -0 })).toMatchObject({ noiseLabel: 0, classes: [0, 1] });
  });

  it('is recognised by another copy of the library, as the ESM and the CommonJS build are', async () => {
    vi.resetModules();
    const other = await import('../../../src/index.js');
    expect(other.dataset).not.toBe(dataset);
    expect(other.silhouette(plain)).toEqual(silhouette(plain));
    expect(silhouette(other.dataset(rows, labels))).toEqual(silhouette(plain));
  });
});
