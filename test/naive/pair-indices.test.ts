import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dunn, medoidSilhouette, neighborAgreement, significance, UndefinedMetricError } from '../../src/index.js';
import { clusterings } from '../support/clusterings.js';
import { allNear, near } from '../support/near.js';
import { naiveDistances, naiveMatrix } from './distance.js';
import { naiveDunn, naiveMedoids, naiveMedoidWidths, naiveNearest } from './pair-indices.js';

const METRICS = ['euclidean', 'sqeuclidean', 'manhattan', 'chebyshev'] as const;
const runs = { numRuns: 150 };

describe.each(METRICS)('indices of pairs equal their definitions: %s', (metric) => {
  const matrixOf = (points: number[][]) => naiveMatrix(points, naiveDistances[metric]);

  it('dunn, with the rows that decide it', () => {
    fc.assert(
      fc.property(clusterings(), ({ points, labels }) => {
        const distances = matrixOf(points);
        const { separation, diameter } = naiveDunn(distances, labels);
        if (separation === 0 && diameter === 0) {
          expect(() => dunn(points, labels, { metric })).toThrow(UndefinedMetricError);
          return;
        }
        const result = dunn(points, labels, { metric });
        near(result.score, separation / diameter, 1e-13, 0);
        near(result.separation, separation, 1e-13, 0);
        near(result.diameter, diameter, 1e-13, 0);
        const [a, b] = result.closestRows;
        expect(labels[a]).not.toBe(labels[b]);
        near(distances[a]![b]!, separation, 1e-13, 0);
        const [p, q] = result.farthestRows;
        expect(labels[p]).toBe(labels[q]);
        near(distances[p]![q]!, diameter, 1e-13, 0);
        near(Math.max(...result.clusters.map((cluster) => cluster.diameter)), diameter, 1e-13, 0);
      }),
      runs,
    );
  });

  it('medoidSilhouette: all rows with the least sum but for rounding, and widths against them', () => {
    fc.assert(
      fc.property(clusterings(), ({ points, labels }) => {
        const distances = matrixOf(points);
        const medoids = naiveMedoids(distances, labels);
        const result = medoidSilhouette(points, labels, { metric });
        expect(result.medoids.map((rows) => Array.from(rows))).toEqual(medoids);
        allNear(result.samples, naiveMedoidWidths(distances, labels, medoids), 1e-12);
      }),
      runs,
    );
  });

  it('neighborAgreement: the same nearest rows, each with an equal share', () => {
    fc.assert(
      fc.property(clusterings(), ({ points, labels }) => {
        const expected = naiveNearest(matrixOf(points));
        const result = neighborAgreement(points, labels, { metric });
        expect(Array.from(result.nearest)).toEqual(expected.map(([first]) => first));
        expect(result.tiedCount).toBe(expected.filter((rows) => rows.length > 1).length);
        const shares = expected.map((rows, i) => rows.filter((j) => labels[j] === labels[i]).length / rows.length);
        allNear(result.agreement, shares, 1e-15);
        near(result.score, shares.reduce((sum, share) => sum + share, 0) / labels.length, 1e-14);
        near(significance(points, labels, { metric, permutations: 1 }).neighborAgreement.observed, result.score, 1e-14);
      }),
      runs,
    );
  });
});

describe('neighborAgreement', () => {
  it('expected is the mean over all ways to deal out the labels', () => {
    // Labels a, a, b, c over four rows: of the 6 unordered pairs 1 is equal.
    const { expected, clusters } = neighborAgreement([[0], [1], [3], [7]], ['a', 'a', 'b', 'c']);
    near(expected, 1 / 6, 1e-15);
    expect(clusters.map((cluster) => cluster.expected)).toEqual([1 / 3, 0, 0]);
  });
});
