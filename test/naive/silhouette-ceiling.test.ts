import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silhouette, silhouetteCeiling } from '../../src/index.js';
import { clusterings } from '../support/clusterings.js';
import { near } from '../support/near.js';
import { naiveDistances, naiveMatrix } from './distance.js';

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** The best width of a row over all sizes of its cluster, from the definition. */
function naiveCeiling(distances: readonly number[], i: number, sizes: readonly number[]): number {
  const others = distances.filter((_, j) => j !== i).sort((a, b) => a - b);
  return Math.max(
    0,
    ...sizes
      .filter((size) => size >= 2)
      .map((size) => {
        const own = mean(others.slice(0, size - 1));
        const rest = mean(others.slice(size - 1));
        return rest === 0 ? 0 : 1 - own / rest;
      }),
  );
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, s) => from + s);

describe('silhouetteCeiling', () => {
  it.each(['euclidean', 'manhattan'] as const)('equals its definition, %s', (metric) => {
    fc.assert(
      fc.property(clusterings(), fc.nat(), ({ points, labels }, draw) => {
        const n = points.length;
        const matrix = naiveMatrix(points, naiveDistances[metric]);
        const minSize = 1 + (draw % Math.floor(n / 2));
        const counts = [...new Set(labels)].map((label) => labels.filter((other) => other === label).length);
        const found = [
          [silhouetteCeiling(points, { metric, minSize }), range(minSize, n - minSize)],
          [silhouetteCeiling(points, { metric, sizes: counts }), counts],
        ] as const;
        for (const [result, sizes] of found) {
          const expected = matrix.map((row, i) => naiveCeiling(row, i, sizes));
          result.samples.forEach((width, i) => {
            near(width, expected[i]!, 1e-12, 1, `row ${i}`);
          });
          near(result.score, mean(expected), 1e-12);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is never below the silhouette of a clustering, all in all and row by row', () => {
    fc.assert(
      fc.property(clusterings(), ({ points, labels }) => {
        const found = silhouette(points, labels);
        const sizes = found.clusters.map(({ size }) => size);
        const all = silhouetteCeiling(points);
        const some = silhouetteCeiling(points, { minSize: Math.min(...sizes) });
        const listed = silhouetteCeiling(points, { sizes });
        // Fewer clusterings, a lower bound.
        expect(listed.score).toBeLessThanOrEqual(some.score + 1e-12);
        expect(some.score).toBeLessThanOrEqual(all.score + 1e-12);
        expect(found.score).toBeLessThanOrEqual(listed.score + 1e-12);
        found.samples.forEach((width, i) => {
          expect(width).toBeLessThanOrEqual(listed.samples[i]! + 1e-12);
        });
      }),
      { numRuns: 300 },
    );
  });
});
