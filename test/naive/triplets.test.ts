import { describe, expect, it } from 'vitest';
import { gradients, Rng, tensor, tripletMargin } from '../../src/nn/index.js';
import { mineTriplets } from '../../src/nn/losses/mine-triplets.js';
import { allNear, near } from '../support/near.js';
import { naiveTriplets } from './triplets.js';

const MININGS = ['all', 'hard', 'semi-hard'] as const;

/** Symmetric distances from 0 up in steps of a quarter; with few steps nearly all of them tie. */
function drawn(n: number, classes: number, steps: number, seed: number) {
  const rng = new Rng(seed);
  const distances = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      distances[i]![j] = Math.floor(rng.uniform() * steps) / 4;
      distances[j]![i] = distances[i]![j]!;
    }
  }
  return { distances, codes: Array.from({ length: n }, () => Math.floor(rng.uniform() * classes)) };
}

describe.each(MININGS)("mining '%s' by sorted distances is mining one triplet after another", (mining) => {
  it.each([
    [30, 2, 12],
    [30, 2, 1e6],
    [41, 5, 6],
    [60, 20, 40],
    [24, 1, 5],
    [24, 24, 5],
    [9, 3, 1],
  ])('%i rows of %i classes, %i distances', (n, classes, steps) => {
    for (const margin of [0.25, 1, 1e4]) {
      const { distances, codes } = drawn(n, classes, steps, n + classes);
      const { sum, slope, ...counts } = naiveTriplets(distances, codes, mining, margin);
      const own = new Float64Array(n * n);
      const given = { codes: Int32Array.from(codes), mining, margin };
      const { sum: found, ...ownCounts } = mineTriplets(Float64Array.from(distances.flat()), given, own);
      expect(ownCounts).toEqual(counts);
      near(found, sum, 1e-12);
      allNear(own, slope.flat(), 1e-12);
    }
  });
});

/** Textbook distances of all pairs. */
function distancesOf(rows: readonly (readonly number[])[], distance: 'euclidean' | 'cosine'): number[][] {
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, c) => sum + x * b[c]!, 0);
  return rows.map((a) =>
    rows.map((b) =>
      distance === 'cosine'
        ? 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
        : Math.sqrt(a.reduce((sum, x, c) => sum + (x - b[c]!) ** 2, 0)),
    ),
  );
}

describe.each(MININGS)("tripletMargin with mining '%s'", (mining) => {
  it.each(['euclidean', 'cosine'] as const)('is the mean over the triplets, and so is its gradient: %s', (distance) => {
    const rng = new Rng(mining.length);
    const rows = Array.from({ length: 14 }, () => Array.from({ length: 3 }, () => rng.normal()));
    const codes = rows.map((_, i) => i % 3);
    const margin = distance === 'cosine' ? 0.3 : 0.8;
    const meanOf = (points: readonly (readonly number[])[]) => {
      const { sum, triplets } = naiveTriplets(distancesOf(points, distance), codes, mining, margin);
      return sum / triplets;
    };
    const embeddings = tensor(rows, { requiresGrad: true });
    const { loss, value, triplets, activeTriplets, fallbackTriplets } = tripletMargin(embeddings, codes, {
      mining,
      margin,
      distance,
    });
    const expected = naiveTriplets(distancesOf(rows, distance), codes, mining, margin);
    near(value, meanOf(rows), 1e-12);
    expect([triplets, activeTriplets, fallbackTriplets]).toEqual([
      expected.triplets,
      expected.active,
      expected.fallback,
    ]);
    const [gradient] = gradients(loss, [embeddings]);
    const step = 1e-6;
    rows.forEach((row, i) => {
      row.forEach((x, c) => {
        const at = (moved: number) =>
          rows.map((other, j) => (j === i ? row.map((old, k) => (k === c ? moved : old)) : other));
        const slope = (meanOf(at(x + step)) - meanOf(at(x - step))) / (2 * step);
        expect(gradient![i * 3 + c]).toBeCloseTo(slope, 6);
      });
    });
  });
});
