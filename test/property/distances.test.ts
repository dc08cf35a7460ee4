import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  InputError,
  type Metric,
  type MetricName,
  metricNames,
  pairwiseDistances,
  silhouette,
  UndefinedMetricError,
} from '../../src/index.js';
import { rowsOfDomain } from '../support/rows-of-domain.js';

const described = Object.entries(metricNames).filter(([name]) => name !== 'precomputed') as [
  MetricName,
  (typeof metricNames)[MetricName],
][];

/** The matrix, or nothing where the distance is infinite or takes more from the points than they have. */
function distancesOf(points: number[][], metric: Metric): ReturnType<typeof pairwiseDistances> | undefined {
  try {
    return pairwiseDistances(points, { metric });
  } catch (error) {
    if (error instanceof UndefinedMetricError) return undefined;
    if (error instanceof InputError && error.message.includes('Infinity')) return undefined;
    throw error;
  }
}

describe('what the table of names says holds', () => {
  it.each(described)('%s', (metric, { domain, range: [low, high], symmetric, metric: triangle }) => {
    let seen = 0;
    fc.assert(
      fc.property(rowsOfDomain(domain), (points) => {
        const found = distancesOf(points, metric);
        if (found === undefined) return;
        seen++;
        const n = points.length;
        const at = (i: number, j: number) => found.data[i * n + j]!;
        const angular = metric === 'cosine' || metric === 'correlation';
        const apart = points[0]!.some((value) => value !== points[0]![0]);
        // The last row is a copy of the first: distance 0, to the bit, but for rows without direction.
        if (!angular || (apart && points[0]!.some((value) => value !== 0))) expect(at(0, n - 1)).toBe(0);
        for (let i = 0; i < n; i++) {
          expect(at(i, i)).toBe(0);
          for (let j = 0; j < n; j++) {
            expect(at(i, j)).toBeGreaterThanOrEqual(low);
            if (high !== null) expect(at(i, j)).toBeLessThanOrEqual(high);
            if (symmetric) expect(at(i, j)).toBe(at(j, i));
            if (!triangle) continue;
            for (let k = 0; k < n; k++) expect(at(i, j)).toBeLessThanOrEqual((at(i, k) + at(k, j)) * (1 + 1e-9) + 1e-7);
          }
        }
        if (symmetric) expect(found.symmetric).toBe(true);
      }),
      { numRuns: 120 },
    );
    expect(seen).toBeGreaterThan(10);
  });

  it.each(described.filter(([, { metric }]) => !metric).map(([name, { domain }]) => [name, domain] as const))(
    '%s is no metric: some detour is shorter',
    (metric, domain) => {
      const shorter = fc
        .sample(rowsOfDomain(domain, domain === 'probability'), { numRuns: 600, seed: 1 })
        .some((points) => {
          const found = distancesOf(points, metric);
          if (found === undefined) return false;
          const n = points.length;
          const at = (i: number, j: number) => found.data[i * n + j]!;
          const rows = Array.from(points.keys());
          return rows.some((i) => rows.some((j) => rows.some((k) => at(i, j) > (at(i, k) + at(k, j)) * 1.001)));
        });
      expect(shorter).toBe(true);
    },
  );

  it.each(described.filter(([, { symmetric }]) => !symmetric))('%s depends on the direction', (metric, { domain }) => {
    const points = domain === 'probability' ? [[0.9, 0.1], [0.6, 0.4], [0.1, 0.9]] : [[1, 2], [2, 1], [5, 5]]; // biome-ignore format: short
    const found = pairwiseDistances(points, { metric });
    expect(found.symmetric).toBe(false);
    expect(() => silhouette(points, [0, 0, 1], { metric })).toThrow(/direction/);
    expect(() => silhouette(found, [0, 0, 1], { metric: 'precomputed' })).toThrow(/symmetric/);
  });

  it.each(described.filter(([, { domain }]) => domain !== 'real'))(
    '%s refuses a value outside its domain, with row and column',
    (metric, { domain }) => {
      const points = domain === 'geographic' ? [[0, 0], [1, -9]] : [[1, 0], [1, -9]]; // biome-ignore format: short
      if (domain === 'positive' || domain === 'probability') points[0] = [0.5, 0.5];
      expect(() => pairwiseDistances(points, { metric })).toThrow(/needs .*got -9 at row 1, column 1/);
    },
  );
});
