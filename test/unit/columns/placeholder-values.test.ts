import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { placeholderValues } from '../../../src/index.js';

const rng = new Rng(17);
const column = (make: (i: number) => number, n = 100) => Array.from({ length: n }, (_, i) => [make(i), rng.normal()]);
const found = (make: (i: number) => number, n?: number) =>
  placeholderValues(column(make, n)).values.map(({ column: c, value }) => [c, value]);

describe('placeholderValues', () => {
  it('finds a value that repeats far from all others, with its rows', () => {
    const { values, rows } = placeholderValues(column((i) => (i % 25 === 3 ? -999 : rng.normal())));
    expect(values).toMatchObject([{ column: 0, value: -999, conventional: true, rows: Int32Array.of(3, 28, 53, 78) }]);
    expect(rows).toEqual(Int32Array.of(3, 28, 53, 78));
    expect(values[0]!.gap).toBeGreaterThan(900);
  });

  it('finds both of two, at one end or at both', () => {
    const two = (a: number, b: number) => found((i) => (i % 10 === 3 ? a : i % 10 === 5 ? b : rng.normal()));
    expect(two(-999, -9999)).toEqual([
      [0, -9999],
      [0, -999],
    ]);
    expect(two(-999, 9999)).toEqual([
      [0, -999],
      [0, 9999],
    ]);
  });

  it('finds 0 in a column that is far from 0, and only there', () => {
    expect(found((i) => (i % 10 === 0 ? 0 : 120 + 15 * rng.normal()))).toEqual([[0, 0]]);
    expect(found((i) => (i % 10 === 0 ? 0 : Math.exp(rng.normal())))).toEqual([]);
  });

  it('finds -1 below a positive column of measurements, and among counts where it is frequent', () => {
    expect(found((i) => (i % 10 === 0 ? -1 : 10 * rng.uniform()))).toEqual([[0, -1]]);
    expect(found((i) => (i % 2 === 0 ? -1 : 2 + rng.integer(20)))).toEqual([[0, -1]]);
    expect(found(() => Math.round(3 + 1.5 * rng.normal()), 400)).toEqual([]);
  });

  it('asks another value to lie farther away', () => {
    expect(found((i) => (i % 10 === 0 ? 57.3 : rng.normal()))).toEqual([[0, 57.3]]);
    expect(found((i) => (i % 10 === 0 ? 4.5 : rng.normal()))).toEqual([]);
  });

  it('leaves zeros of counts, of pixels and of two values alone', () => {
    expect(found(() => Math.max(0, rng.integer(9) - 4))).toEqual([]);
    expect(found((i) => (i % 2 === 0 ? 0 : rng.integer(17)))).toEqual([]);
    expect(found((i) => (i % 10 === 0 ? 1 : 0))).toEqual([]);
    expect(found((i) => (i % 10 === 0 ? 99 : i % 4))).toEqual([]);
  });

  it('counts copies of one row once', () => {
    const points = column((i) => (i < 5 ? 500 : rng.normal()));
    for (let i = 1; i < 5; i++) points[i] = points[0]!;
    expect(placeholderValues(points).values).toEqual([]);
  });

  it('needs so many rows', () => {
    const points = column((i) => (i < 2 ? -999 : rng.normal()));
    expect(placeholderValues(points).values).toEqual([]);
    expect(placeholderValues(points, { fewest: 2 }).values).toHaveLength(1);
  });
});
