import { describe, expect, it } from 'vitest';
import { allGaps } from '../../../src/studies/gaps/all-gaps.js';
import { simulatedBenchmarks } from '../../../src/studies/gaps/benchmark.js';
import { cloud } from '../../support/worlds/cloud.js';
import { groups } from '../../support/worlds/groups.js';
import { byKMeans } from '../../support/worlds/labels-by.js';

const NOTHING = { p: 1, power: 0, tail: 1 };
const benchmark = simulatedBenchmarks();

/** The gap between rows with label 0 and label 1, or undefined where nothing can be judged. */
function gapOf(points: Float64Array, d: number, labels: readonly number[], seed: number) {
  return allGaps(points, labels.length, d, Int32Array.from(labels), 2, seed, benchmark).gaps[0];
}

function twoMeans(name: 'gaussian' | 'uniform cube' | 'exponential', n: number, d: number, seed: number) {
  const points = cloud(name, { n, d, seed });
  return gapOf(points.data, d, byKMeans(points, 2, seed), seed)!;
}

describe('allGaps of two groups', () => {
  it('finds no gap between the halves into which 2-means cuts one cloud', () => {
    const worlds = (['gaussian', 'uniform cube', 'exponential'] as const).flatMap((name) =>
      [2, 10].flatMap((d) => Array.from({ length: 10 }, (_, seed) => twoMeans(name, 300, d, seed).p)),
    );
    // 60 worlds at 5%: 10 or more have a chance below 1e-3.
    expect(worlds.filter((p) => p <= 0.05).length).toBeLessThan(10);
  });

  it('finds the gap between two groups, round or elongated, in few and many columns', () => {
    const p = (['round, near', 'elongated'] as const).flatMap((name) =>
      [2, 10, 40].flatMap((d) =>
        Array.from({ length: 5 }, (_, seed) => {
          const { points, labels } = groups(name, { n: 300, d, k: 2, seed });
          return gapOf(points.data, d, labels, seed)!.p;
        }),
      ),
    );
    expect(p.filter((one) => one <= 0.05).length).toBeGreaterThan(26);
  });

  it('does not see the order of rows', () => {
    const { points, labels } = groups('round, touching', { n: 101, d: 3, k: 2, seed: 4 });
    const reversed = points.data.slice();
    for (let i = 0; i < 101; i++) reversed.set(points.data.subarray(3 * i, 3 * i + 3), 3 * (100 - i));
    const found = gapOf(points.data, 3, labels, 1)!;
    const again = gapOf(reversed, 3, [...labels].reverse(), 1)!;
    expect(again.p).toBeCloseTo(found.p, 9);
    expect(again.dip).toBeCloseTo(found.dip, 9);
  });

  it('judges no pair where there is nothing to judge: one row', () => {
    expect(gapOf(new Float64Array(22).fill(3), 2, [0, ...new Array(10).fill(1)], 0)).toBeUndefined();
  });

  it('finds no gap between equal rows, and expects none', () => {
    const labels = Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1));
    const found = gapOf(new Float64Array(40).fill(3), 2, labels, 0);
    expect(found).toMatchObject(NOTHING);
  });
});
