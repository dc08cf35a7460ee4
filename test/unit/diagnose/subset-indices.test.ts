import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { neighborAgreement, pairwiseDistances, silhouette } from '../../../src/index.js';
import { subsetIndices } from '../../../src/studies/spaces/subset-indices.js';

const rng = new Rng(5);
const n = 90;
const d = 36;
const labels = Int32Array.from({ length: n }, (_, i) => (i < 12 ? i % 12 : i % 4));
const rows = Array.from(labels, (label) => Array.from({ length: d }, (_, c) => rng.normal() + (c === label ? 2 : 0)));
const part = {
  n,
  d,
  k: 12,
  points: Float64Array.from(rows.flat()),
  labels,
  classes: Array.from({ length: 12 }, (_, c) => c),
  counts: new Int32Array(12),
};
const every = Int32Array.from({ length: n }, (_, i) => i);
const subsets = [
  every,
  every.filter((i) => i % 3 !== 0), // loses single rows of small classes
  every.filter((i) => i >= 40),
  every.filter((i) => labels[i] === 1 || i === 50),
];

describe('indices of subsets are those of the rows taken alone', () => {
  it.each(['euclidean', 'cosine', 'manhattan'] as const)('%s', (metric) => {
    const found = subsetIndices('test', part, metric, subsets);
    subsets.forEach((subset, p) => {
      const points = Array.from(subset, (i) => rows[i]!);
      const own = Array.from(subset, (i) => labels[i]!);
      expect(found[p]![0]).toBeCloseTo(silhouette(points, own, { metric }).score, 12);
      expect(found[p]![1]).toBe(neighborAgreement(points, own, { metric }).score);
    });
  });

  // On the grid fewer rows tie than are looked through first; of the equal rows all do.
  it.each([
    ['a grid', Float64Array.from({ length: n * 2 }, (_, p) => (p % 2 === 0 ? p % 6 : p % 5))],
    ['two points', Float64Array.from({ length: n * 2 }, (_, p) => (p % 14 < 10 ? 0 : 1))],
    ['equal rows', new Float64Array(n * 2)],
  ])('where distances are equal, the nearest share the vote: %s', (_, grid) => {
    const found = subsetIndices('test', { ...part, points: grid, d: 2 }, 'euclidean', subsets);
    subsets.forEach((subset, p) => {
      const points = Array.from(subset, (i) => Array.from(grid.slice(2 * i, 2 * i + 2)));
      const own = Array.from(subset, (i) => labels[i]!);
      expect(found[p]![1]).toBeCloseTo(neighborAgreement(points, own).score, 13);
    });
  });

  it('precomputed', () => {
    const { data } = pairwiseDistances(rows);
    const square = { ...part, points: data, d: n };
    expect(subsetIndices('test', square, 'precomputed', subsets)[1]![0]).toBeCloseTo(
      subsetIndices('test', part, 'euclidean', subsets)[1]![0],
      12,
    );
  });

  it('undefined where a subset has one class, or single rows only', () => {
    const one = every.filter((i) => labels[i] === 2);
    const single = every.subarray(0, 12);
    for (const values of subsetIndices('test', part, 'euclidean', [one, single])) {
      expect(values).toEqual([Number.NaN, Number.NaN]);
    }
  });
});
