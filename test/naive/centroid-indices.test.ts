import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import {
  calinskiHarabasz,
  daviesBouldin,
  simplifiedSilhouette,
  UndefinedMetricError,
  xieBeni,
} from '../../src/index.js';
import { clusterings, type Kind } from '../support/clusterings.js';
import { allNear, near } from '../support/near.js';
import {
  naiveCalinskiHarabasz,
  naiveClusters,
  naiveDaviesBouldin,
  naiveMean,
  naiveSimplifiedSilhouette,
  naiveXieBeni,
} from './centroid-indices.js';
import { naiveDistances } from './distance.js';

const runs = { numRuns: 80 };
/** Far rows are compared with the definition on the rows moved back, which is exact for halves. */
const HOME: Partial<Record<Kind, number>> = { 'halves far from the origin': 1e7 };
const GENERIC: Kind[] = ['random', 'negative', 'huge', 'tiny', 'halves far from the origin'];
/** Sums of these are exact, so that coincident centroids can be told from near ones. */
const INTEGER: Kind[] = ['few integers', 'zeros', 'huge'];

function atHome(kind: string, points: number[][]): number[][] {
  const offset = HOME[kind as Kind] ?? 0;
  return points.map((row) => row.map((value) => value - offset));
}

/** Smallest distance between two centroids over the largest coordinate. */
function relativeGap(points: number[][], labels: readonly number[]): number {
  const centres = naiveClusters(points, labels).map(naiveMean);
  const gaps = centres.flatMap((a, i) => centres.slice(i + 1).map((b) => naiveDistances.euclidean(a, b)));
  return Math.min(...gaps) / Math.max(...points.flat().map(Math.abs), Number.MIN_VALUE);
}

function coincident(points: number[][], labels: readonly number[]): [number, number][] {
  const clusters = naiveClusters(points, labels);
  const sums = clusters.map((rows) => rows[0]!.map((_, c) => rows.reduce((total, row) => total + row[c]!, 0)));
  return clusters.flatMap((a, i) =>
    clusters.slice(i + 1).flatMap((b, t): [number, number][] => {
      const j = i + 1 + t;
      return sums[i]!.every((value, c) => value * b.length === sums[j]![c]! * a.length) ? [[i, j]] : [];
    }),
  );
}

describe('indices of centroids equal their definitions', () => {
  it.each([1, 2, 3.5])('daviesBouldin, q = %s', (q) => {
    fc.assert(
      fc.property(clusterings(GENERIC), ({ kind, points, labels }) => {
        const home = atHome(kind, points);
        fc.pre(relativeGap(home, labels) > 1e-5);
        near(daviesBouldin(points, labels, { q }).score, naiveDaviesBouldin(home, labels, q), 1e-9);
      }),
      runs,
    );
  });

  it.each([65, 150])('daviesBouldin and xieBeni of %s clusters', (k) => {
    const rng = new Rng(k);
    const labels = Array.from({ length: 2 * k + 7 }, (_, i) => i % k);
    const points = labels.map((label) => Array.from({ length: 5 }, (_, c) => rng.normal() + ((label >> c) & 3)));
    near(daviesBouldin(points, labels).score, naiveDaviesBouldin(points, labels, 1), 1e-9);
    near(xieBeni(points, labels).score, naiveXieBeni(points, labels), 1e-9);
  });

  it('daviesBouldin: Infinity exactly when two centroids coincide, and the pairs are listed', () => {
    fc.assert(
      fc.property(clusterings(INTEGER), ({ points, labels }) => {
        const pairs = coincident(points, labels);
        const result = daviesBouldin(points, labels);
        expect(result.coincidentCentroids).toEqual(pairs);
        expect(result.score === Number.POSITIVE_INFINITY).toBe(pairs.length > 0);
        for (const { label, ratio } of result.clusters) {
          expect(ratio === Number.POSITIVE_INFINITY).toBe(pairs.some((pair) => pair.includes(label as number)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('daviesBouldin: the parts make up the score', () => {
    fc.assert(
      fc.property(clusterings(['random']), ({ points, labels }) => {
        fc.pre(relativeGap(points, labels) > 1e-5);
        const { clusters, score } = daviesBouldin(points, labels);
        const centres = naiveClusters(points, labels).map(naiveMean);
        clusters.forEach(({ scatter, worstRival, ratio }, i) => {
          const j = worstRival as number;
          near(ratio, (scatter + clusters[j]!.scatter) / naiveDistances.euclidean(centres[i]!, centres[j]!), 1e-9);
        });
        near(score, clusters.reduce((sum, { ratio }) => sum + ratio, 0) / clusters.length, 1e-12);
      }),
      runs,
    );
  });

  it('calinskiHarabasz', () => {
    fc.assert(
      fc.property(clusterings(GENERIC), ({ kind, points, labels }) => {
        const home = atHome(kind, points);
        fc.pre(relativeGap(home, labels) > 1e-5);
        const expected = naiveCalinskiHarabasz(home, labels);
        fc.pre(expected < 1e9);
        near(calinskiHarabasz(points, labels).score, expected, 1e-9, 1e-6);
      }),
      runs,
    );
  });

  it('calinskiHarabasz: Infinity without scatter, an error when all rows are equal', () => {
    fc.assert(
      fc.property(clusterings(INTEGER), ({ points, labels }) => {
        const still = naiveClusters(points, labels).every((rows) =>
          rows.every((row) => row.every((value, c) => value === rows[0]![c])),
        );
        const equal = points.every((row) => row.every((value, c) => value === points[0]![c]));
        if (equal) expect(() => calinskiHarabasz(points, labels)).toThrow(UndefinedMetricError);
        else expect(calinskiHarabasz(points, labels).score === Number.POSITIVE_INFINITY).toBe(still);
      }),
      { numRuns: 200 },
    );
  });

  it('xieBeni', () => {
    fc.assert(
      fc.property(clusterings(GENERIC), ({ kind, points, labels }) => {
        const home = atHome(kind, points);
        fc.pre(relativeGap(home, labels) > 1e-5);
        const result = xieBeni(points, labels);
        near(result.score, naiveXieBeni(home, labels), 1e-9, 1e-6);
        near(result.compactness / result.separation, result.score, 1e-12, 0);
        const centres = naiveClusters(home, labels).map(naiveMean);
        const [a, b] = result.closest as readonly [number, number];
        near(naiveDistances.sqeuclidean(centres[a]!, centres[b]!), result.separation, 1e-9, 0);
      }),
      runs,
    );
  });

  it('simplifiedSilhouette', () => {
    fc.assert(
      fc.property(clusterings(GENERIC), ({ kind, points, labels }) => {
        const home = atHome(kind, points);
        const extent = Math.max(...home.flat().map(Math.abs), Number.MIN_VALUE);
        const centres = naiveClusters(home, labels).map(naiveMean);
        const expected = naiveSimplifiedSilhouette(home, labels);
        const { samples, score } = simplifiedSilhouette(points, labels);
        let all = true;
        samples.forEach((s, i) => {
          const distances = centres.map((centre) => naiveDistances.euclidean(home[i]!, centre));
          const [own] = distances.splice(labels[i]!, 1);
          // A row on the spot of its own centroid and of another has a width of rounding only.
          if (Math.max(own!, Math.min(...distances)) > 1e-6 * extent) near(s, expected[i]!, 1e-8, 1, `sample ${i}`);
          else all = false;
        });
        if (all) near(score, expected.reduce((sum, value) => sum + value, 0) / labels.length, 1e-8);
      }),
      runs,
    );
  });

  it('simplifiedSilhouette of equal rows is 0', () => {
    fc.assert(
      fc.property(clusterings(['zeros', 'all equal']), ({ points, labels }) => {
        allNear(simplifiedSilhouette(points, labels).samples, new Float64Array(labels.length), 0);
      }),
      runs,
    );
  });
});
