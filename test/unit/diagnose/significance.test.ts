import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { readDataset } from '../../../src/data/dataset.js';
import {
  adjustForDiscoveries,
  type MetricName,
  neighborAgreement,
  type Points,
  significance,
  silhouette,
} from '../../../src/index.js';
import { dealLabels } from '../../../src/statistics/deal-labels.js';
import { compareWithNull } from '../../../src/statistics/permutation-null.js';
import { rowOrder } from '../../../src/statistics/row-order.js';
import { iris } from '../../support/fixture.js';
import { near } from '../../support/near.js';

/** Iris rows cut into classes of the given sizes. */
const cut = (sizes: readonly number[]) => sizes.flatMap((size, c) => new Array<number>(size).fill(c));

describe('the null of a silhouette is not 0: iris with dealt labels, as by scikit-learn', () => {
  it.each(iris.silhouetteOfDealtLabels)('class sizes $sizes: near $mean', ({ sizes, mean, sd }) => {
    const { silhouette: result } = significance(iris.points, cut(sizes), { permutations: 400 });
    // Four standard errors of the difference between means of 400 and of 1,000.
    expect(Math.abs(result.null.mean - mean)).toBeLessThan(4 * sd * Math.sqrt(1 / 400 + 1 / 1000));
    expect(result.null.sd / sd).toBeGreaterThan(0.85);
    expect(result.null.sd / sd).toBeLessThan(1.15);
    expect(result.null.min).toBeLessThan(result.null.mean - 1.8 * sd);
    expect(result.null.max).toBeGreaterThan(result.null.mean + 2 * sd);
  });
});

describe('significance', () => {
  it('the species are no chance: p is the least that 200 permutations can give', () => {
    const result = significance(iris.points, iris.labels);
    for (const one of [result.silhouette, result.macroSilhouette, result.neighborAgreement, ...result.clusters]) {
      expect(one.p).toBe(1 / 201);
    }
    near(result.silhouette.observed, silhouette(iris.points, iris.labels).score, 1e-12);
    near(result.macroSilhouette.observed, silhouette(iris.points, iris.labels).macroScore, 1e-12);
    near(result.neighborAgreement.observed, neighborAgreement(iris.points, iris.labels).score, 1e-12);
    const { observed, adjusted, null: chance } = result.silhouette;
    near(adjusted, (observed - chance.mean) / (1 - chance.mean), 1e-15);
    expect(result.clusters.map(({ label, size }) => [label, size])).toEqual([
      ['setosa', 50],
      ['versicolor', 50],
      ['virginica', 50],
    ]);
  });

  it('the labels decide nothing: p <= .05 in at most a tenth of 100 random labelings, and p spreads evenly', () => {
    const rng = new Rng(7);
    const points = Array.from({ length: 40 }, () => [rng.normal(), rng.normal()]);
    const p: number[] = [];
    for (let seed = 0; seed < 100; seed++) {
      const labels = rng.shuffle(cut([20, 12, 8]));
      p.push(significance(points, labels, { permutations: 99, seed }).silhouette.p);
    }
    const share = (limit: number) => p.filter((value) => value <= limit).length / p.length;
    expect(share(0.05)).toBeLessThanOrEqual(0.1);
    expect(share(0.5)).toBeGreaterThan(0.35);
    expect(share(0.5)).toBeLessThan(0.65);
    expect(Math.min(...p)).toBeGreaterThanOrEqual(0.01);
  });

  it.each(['euclidean', 'sqeuclidean', 'cosine', 'manhattan', 'precomputed'] as const)(
    '%s: the null values are those of silhouette and neighborAgreement on the permuted labels',
    (metric: MetricName) => {
      const rng = new Rng(3);
      const rows = Array.from({ length: 24 }, () => [rng.normal(), rng.normal(), rng.normal()]);
      const points: Points =
        metric === 'precomputed'
          ? rows.map((a) => rows.map((b) => Math.hypot(...a.map((value, c) => value - b[c]!))))
          : rows;
      // A singleton and sizes that differ.
      const labels = cut([10, 8, 5, 1]);
      const permutations = 12;
      const result = significance(points, labels, { metric, permutations, seed: 5 });
      const dealer = new Rng(5);
      const data = readDataset('test', points, labels);
      const order = rowOrder(data, { square: metric === 'precomputed' });
      const dealt = Array.from({ length: permutations }, () => dealLabels(Int32Array.from(labels), order, dealer));
      const widths = dealt.map((one) => silhouette(points, one, { metric }));
      const check = (comparison: typeof result.silhouette, values: number[], exact?: number) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / permutations;
        near(comparison.null.mean, exact ?? mean, 1e-12);
        near(comparison.null.min, Math.min(...values), 1e-12);
        near(comparison.null.max, Math.max(...values), 1e-12);
        const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / permutations;
        near(comparison.null.sd, Math.sqrt(square), 1e-12);
        const asGood = values.filter((value) => value >= comparison.observed - 1e-12).length;
        expect(comparison.p).toBe((1 + asGood) / (1 + permutations));
      };
      check(
        result.silhouette,
        widths.map(({ score }) => score),
      );
      check(
        result.macroSilhouette,
        widths.map(({ macroScore }) => macroScore),
      );
      check(
        result.neighborAgreement,
        dealt.map((one) => neighborAgreement(points, one, { metric }).score),
        neighborAgreement(points, labels, { metric }).expected,
      );
      result.clusters.forEach((cluster, c) => {
        const mean = widths.reduce((sum, { clusters }) => sum + clusters[c]!.score, 0) / permutations;
        near(cluster.null.mean, mean, 1e-12);
      });
      // A singleton scores 0 under every labeling, so that it cannot be significant.
      expect(result.clusters[3]!.p).toBe(1);
    },
  );

  it('noise rows are left out of the permutation', () => {
    const marked = iris.labels.map((label, i) => (i % 5 === 0 ? 'noise' : label));
    const kept = iris.points.filter((_, i) => i % 5 !== 0);
    const result = significance(iris.points, marked, { noiseLabel: 'noise', permutations: 20 });
    const plain = significance(
      kept,
      marked.filter((label) => label !== 'noise'),
      { permutations: 20 },
    );
    expect(result.silhouette).toEqual(plain.silhouette);
    expect(result.n).toBe(120);
  });

  it('the false-discovery rate is over the classes that can be tested: one row cannot', () => {
    const rng = new Rng(3);
    const labels = Array.from({ length: 46 }, (_, i) => (i < 40 ? i % 4 : i));
    const points = labels.map((label) => [0.4 * (label % 4) + rng.normal(), rng.normal()]);
    const { clusters } = significance(points, labels, { permutations: 99 });
    const tested = clusters.filter(({ size }) => size > 1);
    expect(clusters.filter(({ size }) => size === 1).map(({ q }) => q)).toEqual([1, 1, 1, 1, 1, 1]);
    const q = tested.map((of) => of.q);
    expect(q).toEqual(adjustForDiscoveries(tested.map(({ p }) => p)));
    expect(q).not.toEqual(adjustForDiscoveries(clusters.map(({ p }) => p)).slice(0, 4));
    expect(Math.min(...q)).toBeLessThan(1);
  });

  it('the seed decides the permutations and stands in the result', () => {
    const once = significance(iris.points, iris.labels, { permutations: 10, seed: 4 });
    expect(significance(iris.points, iris.labels, { permutations: 10, seed: 4 })).toEqual(once);
    expect(significance(iris.points, iris.labels, { permutations: 10, seed: 5 }).silhouette.null).not.toEqual(
      once.silhouette.null,
    );
    expect([once.seed, once.permutations, once.metric]).toEqual([4, 10, 'euclidean']);
  });
});

describe('compareWithNull', () => {
  it('counts permutations that only rename the groups as equal, whatever rounding does to them', () => {
    // Observed near 0 by cancellation; the same partition summed in another order.
    expect(compareWithNull(3e-17, Float64Array.of(-1e-17, -0.2, -0.3), 'higher').p).toBe(2 / 4);
    expect(compareWithNull(-3e-17, Float64Array.of(1e-17, 0.2, 0.3), 'lower').p).toBe(2 / 4);
  });

  it('reads "as good" in the direction of the index', () => {
    const values = Float64Array.of(1, 2, 3, 4);
    expect(compareWithNull(3, values, 'higher').p).toBe(3 / 5);
    expect(compareWithNull(3, values, 'lower').p).toBe(4 / 5);
  });
});

describe('adjustForDiscoveries', () => {
  it('Benjamini and Hochberg by hand: p m / rank, made monotone from the largest down', () => {
    // Sorted .005 .01 .02 .04 .5 with m = 5: .025 .025 .0333 .05 .5.
    const adjusted = adjustForDiscoveries([0.04, 0.01, 0.5, 0.005, 0.02]);
    [0.05, 0.025, 0.5, 0.025, 0.1 / 3].forEach((value, i) => {
      near(adjusted[i]!, value, 1e-15);
    });
  });

  it('a large p pulls smaller ones down to itself, never above 1', () => {
    // .03 3/2 = .045 falls to .04 3/3.
    [0.04, 0.04, 0.04].forEach((value, i) => {
      near(adjustForDiscoveries([0.04, 0.03, 0.02])[i]!, value, 1e-15);
    });
    expect(adjustForDiscoveries([1, 0.9])).toEqual([1, 1]);
    expect(adjustForDiscoveries([])).toEqual([]);
  });
});
