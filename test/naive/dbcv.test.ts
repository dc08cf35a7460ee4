import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import { dbcv, UndefinedMetricError } from '../../src/index.js';
import { clusterings } from '../support/clusterings.js';
import { near } from '../support/near.js';
import { naiveDbcv } from './dbcv.js';
import { naiveDistances, naiveMatrix } from './distance.js';

/** Normal rows: no two distances are equal, so that the spanning tree is one. */
const generic = fc
  .record({
    seed: fc.nat(),
    n: fc.integer({ min: 4, max: 20 }),
    d: fc.integer({ min: 1, max: 4 }),
    k: fc.integer({ min: 2, max: 4 }),
  })
  .map(({ seed, n, d, k }) => {
    const rng = new Rng(seed);
    return {
      points: Array.from({ length: n }, () => Array.from({ length: d }, () => rng.normal())),
      labels: Array.from({ length: n }, () => rng.integer(k)),
    };
  });

const defined = (labels: readonly number[]) =>
  [...new Set(labels)].filter((c) => c !== -1 && labels.filter((label) => label === c).length > 1).length >= 2;

describe('dbcv equals its definition', () => {
  it.each(['euclidean', 'sqeuclidean', 'manhattan'] as const)('%s, where no two distances are equal', (metric) => {
    fc.assert(
      fc.property(generic, fc.boolean(), ({ points, labels }, noise) => {
        const distances = naiveMatrix(points, naiveDistances[metric]);
        const marked = labels.map((label) => (noise && label === 0 ? -1 : label));
        if (!defined(marked)) {
          expect(() => dbcv(points, marked, { metric, noiseLabel: -1 })).toThrow(UndefinedMetricError);
          return;
        }
        const { score } = dbcv(points, marked, { metric, noiseLabel: -1 });
        near(score, naiveDbcv(distances, marked, points[0]!.length), 1e-10);
      }),
      { numRuns: 200 },
    );
  });

  it('where distances are equal: the edges of all minimal trees', () => {
    fc.assert(
      fc.property(clusterings(['few integers', 'zeros', 'all equal', 'random']), ({ points, labels }) => {
        fc.pre(defined(labels));
        const distances = naiveMatrix(points, naiveDistances.manhattan);
        const { score } = dbcv(points, labels, { metric: 'manhattan' });
        near(score, naiveDbcv(distances, labels, points[0]!.length), 1e-10);
      }),
      { numRuns: 200 },
    );
  });

  it('stays in [-1, 1] on degenerate rows, and 0 on equal rows', () => {
    fc.assert(
      fc.property(clusterings(), ({ kind, points, labels }) => {
        fc.pre(defined(labels));
        const { score, clusters } = dbcv(points, labels);
        for (const cluster of clusters) expect(Math.abs(cluster.score)).toBeLessThanOrEqual(1);
        if (kind === 'zeros' || kind === 'all equal') expect(score).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('powers of distances neither overflow nor vanish in many dimensions', () => {
    const points = [0, 1, 3, 100, 101, 103].map((v) => [v * 1e-3, ...new Array<number>(499).fill(0)]);
    const line = dbcv(
      points.map(([v]) => [v!]),
      [0, 0, 0, 1, 1, 1],
      { dimensions: 500 },
    );
    near(dbcv(points, [0, 0, 0, 1, 1, 1]).score, line.score, 1e-12);
    // With exponent 500 the core distance is the distance to the nearest member, but for 2^(1/500).
    near(line.clusters[0]!.sparseness, 0.002 * 2 ** (1 / 500), 1e-6);
  });
});
