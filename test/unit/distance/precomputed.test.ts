import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareSpaces,
  diagnose,
  dunn,
  InputError,
  kSelection,
  pairwiseDistances,
  ShapeError,
  silhouette,
  verifyClaims,
} from '../../../src/index.js';
import * as parallel from '../../../src/parallel/index.js';
import { iris } from '../../support/fixture.js';

const precomputed = { metric: 'precomputed' } as const;
const { fround } = Math;

/** The same three distances in both halves, `change` put into one of them. */
function matrix(change: Readonly<Record<number, number>> = {}): number[] {
  const values = [0, 0.2, 0.9, 0.2, 0, 0.8, 0.9, 0.8, 0];
  for (const [at, value] of Object.entries(change)) values[Number(at)] = value;
  return values;
}

const scoreOf = (data: ArrayLike<number>) => silhouette({ data, rows: 3, columns: 3 }, [0, 0, 1], precomputed).score;

describe('precomputed distances are taken up to the rounding of their type', () => {
  const plain = scoreOf(matrix());

  it.each<[string, Record<number, number>]>([
    ['float32 on one side', { 3: fround(0.2) }],
    ['a diagonal of 1 - s in float32', { 4: 2 ** -23 }],
    ['the same below 0', { 4: -(2 ** -23) }],
    ['float64 rounding', { 3: 0.2 + 1e-13 }],
    ['a float64 diagonal', { 0: -1e-13 }],
  ])('%s', (_, change) => {
    expect(Math.abs(scoreOf(matrix(change)) - plain)).toBeLessThan(1e-6);
  });

  it('all of it in float32', () => {
    const values = Float32Array.from(matrix());
    values[3] = values[1]! * (1 + 2 ** -22);
    values[8] = 1e-7;
    expect(Math.abs(scoreOf(values) - plain)).toBeLessThan(1e-6);
  });

  it.each<[string, Record<number, number>, string]>([
    ['float64 that is off by more', { 3: 0.2 + 1e-11 }, 'symmetric, got 0.2 at row 0, column 1'],
    ['float32 that is off by more', { 3: fround(0.2 + 1e-5) }, 'symmetric, got 0.2 at row 0, column 1'],
    ['integers, which float32 does not round', { 1: 1000000, 3: 1000001 }, '1000001 at row 1, column 0'],
    ['a negative distance', { 3: -0.1, 1: -0.1 }, 'must be >= 0, got -0.1'],
    ['a diagonal', { 8: 0.01 }, 'zero diagonal, got 0.01 at row 2, column 2; for similarities pass 1 - s'],
    ['float32 written with few digits', { 8: -1.2e-7 }, 'row 2, column 2; where that is the rounding of float32, pass'],
    ['the same above 0', { 8: 1.2e-7 }, 'row 2, column 2; where that is the rounding of float32, pass'],
  ])('refused: %s', (_, change, words) => {
    expect(() => scoreOf(matrix(change))).toThrow(InputError);
    expect(() => scoreOf(matrix(change))).toThrow(words);
  });

  it('names the rows of the input where noise is left out', () => {
    const square = [
      [0, 9, 9, 9],
      [9, 0, 1, 2],
      [9, 1, 0, 3],
      [9, 2, 4, 0],
    ];
    const call = () => dunn(square, [-1, 0, 0, 1], { ...precomputed, noiseLabel: -1 });
    expect(call).toThrow('got 3 at row 2, column 3 and 4 at row 3, column 2');
  });

  it('is made exactly symmetric: the order of rows does not matter', () => {
    const { data } = pairwiseDistances(iris.points.slice(40, 60));
    const rounded = data.map((value, p) => value * (1 + (p % 7) * 1e-14));
    const { data: exact } = pairwiseDistances({ data: rounded, rows: 20, columns: 20 }, precomputed);
    for (let i = 0; i < 20; i++) {
      expect(exact[i * 21]).toBe(0);
      for (let j = 0; j < i; j++) {
        expect(exact[i * 20 + j]).toBe(exact[j * 20 + i]);
        expect(exact[i * 20 + j]).toBe(rounded[i * 20 + j]! / 2 + rounded[j * 20 + i]! / 2);
      }
    }
  });

  it('does not write to the matrix of the caller', () => {
    const data = Float64Array.from(matrix({ 3: fround(0.2), 4: -(2 ** -23) }));
    const before = data.slice();
    scoreOf(data);
    expect(data).toEqual(before);
  });
});

describe('condensed distances', () => {
  const rows = iris.points.slice(35, 65);
  const labels = iris.labels.slice(35, 65);
  const { data, symmetric } = pairwiseDistances(rows);
  const square = { data, rows: 30, columns: 30 };
  const condensed = rows.flatMap((_, i) => Array.from(data.subarray(i * 30 + i + 1, (i + 1) * 30)));

  it('are the square matrix', async () => {
    expect(symmetric).toBe(true);
    for (const given of [condensed, Float64Array.from(condensed)]) {
      expect(silhouette(given, labels, precomputed)).toEqual(silhouette(square, labels, precomputed));
      expect(dunn(given, labels, precomputed)).toEqual(dunn(square, labels, precomputed));
      expect(pairwiseDistances(given, precomputed).data).toEqual(data);
      expect(kSelection(given, [labels], precomputed)).toEqual(kSelection(square, [labels], precomputed));
      const [one, other] = [given, square].map((points) => diagnose({ points, labels }, precomputed));
      expect(one!.findings).toEqual(other!.findings);
      expect(await parallel.silhouette(given, labels, precomputed)).toEqual(silhouette(square, labels, precomputed));
      expect((await parallel.pairwiseDistances(given, precomputed)).data).toEqual(data);
    }
  });

  it('are known by the metric as an object, too', async () => {
    const named = { metric: { name: 'precomputed' } as never };
    expect(silhouette(condensed, labels, named)).toEqual(silhouette(square, labels, precomputed));
    expect(pairwiseDistances(condensed, named).data).toEqual(data);
    expect((await parallel.pairwiseDistances(condensed, named)).data).toEqual(data);
    const [one, other] = [named, precomputed].map((options) => diagnose({ points: condensed, labels }, options));
    expect(one!.findings).toEqual(other!.findings);
    const claims = [named, precomputed].map((options) => verifyClaims(square, labels, { silhouette: 1 }, options));
    expect(claims[0]).toEqual(claims[1]);
    const spaces = [named, precomputed].map((options) =>
      compareSpaces({ a: square, b: square }, labels, { ...options, permutations: 9 }),
    );
    expect(spaces[0]).toEqual(spaces[1]);
  });

  it('n (n - 1) / 2 of them, all numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (length) => {
        const triangular = Number.isInteger((1 + Math.sqrt(1 + 8 * length)) / 2);
        const call = () => pairwiseDistances(new Array<number>(length).fill(1), precomputed);
        if (triangular) expect(call().rows * (call().rows - 1)).toBe(2 * length);
        else expect(call).toThrow(ShapeError);
      }),
    );
    expect(() => pairwiseDistances([1, 'x' as never, 2], precomputed)).toThrow('got "x" at 1');
    expect(() => pairwiseDistances([1, Number.NaN, 2], precomputed)).toThrow('row 0, column 2');
  });
});

describe('claims on precomputed distances', () => {
  const rows = iris.points.slice(35, 65);
  const labels = iris.labels.slice(35, 65);
  const square = pairwiseDistances(rows);

  it.each(['daviesBouldin', 'calinskiHarabasz', 'xieBeni', 'simplifiedSilhouette', 'dbcv'])(
    '%s is not computable, for it needs the points, and the other claims are',
    (name) => {
      const [found, other] = verifyClaims(square, labels, { [name]: 0.5, dunn: 0.5 }, precomputed);
      expect(found).toMatchObject({ verdict: 'not-computable', recomputed: null });
      expect(found!.reason).toMatch(/needs the points themselves, got distances/);
      expect(other!.recomputed).toBe(dunn(rows, labels).score);
    },
  );
});
