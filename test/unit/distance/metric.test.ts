import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daviesBouldin,
  dbcv,
  diagnose,
  dunn,
  filterSensitivity,
  type Labels,
  type Metric,
  medoidSilhouette,
  neighborAgreement,
  type Points,
  pairwiseDistances,
  signatureDistances,
  silhouette,
  verifyClaims,
} from '../../../src/index.js';
import { iris } from '../../support/fixture.js';
import { near } from '../../support/near.js';

const { points, labels } = iris;
const pairs = [0, 0, 1, 1];

/** What all indices of a metric have in common. */
type Index = (
  points: Points,
  labels: Labels,
  options: { metric: Metric },
) => { readonly metric: string; readonly score?: number };

describe('published and hand-made values', () => {
  it.each<[Metric, number[][], number]>([
    // Gower 1971, by daisy of R.
    ['gower', [[30000, 25], [52000, 26], [31000, 60], [50000, 61]], 0.3481594434314947],
    ['jensenshannon', [[0.2, 0.3, 0.5], [0.1, 0.6, 0.3], [0.5, 0.25, 0.25], [0.7, 0.1, 0.2]], 0.44868413768722104],
    ['canberra', [[2, 0], [3, 0], [0, 4], [0, 5]], 0.9222222222222223],
    ['jaccard', [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 1]], 0.25],
  ])('silhouette by %s', (metric, rows, score) => {
    near(silhouette(rows, pairs, { metric }).score, score, 1e-12);
  }); // biome-ignore format: one case, one line

  it.each([1e-17, 1e-20, 1e-200, 1e-310, 5e-324])('a share of %s, as softmax gives it, is nearly none', (tiny) => {
    const rows = [[1, tiny], [0.5, 0.5], [1, 0]]; // biome-ignore format: short
    for (const metric of ['jensenshannon', 'topsoe', 'jensenDifference', 'kdivergence'] as const) {
      const { data } = pairwiseDistances(rows, { metric });
      near(data[1]!, data[7]!, 1e-12);
      near(data[3]!, data[5]!, 1e-12);
    }
    const { data } = pairwiseDistances(rows.slice(0, 2), { metric: 'kullbackLeibler' });
    near(data[1]!, Math.LN2, 1e-12);
    near(data[2]!, -Math.LN2 - Math.log(tiny) / 2, 1e-12);
    near(pairwiseDistances([[1, tiny], [tiny, 1]], { metric: 'kullbackLeibler' }).data[1]!, -Math.log(tiny), 1e-12); // biome-ignore format: short
  });

  it('hellinger is in [0, 1]: 1 without a common column, half of what the roots of 2 (1 - sum) give', () => {
    const { data } = pairwiseDistances([[1, 0], [0, 1], [0.5, 0.5]], { metric: 'hellinger' }); // biome-ignore format: short
    near(data[1]!, 1, 1e-15);
    near(data[2]!, Math.sqrt(1 - Math.sqrt(0.5)), 1e-15);
  });
});

describe('parameters from the least number to the largest', () => {
  const rows = [[0, 0], [1, 3], [2, 1], [5, 5]]; // biome-ignore format: short

  it.each<[string, Metric, string]>([
    ['gower', { name: 'gower', ranges: [1, 5e-324] }, 'ranges'],
    ['seuclidean', { name: 'seuclidean', variance: [1, 5e-324] }, 'variance'],
    ['mahalanobis', { name: 'mahalanobis', covariance: [[1, 0], [0, 5e-324]] }, 'covariance'],
  ])('%s refuses one that makes scaled values overflow, with its place', (name, metric, parameter) => {
    for (const call of [() => pairwiseDistances(rows, { metric }), () => silhouette(rows, pairs, { metric })]) {
      expect(call).toThrow(
        expect.objectContaining({
          code: 'out-of-range',
          message: expect.stringMatching(
            new RegExp(`: ${parameter} of metric '${name}' must be large enough .* for row 1, column 1; give a larger`),
          ),
        }),
      );
    }
  }); // biome-ignore format: one case, one line

  it.each<[Metric, number]>([
    [{ name: 'gower', ranges: [1e-100, 1.7e308] }, 1e100 / 2],
    [{ name: 'seuclidean', variance: [1e-290, 1] }, 1e145],
    [{ name: 'mahalanobis', covariance: [[1e-200, 0], [0, 1]] }, 1e100],
    [{ name: 'minkowski', p: 1.7e308 }, 3],
    [{ name: 'minkowski', p: 1 + Number.EPSILON }, 4],
  ])('%j is measured', (metric, distance) => {
    const found = pairwiseDistances(rows, { metric }).data[1]!;
    expect(Math.abs(found / distance - 1)).toBeLessThan(1e-12);
  }); // biome-ignore format: one case, one line
});

describe('distances that depend on all points are those of all points, everywhere', () => {
  const whitened: Metric = 'mahalanobis';

  it('mahalanobis does not mind a linear change of the columns', () => {
    const turned = points.map(([a, b, c, d]) => [a! + 2 * b!, b! - a!, 1000 * c! + d!, d! + a!]);
    const calls: Index[] = [silhouette, neighborAgreement, medoidSilhouette, dunn, dbcv];
    for (const index of calls) {
      near(
        index(turned, labels, { metric: whitened }).score!,
        index(points, labels, { metric: whitened }).score!,
        1e-7,
      );
    }
    near(
      signatureDistances(turned, labels, { metric: whitened, permutations: 0 }).mean,
      signatureDistances(points, labels, { metric: whitened, permutations: 0 }).mean,
      1e-7,
    );
  });

  it('is the distance of the matrix, in every index', () => {
    for (const metric of ['mahalanobis', 'seuclidean', 'gower', { name: 'minkowski', p: 3 }] as const) {
      const square = pairwiseDistances(points, { metric });
      for (const index of [silhouette, neighborAgreement, medoidSilhouette, dunn] as Index[]) {
        const found = index(points, labels, { metric });
        near(found.score!, index(square, labels, { metric: 'precomputed' }).score!, 1e-11);
        expect(found.metric).toBe(typeof metric === 'string' ? metric : 'minkowski:3');
      }
    }
  });

  it('a weight of 2 is a row written twice', () => {
    const rows = points.slice(30, 80);
    const own = labels.slice(30, 80);
    const weights = rows.map((_, i) => 1 + (i % 3));
    const copies = rows.flatMap((row, i) => new Array<number[]>(weights[i]!).fill(row));
    const theirs = own.flatMap((label, i) => new Array<string>(weights[i]!).fill(label));
    near(
      silhouette(rows, own, { metric: 'mahalanobis', weights }).score,
      silhouette(copies, theirs, { metric: 'mahalanobis' }).score,
      1e-12,
    );
  });

  it('classes that are filtered out still count in the covariance', () => {
    const kept = filterSensitivity(points, labels, { metric: 'mahalanobis', thresholds: [1, 2], permutations: 0 });
    near(kept.steps[0]!.score!, silhouette(points, labels, { metric: 'mahalanobis' }).score, 1e-12);
  });

  it('a diagnosis and a check of claims take them', () => {
    const found = diagnose({ points, labels }, { metric: { name: 'minkowski', p: 3 }, permutations: 39 });
    expect(found.input.metric).toBe('minkowski:3');
    const score = silhouette(points, labels, { metric: 'mahalanobis' }).score;
    const row = diagnose({ points, labels }, { metric: 'mahalanobis', permutations: 39 }).metrics[0]!;
    near(row.score!, score, 1e-12);
    const [claim] = verifyClaims(points, labels, { silhouette: score }, { metric: 'mahalanobis', resamples: 20 });
    expect(claim!.verdict).toBe('reproduced');
    // Standardised columns are outside the domain: no convention, and no failure.
    const [other] = verifyClaims(points, labels, { silhouette: 0.9 }, { metric: 'clark', resamples: 20 });
    expect(other!.verdict).toBe('refuted');
    expect(diagnose({ points, labels }, { metric: 'clark', permutations: 39 }).input.metric).toBe('clark');
    expect(daviesBouldin(points, labels).score).toBeGreaterThan(0);
  });
});

describe('one distance for two rows', () => {
  const P = [[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.1, 0.9]]; // biome-ignore format: short
  const indices: Record<string, Index> = {
    silhouette,
    dunn,
    dbcv,
    medoidSilhouette,
    neighborAgreement,
    signatureDistances,
  };

  it.each(Object.entries(indices))('%s refuses a name and a function that depend on the direction', (_, index) => {
    const divergence = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, value, c) => sum + value * Math.log(value / b[c]!), 0);
    expect(() => index(P, pairs, { metric: 'kullbackLeibler' })).toThrow(/depends on the direction; take 'jeffreys'/);
    expect(() => index(P, pairs, { metric: divergence })).toThrow(/both directions, got .* from row \d to row \d/);
    const mean = (a: Float64Array, b: Float64Array) => (divergence(a, b) + divergence(b, a)) / 2;
    expect(() => index(P, pairs, { metric: mean })).not.toThrow();
  });

  it('a function that is asymmetric for two neighbours only is found in every order of two thirds of the pairs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 19 }), (other) => {
        const rows = Array.from({ length: 20 }, (_, i) => [i]);
        const own = rows.map((_, i) => i % 2);
        const bent = (a: Float64Array, b: Float64Array) =>
          Math.abs(a[0]! - b[0]!) * (a[0] === 0 && b[0] === other ? 2 : 1);
        expect(() => silhouette(rows, own, { metric: bent })).toThrow(/both directions/);
      }),
    );
  });

  it('pairwiseDistances says whether its matrix is a valid input', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 2 }), {
          minLength: 3,
          maxLength: 6,
        }),
        (rows) => {
          const metric = (a: Float64Array, b: Float64Array) => Math.abs(a[0]! - b[0]!) + Math.max(0, a[1]! - b[1]!);
          const square = pairwiseDistances(rows, { metric });
          const own = rows.map((_, i) => (i === 0 ? 1 : 0));
          const call = () => silhouette(square, own, { metric: 'precomputed' });
          if (square.symmetric) expect(call).not.toThrow();
          else expect(call).toThrow(/symmetric/);
        },
      ),
    );
  });
});
