import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { daviesBouldin } from '../../../src/metrics/internal/davies-bouldin.js';
import { neighborAgreement } from '../../../src/metrics/internal/neighbor-agreement.js';
import { silhouette } from '../../../src/metrics/internal/silhouette.js';
import { subsampleSize, subsampleSpread } from '../../../src/statistics/subsample.js';
import { verifyClaims } from '../../../src/studies/claims/verify-claims.js';
import { iris } from '../../support/fixture.js';
import { blobs, randomLabels, type World } from './worlds.js';

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

  test.each([
    ['singletons', 'noise as clusters of one row'],
    ['penalise', 'noise left out, score times the share of the rest'],
  ] as const)('names the treatment of noise: %s', (noise, name) => {
    const marked = labels.map((label) => (label === 'class 2' ? 'noise' : label));
    const { score } = silhouette(wide, marked, { noiseLabel: 'noise', noise });
    const claim = { silhouette: round(score, 9) };
    expect(verifyClaims(wide, marked, claim, { noiseLabel: 'noise', resamples: 20 })[0]!.reproducedBy).toBe(name);
    expect(verifyClaims(wide, marked, claim, { resamples: 20 })[0]!.reproducedBy).toBe(`label ${name}`);
    const q = round(daviesBouldin(wide, marked, { noiseLabel: 'noise', q: 2 }).score, 9);
    expect(verifyClaims(wide, marked, { daviesBouldin: q }, { resamples: 20 })[0]!.reproducedBy).toBe(
      'label noise left out as noise, q = 2 (root mean square scatter)',
    );
  });

  test('a claim is not refuted where the settings given have no value, and is where the value is infinite', () => {
    const flat = wide.map(([x, y]) => [x!, y!, x! + y!]);
    const claim = { silhouette: 0.987654 };
    const [check] = verifyClaims(flat, labels, claim, { metric: 'mahalanobis', resamples: 20 });
    expect(check).toMatchObject({ verdict: 'not-computable', recomputed: null });
    expect(check!.reason).toMatch(/covariance/);
    expect(check!.conventions.some(({ value }) => value !== null)).toBe(true);
    const other = { silhouette: round(silhouette(flat, labels).score, 9) };
    expect(verifyClaims(flat, labels, other, { metric: 'mahalanobis', resamples: 20 })[0]).toMatchObject({
      verdict: 'reproduced',
      reproducedBy: 'metric euclidean',
    });
    const near = [[0], [1], [0], [1], [5], [6]];
    const infinite = verifyClaims(near, [0, 0, -1, -1, 1, 1], { daviesBouldin: 0.5 }, { resamples: 20 })[0]!;
    expect(infinite).toMatchObject({ reason: 'the value is Infinity', recomputed: null, verdict: 'refuted' });
    expect(verifyClaims(near, [0, 0, 1, 1, 2, 2], { daviesBouldin: 0.5 })[0]!.verdict).toBe('not-computable');
  });

  test.each(['68%', '0,68', 'abc', '1e400'])('says how a number is written where %s is claimed', (text) => {
    expect(() => verifyClaims(wide, labels, { silhouette: text })).toThrow(
      /write it with digits and a point, as 0\.68$/,
    );
  });

  test('says how easily a made-up number would be met, and warns where it matters', () => {
    const claim = (value: number | string) => verifyClaims(wide, labels, { silhouette: value }, { resamples: 20 })[0]!;
    const coarse = claim('0.5');
    const fine = claim('0.50000');
    // By hand: the numbers of one decimal that some convention rounds to, of the 20 steps from -1 to 1.
    const values = coarse.conventions.flatMap(({ value }) => (value === null ? [] : [value]));
    const steps = 20_000;
    const met = Array.from({ length: steps }, (_, i) => -1 + (2 * (i + 0.5)) / steps).filter((made) =>
      values.some((value) => Math.abs(value - made) <= 0.05),
    );
    expect(coarse.coincidence).toBeCloseTo(met.length / steps, 3);
    expect(fine.coincidence).toBeLessThan(0.001);
    const odd = coarse.conventions.find(
      ({ value }) => value !== null && !claim(value.toFixed(1)).conventions[0]!.matches,
    )!;
    expect(claim(odd.value!.toFixed(1))).toMatchObject({ verdict: 'reproduced' });
    expect(claim(odd.value!.toFixed(1)).caution).toMatch(/conventions tried, a made-up number of 1 decimal would/);
    expect(claim(silhouette(wide, labels).score.toFixed(1)).caution).toBeUndefined();
    expect(claim(odd.value!.toFixed(7)).caution).toBeUndefined();
    expect(verifyClaims(wide, labels, { classes: 4 })[0]!.coincidence).toBeNull();
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

/** Iris with all rows of two species and the first six of the third. */
function irisWithSix(): World {
  return { points: iris.points.slice(0, 106), labels: iris.labels.slice(0, 106) };
}

describe('intervals over samples of rows', () => {
  /** Share of worlds whose interval holds the mean over all worlds. */
  function coverage(
    sizes: readonly number[],
    gap: number,
    d: number,
    name: string,
    index: (points: number[][], labels: (string | number)[]) => number,
  ) {
    const worlds = Array.from({ length: 600 }, (_, seed) => blobs(sizes, gap, d, seed));
    const scores = worlds.map(({ points, labels }) => index(points, labels));
    const truth = scores.reduce((sum, v) => sum + v, 0) / scores.length;
    let covered = 0;
    const tried = 300;
    for (let w = 0; w < tried; w++) {
      const { points, labels } = worlds[w]!;
      const claims = { [name]: 0 };
      const { low, high } = verifyClaims(points, labels, claims, { resamples: 60, seed: w })[0]!.interval!;
      if (low <= truth && truth <= high) covered++;
    }
    return covered / tried;
  }

  test.each([
    ['silhouette', [30, 30, 30], 4, 2],
    ['silhouette', [40, 25, 10], 3, 4],
    ['daviesBouldin', [30, 30], 3, 2],
    ['neighborAgreement', [30, 20], 2, 2],
  ] as const)('of the %s of classes %j cover the truth in 92% to 98% of worlds', (name, sizes, gap, d) => {
    type Index = (points: number[][], labels: (string | number)[]) => { readonly score: number };
    const indices: Record<typeof name, Index> = { silhouette, daviesBouldin, neighborAgreement };
    const share = coverage(sizes, gap, d, name, (p, l) => indices[name](p, l).score);
    expect(share).toBeGreaterThanOrEqual(0.92);
    expect(share).toBeLessThanOrEqual(0.98);
  });

  /** A class of six beside large ones: in a world of its own, and the first six virginica beside the rest of iris. */
  const smallClasses: [string, World, string, { full: number; copies: number } | null][] = [
    ['blobs', blobs([60, 60, 6], 2.5, 3, 11), 'class 2', null],
    ['iris', irisWithSix(), 'virginica', { full: 0.404, copies: 0.5 }],
  ];

  test.each(smallClasses)(
    'the naive bootstrap inflates a class of six by its copies, subsamples do not: %s',
    (...of) => {
      const [, { points, labels }, label, known] = of;
      const small = (rows: ArrayLike<number>) => {
        const { clusters } = silhouette(
          Array.from(rows, (i) => points[i]!),
          Array.from(rows, (i) => labels[i]!),
        );
        return clusters.find((cluster) => cluster.label === label)?.score;
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
      const draw = (drawn: readonly Int32Array[]) => drawn.map((rows) => [subsets.push(small(rows))]);
      subsampleSpread(draw, Int32Array.from(points.keys()), { size: subsampleSize(n, 3), resamples: 200, seed: 1 });
      expect(copies - full).toBeGreaterThan(0.05);
      expect(Math.abs(mean(subsets) - full)).toBeLessThan((copies - full) / 2);
      if (known === null) return;
      expect(full).toBeCloseTo(known.full, 3);
      // Means over 200 draws of copies differ by about 0.012 from draw to draw.
      expect(Math.abs(copies - known.copies)).toBeLessThan(0.04);
    },
  );

  test('an agreement of 1 has an interval all the same', () => {
    const { points, labels } = blobs([30, 30], 30, 2, 1);
    const [check] = verifyClaims(points, labels, { neighborAgreement: 0.98 }, { resamples: 20 });
    expect(check!.recomputed).toBe(1);
    // Wilson's, of 40 rows: half of the 60 are nearest to each other, and such a pair counts once.
    expect(check!.interval!.low).toBeCloseTo(40 / (40 + 1.959963984540054 ** 2), 12);
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
