import fc from 'fast-check';
import { Matrix, SVD } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { singularValues } from '../../../src/statistics/singular-values.js';

/** By ml-matrix, scaled as ours: its own squares over- and underflow. */
function reference(values: Float64Array, n: number, d: number): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return new Float64Array(Math.min(n, d));
  const scaled = Matrix.from1DArray(
    n,
    d,
    Array.from(values, (value) => value / largest),
  );
  const { diagonal } = new SVD(scaled, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Float64Array.from(diagonal.slice(0, Math.min(n, d)), (value) => value * largest);
}

function expectEqual(values: Float64Array, n: number, d: number) {
  const found = singularValues(values, n, d);
  const wanted = reference(values, n, d);
  expect(found.length).toBe(Math.min(n, d));
  const near = 1e-14 * (n + d) * wanted[0]!;
  found.forEach((value, i) => {
    expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(near);
    expect(value).toBeLessThanOrEqual(found[i - 1] ?? Number.POSITIVE_INFINITY);
  });
}

const normals = (size: number, seed: number) => {
  const rng = new Rng(seed);
  return Float64Array.from({ length: size }, () => rng.normal());
};

describe('singular values', () => {
  it.each([
    [1, 1],
    [1, 7],
    [7, 1],
    [5, 5],
    [40, 13],
    [13, 40],
    [120, 100],
  ])('of a random %d x %d matrix are those of ml-matrix', (n, d) => {
    expectEqual(normals(n * d, n + 100 * d), n, d);
  });

  it('of small integers, with equal rows, zero rows and columns, are those of ml-matrix', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.infiniteStream(fc.integer({ min: -2, max: 2 })),
        (n, d, stream) => {
          expectEqual(
            Float64Array.from({ length: n * d }, () => stream.next().value!),
            n,
            d,
          );
        },
      ),
    );
  });

  it.each([1e-9, 1e9, 1e-300, 1e300])('scale with the matrix, here by %d', (scale) => {
    const values = normals(60, 4);
    const found = singularValues(
      values.map((value) => value * scale),
      12,
      5,
    );
    singularValues(values, 12, 5).forEach((value, i) => {
      expect(Math.abs(found[i]! / scale / value - 1)).toBeLessThan(1e-13);
    });
  });

  it('are exact where the matrix is zero, diagonal or of rank one', () => {
    expect(singularValues(new Float64Array(12), 4, 3)).toEqual(new Float64Array(3));
    expect(singularValues(Float64Array.of(0, 3, 0, 0, 0, -4), 2, 3)).toEqual(Float64Array.of(4, 3));
    const [first, ...others] = singularValues(new Float64Array(200).fill(1), 20, 10);
    expect(first).toBeCloseTo(Math.sqrt(200), 12);
    for (const value of others) expect(value).toBeLessThan(1e-14 * first!);
  });

  it('keep small ones beside large ones, which squares of the matrix would lose', () => {
    const [u, v] = [normals(40, 1), normals(40, 2)];
    // Two directions with lengths a and b: the singular values follow from the 2 x 2 matrix of their products.
    const values = Float64Array.from({ length: 80 }, (_, p) => (p % 2 === 0 ? u[p >> 1]! : 1e-11 * v[p >> 1]!));
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const apart = Math.sqrt(dot(v, v) - dot(u, v) ** 2 / dot(u, u)) * 1e-11;
    expect(singularValues(values, 40, 2)[1]! / apart).toBeCloseTo(1, 4);
  });

  it('do not change what they are given', () => {
    const values = normals(20, 3);
    const before = values.slice();
    singularValues(values, 4, 5);
    expect(values).toEqual(before);
  });
});
