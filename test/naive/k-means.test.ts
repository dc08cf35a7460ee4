import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kMeans, moveCenters } from '../../src/statistics/k-means.js';
import { clusterings } from '../support/clusterings.js';
import { fixture } from '../support/fixture.js';
import { near } from '../support/near.js';
import { leastInertia, naiveLloyd } from './k-means.js';

const run = (points: number[][], k: number, seed = 0, restarts = 8) =>
  kMeans(Float64Array.from(points.flat()), points.length, points[0]!.length, k, { seed, restarts });

const rowsOf = (centers: Float64Array, k: number, d: number) =>
  Array.from({ length: k }, (_, c) => Array.from(centers.subarray(c * d, (c + 1) * d)));

const spread = (points: number[][]) => {
  const mean = points[0]!.map((_, j) => points.reduce((sum, x) => sum + x[j]! / points.length, 0));
  return points.reduce((sum, x) => sum + x.reduce((total, v, j) => total + (v - mean[j]!) ** 2, 0), 0);
};

describe('k-means', () => {
  test('is a fixed point of the textbook loops, on random and degenerate points', () => {
    fc.assert(
      fc.property(clusterings(), fc.nat(100), ({ points, labels }, seed) => {
        const k = new Set(labels).size;
        const found = run(points, k, seed, 2);
        const twin = naiveLloyd(points, rowsOf(found.centers, k, points[0]!.length));
        // The twin takes no origin of its own, and rounds there.
        const rounding = points.length * Math.max(...points.flat().map((v) => (v * 1e-14) ** 2));
        expect(Math.abs(found.inertia - twin.inertia)).toBeLessThanOrEqual(1e-9 * spread(points) + rounding);
        for (const label of found.labels) expect(label).toBeLessThan(k);
        expect([...found.centers].every(Number.isFinite)).toBe(true);
        const distinct = new Set(points.map(String)).size;
        if (distinct <= k) expect(found.inertia).toBeLessThanOrEqual(1e-12 * spread(points));
        else expect(new Set(found.labels).size).toBe(k);
      }),
      { numRuns: 150 },
    );
  });

  test('finds the least inertia of all divisions of a few rows', () => {
    const few = fc.array(fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: -3, max: 3 })), {
      minLength: 4,
      maxLength: 7,
    });
    fc.assert(
      fc.property(few, fc.constantFrom(2, 3), (points, k) => {
        const least = leastInertia(points, k);
        expect(run(points, k, 0, 40).inertia).toBeLessThanOrEqual(least + 1e-9 * (1 + spread(points)));
      }),
      { numRuns: 40 },
    );
  });

  test('1e9 away from the origin labels are the same, and inertia keeps its digits', () => {
    // Quarters: what is added is exact.
    const points = Array.from({ length: 60 }, (_, i) => [((i * 7) % 13) / 4 + (i % 3) * 10, ((i * 5) % 11) / 4]);
    const here = run(points, 3, 4);
    const there = run(
      points.map((x) => x.map((v) => v + 1e9)),
      3,
      4,
    );
    expect(there.labels).toEqual(here.labels);
    near(there.inertia, here.inertia, 1e-12);
    expect([...there.centers].map((v) => Math.round((v - 1e9) * 1e4) / 1e4)).toEqual(
      [...here.centers].map((v) => Math.round(v * 1e4) / 1e4),
    );
  });

  test('a center that lost its rows gets the row that lies farthest from its own', () => {
    // No row is nearest to the center at 50. The row at 9 lies farthest from its center; that at 30 is alone there.
    const rows = Float64Array.of(0, 1, 9, 30);
    const centers = Float64Array.of(2, 50, 33);
    const labels = Int32Array.of(0, 0, 0, 2);
    moveCenters(rows, 4, 1, 3, centers, labels, Float64Array.of(4, 1, 49, 9));
    expect([...labels]).toEqual([0, 0, 1, 2]);
    expect([...centers]).toEqual([0.5, 9, 30]);
  });

  test('the seed decides, and k = 1 and k = n are the mean and the rows', () => {
    const points = Array.from({ length: 30 }, (_, i) => [(i * 17) % 29, (i * 11) % 23]);
    expect(run(points, 6, 3, 1)).toEqual(run(points, 6, 3, 1));
    const starts = Array.from({ length: 10 }, (_, seed) => run(points, 6, seed, 1).inertia);
    expect(new Set(starts.map((v) => v.toFixed(6))).size).toBeGreaterThan(1);
    near(run(points, 1).inertia, spread(points), 1e-12);
    expect(run(points, 30).inertia).toBe(0);
  });
});

interface Case {
  readonly name: string;
  readonly k: number;
  readonly inertia: number;
}

const { cases } = fixture<{ cases: Case[] }>('sklearn-kmeans');
const internal = fixture<{ cases: { name: string; points: number[][] }[] }>('sklearn-internal').cases;
const iris = { name: 'iris', points: fixture<{ points: number[][] }>('iris').points };
const sets = new Map([...internal, iris].map(({ name, points }) => [name, points]));

// Five groups in rows without five groups have many local minima; the least is found by one start in 500.
test.each(cases)('the inertia of $name for k = $k is that of scikit-learn 1.2.1', ({ name, k, inertia }) => {
  near(run(sets.get(name)!, k, 0, 200).inertia, inertia, k < 5 ? 1e-9 : 5e-3);
});
