import { Rng } from 'clusterlens/nn';
import { expect, test } from 'vitest';
import { byDistance } from '../../../src/nn/losses/by-distance.js';
import { mineTriplets } from '../../../src/nn/losses/mine-triplets.js';
import { allNear } from '../../support/near.js';

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

test('no sum overflows that one triplet after another does not', () => {
  const far = 1e308;
  const distances = Float64Array.of(0, far, far, far, far, 0, far, far, far, far, 0, far, far, far, far, 0);
  const codes = Int32Array.of(0, 0, 1, 1);
  const { sum } = mineTriplets(distances, { codes, mining: 'all', margin: 1 }, new Float64Array(16));
  expect(sum).toBe(8);
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
