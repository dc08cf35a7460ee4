import { describe, expect, test, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { subsampleSize, subsampleSpread } from '../../../src/diagnose/subsample.js';
import { verifyClaims } from '../../../src/diagnose/verify-claims.js';
import { daviesBouldin } from '../../../src/metrics/internal/davies-bouldin.js';
import { silhouette } from '../../../src/metrics/internal/silhouette.js';
import { blobs, randomLabels } from './worlds.js';

vi.setConfig({ testTimeout: 300_000 });

const round = (value: number, decimals: number) => Number(value.toFixed(decimals));

describe('verifyClaims', () => {
  const { points, labels } = blobs([30, 12, 5, 1], 3, 3, 7);
  const wide = points.map(([x, y, z]) => [x!, 8 * y!, z!]);

  test.each([
    ['default', () => silhouette(wide, labels).score],
    ['macro average over classes', () => silhouette(wide, labels).macroScore],
    ['singletons score 1', () => silhouette(wide, labels, { singletons: 'one' }).score],
    ['singletons left out', () => silhouette(wide, labels, { singletons: 'exclude' }).score],
    ['macro average, singletons score 1', () => silhouette(wide, labels, { singletons: 'one' }).macroScore],
    ['macro average, singletons left out', () => silhouette(wide, labels, { singletons: 'exclude' }).macroScore],
    ['metric sqeuclidean', () => silhouette(wide, labels, { metric: 'sqeuclidean' }).score],
    ['metric cosine', () => silhouette(wide, labels, { metric: 'cosine' }).score],
    [
      'metric manhattan, macro average over classes',
      () => silhouette(wide, labels, { metric: 'manhattan' }).macroScore,
    ],
  ])('names the convention of a silhouette: %s', (name, score) => {
    const [check] = verifyClaims(wide, labels, { silhouette: round(score(), 9) }, { resamples: 20 });
    expect(check).toMatchObject({ verdict: 'reproduced', reproducedBy: name });
  });

  test('names q = 2, standardised columns and noise as the convention', () => {
    const scaled = verifyClaims(wide, labels, { silhouette: 0.5 }, { standardize: true, resamples: 20 })[0]!
      .recomputed!;
    expect(verifyClaims(wide, labels, { silhouette: round(scaled, 9) }, { resamples: 20 })[0]!.reproducedBy).toBe(
      'standardised columns',
    );
    const q = round(daviesBouldin(wide, labels, { q: 2 }).score, 9);
    expect(verifyClaims(wide, labels, { 'davies-bouldin': q }, { resamples: 20 })[0]).toMatchObject({
      metric: 'daviesBouldin',
      reproducedBy: 'q = 2 (root mean square scatter)',
    });
    const coded = labels.map((label) =>
      label === 'class 2' ? -1 : label === 'class 1' ? 1 : label === 'class 3' ? 2 : 0,
    );
    const without = round(silhouette(wide, coded, { noiseLabel: -1 }).score, 9);
    expect(verifyClaims(wide, coded, { silhouette: without }, { resamples: 20 })[0]!.reproducedBy).toBe(
      'label -1 left out as noise',
    );
    const within = round(silhouette(wide, coded).score, 9);
    expect(verifyClaims(wide, coded, { silhouette: within }, { noiseLabel: -1, resamples: 20 })[0]!.reproducedBy).toBe(
      'noise as a cluster',
    );
  });

  test('compares at the precision of the claim, and text keeps its zeros', () => {
    const score = silhouette(wide, labels).score;
    const claim = (value: number | string) => verifyClaims(wide, labels, { silhouette: value }, { resamples: 20 })[0]!;
    expect(claim(round(score, 2)).verdict).toBe('reproduced');
    expect(claim(score.toFixed(3))).toMatchObject({ verdict: 'reproduced', decimals: 3, reproducedBy: 'default' });
    expect(claim((score + 0.0011).toFixed(3)).reproducedBy).not.toBe('default');
    expect(claim('0.680').decimals).toBe(3);
    expect(claim('6.8e-1').decimals).toBe(2);
    const off = claim(round(score + 0.002, 6));
    expect(off).toMatchObject({ reproducedBy: null, verdict: 'refuted', withinInterval: true });
    expect(claim(0.999)).toMatchObject({ verdict: 'refuted', withinInterval: false });
  });

  test('an undefined index is not computable, with the reason; a count is compared as it is', () => {
    const one = verifyClaims([[1], [2]], ['a', 'a'], { silhouette: 0.5, classes: 1, examples: 3 });
    expect(one.map(({ verdict }) => verdict)).toEqual(['not-computable', 'reproduced', 'refuted']);
    expect(one[0]!.reason).toMatch(/number of labels is 1/);
    const same = verifyClaims(
      [
        [1, 0],
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      ['a', 'b', 'b', 'a'],
      { daviesBouldin: 1 },
    );
    expect(JSON.parse(JSON.stringify(same))).toEqual(same);
  });

  test('refuses names and claims that it cannot read', () => {
    expect(() => verifyClaims(points, labels, { silhuette: 0.5 })).toThrow(/did you mean 'silhouette'/);
    expect(() => verifyClaims(points, labels, { silhouette: 'high' })).toThrow(/got "high"/);
    expect(() => verifyClaims(points, labels, { silhouette: Number.NaN })).toThrow(/got NaN/);
    expect(() => verifyClaims(points, labels, {})).toThrow(/got none/);
  });
});

describe('intervals over samples of rows', () => {
  /** Share of worlds whose interval holds the mean over all worlds. */
  function coverage(
    sizes: readonly number[],
    gap: number,
    d: number,
    index: (points: number[][], labels: (string | number)[]) => number,
  ) {
    const worlds = Array.from({ length: 600 }, (_, seed) => blobs(sizes, gap, d, seed));
    const scores = worlds.map(({ points, labels }) => index(points, labels));
    const truth = scores.reduce((sum, v) => sum + v, 0) / scores.length;
    let covered = 0;
    const tried = 300;
    for (let w = 0; w < tried; w++) {
      const { points, labels } = worlds[w]!;
      const n = points.length;
      const spread = subsampleSpread(
        (rows) => [
          index(
            Array.from(rows, (i) => points[i]!),
            Array.from(rows, (i) => labels[i]!),
          ),
        ],
        n,
        { size: subsampleSize(n, sizes.length), resamples: 60, seed: w },
      );
      if (Math.abs(scores[w]! - truth) <= 1.96 * spread.standardErrors[0]!) covered++;
    }
    return covered / tried;
  }

  test.each([
    ['silhouette', [30, 30, 30], 4, 2],
    ['silhouette', [40, 25, 10], 3, 4],
    ['Davies-Bouldin', [30, 30], 3, 2],
  ] as const)('of the %s of classes %j cover the truth in 92% to 98% of worlds', (name, sizes, gap, d) => {
    const index =
      name === 'silhouette'
        ? (p: number[][], l: (string | number)[]) => silhouette(p, l).score
        : (p: number[][], l: (string | number)[]) => daviesBouldin(p, l).score;
    const share = coverage(sizes, gap, d, index);
    expect(share).toBeGreaterThanOrEqual(0.92);
    expect(share).toBeLessThanOrEqual(0.98);
  });

  test('the naive bootstrap inflates a class of six by its copies; subsamples do not', () => {
    const { points, labels } = blobs([60, 60, 6], 2.5, 3, 11);
    const small = (rows: ArrayLike<number>) => {
      const { clusters } = silhouette(
        Array.from(rows, (i) => points[i]!),
        Array.from(rows, (i) => labels[i]!),
      );
      return clusters.find(({ label }) => label === 'class 2')?.score;
    };
    const n = points.length;
    const full = small(Array.from(points.keys()))!;
    const rng = new Rng(1);
    const mean = (values: (number | undefined)[]) => {
      const known = values.filter((value): value is number => value !== undefined);
      return known.reduce((sum, v) => sum + v, 0) / known.length;
    };
    const copies = mean(Array.from({ length: 200 }, () => small(Array.from({ length: n }, () => rng.integer(n)))));
    const subsets: (number | undefined)[] = [];
    subsampleSpread((rows) => [subsets.push(small(rows))], n, { size: subsampleSize(n, 3), resamples: 200, seed: 1 });
    expect(copies - full).toBeGreaterThan(0.05);
    expect(Math.abs(mean(subsets) - full)).toBeLessThan((copies - full) / 2);
  });

  test('an agreement of 1 has an interval all the same', () => {
    const { points, labels } = blobs([30, 30], 30, 2, 1);
    const [check] = verifyClaims(points, labels, { neighborAgreement: 0.98 }, { resamples: 20 });
    expect(check!.recomputed).toBe(1);
    expect(check!.interval!.low).toBeCloseTo(60 / (60 + 1.959963984540054 ** 2), 12);
    expect(check!.withinInterval).toBe(true);
  });

  test('an interval of random labels holds their silhouette in other worlds', () => {
    const scores = Array.from({ length: 60 }, (_, seed) => randomLabels(60, 3, 2, seed)).map(
      (w) => silhouette(w.points, w.labels).score,
    );
    const { points, labels } = randomLabels(60, 3, 2, 0);
    const { low, high } = verifyClaims(points, labels, { silhouette: 0.1 })[0]!.interval!;
    expect(scores.filter((score) => score >= low && score <= high).length).toBeGreaterThan(50);
  });
});
