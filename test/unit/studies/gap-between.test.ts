import { describe, expect, it } from 'vitest';
import { gapBetween } from '../../../src/studies/gaps/gap-between.js';
import { cloud } from '../../support/worlds/cloud.js';
import { groups } from '../../support/worlds/groups.js';
import { byKMeans } from '../../support/worlds/labels-by.js';

const rowsOf = (labels: readonly number[], label: number) =>
  Int32Array.from(labels.keys()).filter((i) => labels[i] === label);

function twoMeans(name: 'gaussian' | 'uniform cube' | 'exponential', n: number, d: number, seed: number) {
  const points = cloud(name, { n, d, seed });
  const labels = byKMeans(points, 2, seed);
  return gapBetween(points.data, d, rowsOf(labels, 0), rowsOf(labels, 1), { seed });
}

describe('gapBetween', () => {
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
          return gapBetween(points.data, d, rowsOf(labels, 0), rowsOf(labels, 1), { seed }).p;
        }),
      ),
    );
    expect(p.filter((one) => one <= 0.05).length).toBeGreaterThan(26);
  });

  it('does not see the order of rows', () => {
    const { points, labels } = groups('round, touching', { n: 101, d: 3, k: 2, seed: 4 });
    const reversed = points.data.slice();
    for (let i = 0; i < 101; i++) reversed.set(points.data.subarray(3 * i, 3 * i + 3), 3 * (100 - i));
    const mirror = (rows: Int32Array) => rows.map((i) => 100 - i);
    const [a, b] = [rowsOf(labels, 0), rowsOf(labels, 1)];
    const found = gapBetween(points.data, 3, a, b, { seed: 1 });
    const again = gapBetween(reversed, 3, mirror(a), mirror(b), { seed: 1 });
    expect(again.p).toBeCloseTo(found.p, 9);
    expect(again.dip).toBeCloseTo(found.dip, 9);
  });

  it('has no gap where there is nothing to judge: equal rows, one row', () => {
    const same = new Float64Array(40).fill(3);
    const first = Int32Array.from({ length: 10 }, (_, i) => i);
    expect(
      gapBetween(
        same,
        2,
        first,
        first.map((i) => i + 10),
        { seed: 0 },
      ),
    ).toMatchObject({ p: 1, power: 0, tail: 1 });
    expect(
      gapBetween(
        same,
        2,
        Int32Array.of(0),
        first.map((i) => i + 10),
        { seed: 0 },
      ).p,
    ).toBe(1);
  });
});
