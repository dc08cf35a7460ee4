import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silhouette } from '../../src/index.js';
import { clusterings, coordinates, type Kind } from '../support/clusterings.js';
import { near } from '../support/near.js';
import { naiveDistances, naiveMatrix } from './distance.js';
import { naiveSilhouette } from './silhouette.js';

const PAIRS = ['euclidean', 'manhattan', 'chebyshev'] as const;
const kinds = Object.keys(coordinates) as Kind[];
const runs = { numRuns: 60, endOnFailure: true };

describe.each(kinds)('silhouette equals its definition: %s', (kind) => {
  it.each(PAIRS)('%s: same widths, averages and neighbours', (metric) => {
    fc.assert(
      fc.property(clusterings([kind]), ({ points, labels }) => {
        const expected = naiveSilhouette(naiveMatrix(points, naiveDistances[metric]), labels);
        const result = silhouette(points, labels, { metric });
        result.samples.forEach((s, i) => {
          near(s, expected.samples[i]!, 1e-13, 1, `sample ${i}`);
        });
        near(result.score, expected.score, 1e-13);
        near(result.macroScore, expected.macroScore, 1e-13);
        expect(result.neighbors).toEqual(expected.neighbors);
      }),
      runs,
    );
  });

  it.each(['sqeuclidean', 'cosine', 'correlation'] as const)('%s: moments give what pairs give', (metric) => {
    fc.assert(
      fc.property(clusterings([kind]), ({ points, labels }) => {
        const distances = naiveMatrix(points, naiveDistances[metric]);
        const expected = naiveSilhouette(distances, labels);
        const result = silhouette(points, labels, { metric });
        const extent = Math.max(...points.flat().map(Math.abs));
        result.samples.forEach((s, i) => {
          const larger = Math.max(expected.own[i]!, expected.nearest[i]!);
          // A mean is off by an ulp of the largest value; an angle by an ulp, and its square is what counts.
          const blur = metric === 'sqeuclidean' ? (extent * 2e-15) ** 2 : 1e-29;
          const room = larger === 0 ? 0 : Math.sqrt(blur / larger);
          if (room < 0.1) near(s, expected.samples[i]!, 1e-12 + 4 * room, 1, `sample ${i}`);
          const reached = expected.means[i]![result.neighbors[i] as number]!;
          near(reached, expected.nearest[i]!, 1e-12 + 4 * room, larger, `neighbour of ${i}`);
          expect(Math.abs(s)).toBeLessThanOrEqual(1);
        });
      }),
      runs,
    );
  });
});

describe('weights count points', () => {
  const weighted = clusterings(['random', 'few integers', 'zeros']).chain((clustering) =>
    fc.record({
      clustering: fc.constant(clustering),
      weights: fc.array(fc.integer({ min: 1, max: 3 }), {
        minLength: clustering.labels.length,
        maxLength: clustering.labels.length,
      }),
    }),
  );

  it.each(['euclidean', 'manhattan', 'chebyshev', 'sqeuclidean', 'cosine', 'correlation'] as const)(
    '%s: an integer weight is a row written that often',
    (metric) => {
      fc.assert(
        fc.property(weighted, ({ clustering: { points, labels }, weights }) => {
          const rows = labels.flatMap((_, i) => new Array<number>(weights[i]!).fill(i));
          const written = silhouette(
            rows.map((i) => points[i]!),
            rows.map((i) => labels[i]!),
            { metric },
          );
          const result = silhouette(points, labels, { metric, weights });
          near(result.score, written.score, 1e-9);
          near(result.macroScore, written.macroScore, 1e-9);
          rows.forEach((i, at) => {
            near(result.samples[i]!, written.samples[at]!, 1e-9, 1, `row ${i}`);
          });
        }),
        runs,
      );
    },
  );

  it('any weights: the definition with counts', () => {
    fc.assert(
      fc.property(
        clusterings(['random', 'few integers']).chain((clustering) =>
          fc.record({
            clustering: fc.constant(clustering),
            weights: fc.array(fc.double({ min: 0.25, max: 40, noNaN: true }), {
              minLength: clustering.labels.length,
              maxLength: clustering.labels.length,
            }),
          }),
        ),
        ({ clustering: { points, labels }, weights }) => {
          const total = new Map<number, number>();
          labels.forEach((label, i) => {
            total.set(label, (total.get(label) ?? 0) + weights[i]!);
          });
          fc.pre([...total.values()].some((value) => value > 1));
          const expected = naiveSilhouette(naiveMatrix(points, naiveDistances.euclidean), labels, weights);
          const result = silhouette(points, labels, { weights });
          result.samples.forEach((s, i) => {
            near(s, expected.samples[i]!, 1e-12, 1, `sample ${i}`);
          });
          near(result.score, expected.score, 1e-12);
          near(result.macroScore, expected.macroScore, 1e-12);
        },
      ),
      runs,
    );
  });

  it('weights of 1 change no bit of squared Euclidean, and nothing else beyond rounding', () => {
    fc.assert(
      fc.property(clusterings(), ({ points, labels }) => {
        const weights = labels.map(() => 1);
        expect(silhouette(points, labels, { metric: 'sqeuclidean', weights }).samples).toEqual(
          silhouette(points, labels, { metric: 'sqeuclidean' }).samples,
        );
        const plain = silhouette(points, labels);
        silhouette(points, labels, { weights }).samples.forEach((s, i) => {
          near(s, plain.samples[i]!, 1e-13);
        });
      }),
      runs,
    );
  });
});

describe('singletons and noise', () => {
  it("'one' and 'exclude' change singletons only", () => {
    fc.assert(
      fc.property(clusterings(['random', 'few integers']), ({ points, labels }) => {
        const distances = naiveMatrix(points, naiveDistances.euclidean);
        const ones = naiveSilhouette(distances, labels, undefined, 1);
        const one = silhouette(points, labels, { singletons: 'one' });
        near(one.score, ones.score, 1e-13);
        near(one.macroScore, ones.macroScore, 1e-13);
        const size = (label: number) => labels.filter((other) => other === label).length;
        const kept = labels.flatMap((label, i) => (size(label) > 1 ? [i] : []));
        const excluded = silhouette(points, labels, { singletons: 'exclude' });
        expect(Array.from(excluded.indices)).toEqual(kept);
        near(excluded.score, kept.reduce((sum, i) => sum + ones.samples[i]!, 0) / kept.length, 1e-13);
        expect(excluded.singletonCount).toBe(new Set(labels.filter((label) => size(label) === 1)).size);
      }),
      runs,
    );
  });

  it.each(['euclidean', 'cosine'] as const)('%s: excluding noise is dropping its rows', (metric) => {
    fc.assert(
      fc.property(clusterings(['random', 'few integers']), ({ points, labels }) => {
        const rest = labels.flatMap((label, i) => (label === 0 ? [] : [i]));
        const k = new Set(labels).size - 1;
        fc.pre(k >= 2 && k <= rest.length - 1);
        const dropped = silhouette(
          rest.map((i) => points[i]!),
          rest.map((i) => labels[i]!),
          { metric },
        );
        const excluded = silhouette(points, labels, { metric, noiseLabel: 0 });
        near(excluded.score, dropped.score, 1e-12);
        expect(Array.from(excluded.indices)).toEqual(rest);
        const penalised = silhouette(points, labels, { metric, noiseLabel: 0, noise: 'penalise' });
        near(penalised.score, (dropped.score * rest.length) / labels.length, 1e-12);
        near(penalised.macroScore, (dropped.macroScore * rest.length) / labels.length, 1e-12);
        const square = naiveMatrix(points, naiveDistances[metric]);
        near(silhouette(square, labels, { metric: 'precomputed', noiseLabel: 0 }).score, dropped.score, 1e-9);
      }),
      runs,
    );
  });

  it('noise as singletons gives every noise row a label of its own', () => {
    fc.assert(
      fc.property(clusterings(['random', 'few integers']), ({ points, labels }) => {
        let next = 1000;
        const apart = labels.map((label) => (label === 0 ? next++ : label));
        const k = new Set(apart).size;
        fc.pre(k >= 2 && k <= labels.length - 1);
        const result = silhouette(points, labels, { noiseLabel: 0, noise: 'singletons' });
        const written = silhouette(points, apart);
        near(result.score, written.score, 1e-12);
        near(result.macroScore, written.macroScore, 1e-12);
        expect(result.singletonCount).toBe(written.singletonCount);
      }),
      runs,
    );
  });
});
