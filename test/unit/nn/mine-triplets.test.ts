import { Rng } from 'clusterlens/nn';
import { describe, expect, test } from 'vitest';
import { byDistance } from '../../../src/nn/losses/by-distance.js';
import { mineTriplets } from '../../../src/nn/losses/mine-triplets.js';
import { allNear, near } from '../../support/near.js';

/** Every triplet for itself. */
function oneByOne(distances: Float64Array, codes: Int32Array, margin: number) {
  const n = codes.length;
  const slope = new Float64Array(n * n);
  const found = { sum: 0, triplets: 0, active: 0, fallback: 0 };
  for (let a = 0; a < n; a++) {
    for (let p = 0; p < n; p++) {
      if (p === a || codes[p] !== codes[a]) continue;
      for (let q = 0; q < n; q++) {
        if (codes[q] === codes[a]) continue;
        found.triplets++;
        const violation = distances[a * n + p]! - distances[a * n + q]! + margin;
        if (!(violation > 0)) continue;
        found.sum += violation;
        found.active++;
        slope[a * n + p]!++;
        slope[a * n + q]!--;
      }
    }
  }
  return { found, slope };
}

/** Distances of n rows, from 0 up in steps; with few steps nearly all of them tie. */
function drawn(n: number, classes: number, steps: number, seed: number) {
  const rng = new Rng(seed);
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      distances[i * n + j] = Math.floor(rng.uniform() * steps) / 4;
      distances[j * n + i] = distances[i * n + j]!;
    }
  }
  return { distances, codes: Int32Array.from({ length: n }, () => Math.floor(rng.uniform() * classes)) };
}

describe("mining 'all' by sorted distances finds what one triplet after another finds", () => {
  test.each([
    [40, 2, 12],
    [40, 2, 1e6],
    [61, 5, 6],
    [90, 30, 40],
    [24, 1, 5],
  ])('%i rows of %i classes, %i distances', (n, classes, steps) => {
    for (const margin of [0.25, 1, 1e4]) {
      const { distances, codes } = drawn(n, classes, steps, n + classes);
      const expected = oneByOne(distances, codes, margin);
      const slope = new Float64Array(n * n);
      const { sum, ...counts } = mineTriplets(distances, { codes, mining: 'all', margin }, slope);
      const { sum: expectedSum, ...expectedCounts } = expected.found;
      expect(counts).toEqual(expectedCounts);
      near(sum, expectedSum, 1e-12);
      expect([...slope]).toEqual([...expected.slope]);
    }
  });

  test('no sum overflows that one triplet after another does not', () => {
    const far = 1e308;
    const distances = Float64Array.of(0, far, far, far, far, 0, far, far, far, far, 0, far, far, far, far, 0);
    const codes = Int32Array.of(0, 0, 1, 1);
    const { sum } = mineTriplets(distances, { codes, mining: 'all', margin: 1 }, new Float64Array(16));
    expect(sum).toBe(8);
  });
});

test('rows by their distance keep their place where distances are equal', () => {
  for (const n of [0, 1, 7, 8, 9, 16, 17, 100, 333]) {
    const { distances } = drawn(n, 2, 9, n);
    const rows = Int32Array.from({ length: n }, (_, i) => n - 1 - i);
    const sorted = [...rows].sort((a, b) => distances[a]! - distances[b]!);
    const found = byDistance(distances.subarray(0, n), rows);
    expect([...found.rows]).toEqual(sorted);
    allNear(
      found.distances,
      sorted.map((i) => distances[i]!),
      0,
    );
  }
});
