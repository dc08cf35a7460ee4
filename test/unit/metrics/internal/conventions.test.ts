import { describe, expect, it } from 'vitest';
import { Rng } from '../../../../src/core/rng.js';
import {
  calinskiHarabasz,
  daviesBouldin,
  dbcv,
  dunn,
  InputError,
  internalMetrics,
  type Labels,
  medoidSilhouette,
  neighborAgreement,
  type Points,
  pairwiseDistances,
  ShapeError,
  silhouette,
  simplifiedSilhouette,
  UndefinedMetricError,
  xieBeni,
} from '../../../../src/index.js';
import { allNear, near } from '../../../support/near.js';

/** Points on a line. */
const line = (...values: number[]) => values.map((value) => [value]);

function thrown(act: () => unknown): Error & { code?: string } {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('silhouette, at the edges', () => {
  const withSingleton: [Points, Labels] = [line(0, 1, 1, 2, 3, 3), ['s', 'b', 'b', 'b', 'c', 'c']];

  it('a singleton scores 0 and is counted', () => {
    const result = silhouette(...withSingleton);
    expect(result.samples[0]).toBe(0);
    expect(result.singletonCount).toBe(1);
    expect(result.singletons).toBe('zero');
    near(result.score, 0.5, 1e-15);
    // Clusters in label order b, c, s: 1/3, 1, 0.
    expect(result.clusters.map(({ label, size }) => [label, size])).toEqual([
      ['b', 3],
      ['c', 2],
      ['s', 1],
    ]);
    near(result.macroScore, (1 / 3 + 1 + 0) / 3, 1e-15);
  });

  it("singletons: 'one' scores 1, as NbClust and MATLAB do", () => {
    const result = silhouette(...withSingleton, { singletons: 'one' });
    expect(result.samples[0]).toBe(1);
    near(result.score, 4 / 6, 1e-15);
    expect(result.singletonCount).toBe(1);
  });

  it("singletons: 'exclude' leaves the row out of samples and averages, and still counts it", () => {
    const result = silhouette(...withSingleton, { singletons: 'exclude' });
    expect(Array.from(result.indices)).toEqual([1, 2, 3, 4, 5]);
    near(result.score, 3 / 5, 1e-15);
    near(result.macroScore, (1 / 3 + 1) / 2, 1e-15);
    expect(result.clusters.map(({ label }) => label)).toEqual(['b', 'c']);
    expect(result.singletonCount).toBe(1);
  });

  it('a cluster whose weights sum to 1 or less is a singleton, however many rows it has', () => {
    const weights = [0.5, 0.5, 1, 1];
    const result = silhouette(line(0, 1, 10, 11), ['a', 'a', 'b', 'b'], { weights });
    expect([result.singletonCount, result.weighted]).toEqual([1, true]);
    expect(Array.from(result.samples.subarray(0, 2))).toEqual([0, 0]);
    const without = silhouette(line(0, 1, 10, 11), ['a', 'a', 'b', 'b'], { weights, singletons: 'exclude' });
    expect(Array.from(without.indices)).toEqual([2, 3]);
    expect(without.singletonCount).toBe(1);
  });

  it('a = b = 0 scores 0', () => {
    expect(Array.from(silhouette(line(5, 5, 5, 5), [0, 0, 1, 1]).samples)).toEqual([0, 0, 0, 0]);
  });

  it('a = 0 < b scores 1: a cluster of duplicates', () => {
    const { samples } = silhouette(line(5, 5, 7, 8), [0, 0, 1, 1]);
    expect([samples[0], samples[1]]).toEqual([1, 1]);
  });

  it('a > 0 = b scores -1: a row in the wrong one of two piles', () => {
    expect(silhouette(line(5, 7, 5, 5), [0, 0, 1, 1]).samples[0]).toBe(-1);
  });

  it.each(['euclidean', 'sqeuclidean', 'manhattan', 'chebyshev'] as const)(
    '%s: equally near clusters: the first in label order is the neighbour',
    (metric) => {
      const points = line(0, 0, 4, 6, -4, -6);
      expect(silhouette(points, ['m', 'm', 'z', 'z', 'a', 'a'], { metric }).neighbors[0]).toBe('a');
      expect(silhouette(points, ['m', 'm', 'a', 'a', 'z', 'z'], { metric }).neighbors[0]).toBe('a');
      expect(silhouette(points, [5, 5, 10, 10, 9, 9], { metric }).neighbors[0]).toBe(9);
    },
  );

  it('label order: numbers ascending, then booleans, then strings', () => {
    const result = silhouette(line(1, 2, 3, 4, 5, 6), ['b', 10, 9, true, 'b', 'B']);
    expect(result.clusters.map(({ label }) => label)).toEqual([9, 10, true, 'B', 'b']);
  });

  it('1 and "1" are two labels; 0 and -0 are one', () => {
    expect(silhouette(line(1, 2, 3), [1, '1', '1']).k).toBe(2);
    expect(silhouette(line(1, 2, 3), [0, -0, 1]).k).toBe(2);
  });

  it('cosine: a zero vector is at distance 1 from every other row', () => {
    const points = [
      [0, 0],
      [0, 0],
      [1, 0],
      [2, 0],
    ];
    // Row 0: 1 to its twin and 1 to the others. Rows 2 and 3: 0 to each other, 1 to the zeros.
    expect(Array.from(silhouette(points, [0, 0, 1, 1], { metric: 'cosine' }).samples)).toEqual([0, 0, 1, 1]);
    const mixed = silhouette(points, [0, 1, 0, 1], { metric: 'cosine' });
    // Row 2: a = 1 (zero vector), b = (1 + 0) / 2.
    expect(Array.from(mixed.samples)).toEqual([0, 0, -0.5, -0.5]);
  });

  it.each(['cosine', 'correlation'] as const)(
    '%s: rows that differ in length only are at distance 0, whatever rounding does to them',
    (metric) => {
      const rng = new Rng(2);
      for (let t = 0; t < 50; t++) {
        const row = Array.from({ length: 2 + (t % 9) }, () => rng.normal());
        const points = [1, 0.1, 3, 7, 0.7, 1 / 3].map((length) => row.map((value) => value * length));
        const labels = [0, 0, 0, 1, 1, 1];
        const zeros = new Float64Array(6);
        expect(silhouette(points, labels, { metric }).samples).toEqual(zeros);
        expect(medoidSilhouette(points, labels, { metric }).samples).toEqual(zeros);
        expect(new Set(pairwiseDistances(points, { metric }).data)).toEqual(new Set([0]));
      }
    },
  );

  it('correlation: a constant row has no direction and is at distance 1', () => {
    const points = [
      [3, 3, 3],
      [1, 2, 3],
      [2, 4, 6.000001],
      [3, 2, 1],
    ];
    const { samples } = silhouette(points, [0, 1, 1, 0], { metric: 'correlation' });
    expect(samples[0]).toBe(0);
  });
});

describe('medoidSilhouette, at the edges', () => {
  it('rows that tie are the medoid together, whatever their order', () => {
    const labels = ['a', 'a', 'b', 'b', 'b', 'b'];
    const { score, samples, medoids } = medoidSilhouette(line(0, 2, 10, 11, 12, 4), labels);
    expect(medoids.map((rows) => Array.from(rows))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const widths = [9.5 / 10.5, 7.5 / 8.5, 8.5 / 9, 9.5 / 10, 9.5 / 11, -3.5 / 6.5];
    allNear(samples, widths, 1e-14);
    near(score, widths.reduce((sum, width) => sum + width, 0) / 6, 1e-14);
    near(medoidSilhouette(line(2, 0, 10, 11, 12, 4), labels).score, score, 1e-14);
    near(medoidSilhouette(line(2, 0, 11, 12, 4, 10), labels).score, score, 1e-14);
  });

  it('rows that tie but for rounding are medoids together', () => {
    // Of eight rows on a line the middle two have the same sum of distances.
    const rng = new Rng(4);
    for (let t = 0; t < 40; t++) {
      const values = Array.from({ length: 8 }, () => 4 + 10 * rng.uniform());
      const [, , , low, high] = [...values].sort((a, b) => a - b);
      const tied = values.flatMap((value, i) => (value === low || value === high ? [i] : []));
      const { medoids } = medoidSilhouette(line(...values, 90), ['x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'y']);
      expect(medoids.map((rows) => Array.from(rows))).toEqual([tied, [8]]);
    }
  });
});

describe('neighborAgreement, at the edges', () => {
  it('rows that are equally near share the vote, whatever their order', () => {
    const labels = ['a', 'a', 'b', 'b', 'b', 'b'];
    // Row 0 has one neighbour of its own label and one of the other, as row 4 has two of its own.
    const result = neighborAgreement(line(0, 1, -1, 9, 9.5, 10), labels);
    near(result.score, 4.5 / 6, 1e-15);
    expect(Array.from(result.agreement)).toEqual([0.5, 1, 0, 1, 1, 1]);
    expect(result.tiedCount).toBe(2);
    near(neighborAgreement(line(0, -1, 1, 9, 9.5, 10), labels).score, 4.5 / 6, 1e-15);
  });

  it('of equally near rows the first stands for all in `nearest`', () => {
    const { nearest, agreement, score } = neighborAgreement(line(0, 1, 2, 3, 3), ['a', 'b', 'a', 'b', 'a']);
    expect(Array.from(nearest)).toEqual([1, 0, 1, 4, 3]);
    expect(Array.from(agreement)).toEqual([0, 0, 1 / 3, 0, 0]);
    near(score, 1 / 15, 1e-15);
    const equal = neighborAgreement(line(5, 5, 5, 5), [0, 0, 1, 1]);
    expect(Array.from(equal.nearest)).toEqual([1, 0, 0, 0]);
    near(equal.score, equal.expected, 1e-15);
  });

  it('expects what labels dealt at random give: sum of n_c (n_c - 1) / (n (n - 1))', () => {
    const { expected, clusters } = neighborAgreement(line(0, 1, 2, 3, 4), ['a', 'a', 'a', 'b', 'b']);
    near(expected, (3 * 2 + 2 * 1) / 20, 1e-15);
    expect(clusters.map((cluster) => cluster.expected)).toEqual([2 / 4, 1 / 4]);
  });
});

describe('number of clusters', () => {
  const message = (k: number, n: number, most: number) =>
    `number of labels is ${k} (n = ${n}), valid values are 2 to n - 1 = ${most} (inclusive)`;
  const scored = internalMetrics.filter(({ name }) => name !== 'dbcv').map(({ name }) => name);
  const functions: Record<string, (points: Points, labels: Labels) => unknown> = {
    silhouette,
    simplifiedSilhouette,
    medoidSilhouette,
    daviesBouldin,
    calinskiHarabasz,
    dunn,
    xieBeni,
  };

  it.each(scored.filter((name) => name in functions))('%s: one cluster is an error that says so', (name) => {
    const error = thrown(() => functions[name]!(line(1, 2, 3), ['a', 'a', 'a']));
    expect(error).toBeInstanceOf(UndefinedMetricError);
    expect(error.code).toBe('too-few-clusters');
    expect(error.message).toContain(`${name}: ${message(1, 3, 2)}`);
  });

  it.each(scored.filter((name) => name in functions))(
    '%s: as many clusters as rows is an error that says so',
    (name) => {
      const error = thrown(() => functions[name]!(line(1, 2, 3), ['a', 'b', 'c']));
      expect(error).toBeInstanceOf(UndefinedMetricError);
      expect(error.code).toBe('too-many-clusters');
      expect(error.message).toContain(`${name}: ${message(3, 3, 2)}`);
    },
  );

  it('k = 2 and k = n - 1 are the last valid ones', () => {
    expect(silhouette(line(1, 2, 3), ['a', 'b', 'b']).k).toBe(2);
    expect(silhouette(line(1, 2, 3, 4), ['a', 'b', 'c', 'c']).k).toBe(3);
  });

  it('noise that leaves one cluster is named in the message', () => {
    const error = thrown(() => silhouette(line(1, 2, 3, 4), [0, 0, -1, -1], { noiseLabel: -1 }));
    expect(error.code).toBe('too-few-clusters');
    expect(error.message).toContain('n = 2 after noise exclude');
  });

  it('dbcv needs two clusters of two rows', () => {
    const error = thrown(() => dbcv(line(1, 2, 3), ['a', 'a', 'b']));
    expect(error.code).toBe('too-few-clusters');
    expect(error.message).toContain('got 1 (n = 3, k = 2)');
  });
});

describe('noise', () => {
  const points = line(0, 1, 10, 11, 50, -50);
  const labels = [0, 0, 1, 1, -1, -1];

  it('without options -1 is a cluster like any other', () => {
    const result = silhouette(points, labels);
    expect(result.k).toBe(3);
    expect(result.noise).toBeUndefined();
  });

  it("'exclude' scores the rest and reports the share", () => {
    const result = silhouette(points, labels, { noiseLabel: -1 });
    const rest = silhouette(points.slice(0, 4), labels.slice(0, 4));
    expect(result.score).toBe(rest.score);
    expect(result.n).toBe(4);
    expect(result.noise).toEqual({ label: -1, treatment: 'exclude', count: 2, share: 1 / 3 });
  });

  it("'penalise' multiplies the score by the share that is not noise", () => {
    const excluded = silhouette(points, labels, { noiseLabel: -1 });
    const result = silhouette(points, labels, { noiseLabel: -1, noise: 'penalise' });
    near(result.score, (excluded.score * 4) / 6, 1e-15);
    expect(result.noise!.treatment).toBe('penalise');
  });

  it("'singletons' makes each noise row a cluster of one, which scores 0 and can be a neighbour", () => {
    const result = silhouette(line(0, 1, 10, 11, 12), [0, 0, 1, 1, -1], { noiseLabel: -1, noise: 'singletons' });
    expect(result.n).toBe(5);
    expect(result.singletonCount).toBe(1);
    expect(result.neighbors[3]).toBe(-1);
    near(result.samples[3]!, 0, 1e-15); // a = 1 to row 2, b = 1 to the noise row
  });

  it('a noise label that no row has changes nothing', () => {
    const result = silhouette(points, labels, { noiseLabel: 'none' });
    expect(result.score).toBe(silhouette(points, labels).score);
    expect(result.noise).toEqual({ label: 'none', treatment: 'exclude', count: 0, share: 0 });
  });

  it('weighted noise is penalised as its copies are, and its share is that of the weight', () => {
    const rows = line(0, 1, 10, 11, 30, 5);
    const own = [0, 0, 1, 1, -1, -1];
    const weights = [2, 1, 3, 1, 4, 1];
    const copies = weights.flatMap((weight, i) => Array<number>(weight).fill(i));
    for (const noise of ['penalise', 'exclude'] as const) {
      const weighted = silhouette(rows, own, { weights, noiseLabel: -1, noise });
      const written = silhouette(
        copies.map((i) => rows[i]!),
        copies.map((i) => own[i]!),
        { noiseLabel: -1, noise },
      );
      near(weighted.score, written.score, 1e-15);
      near(weighted.macroScore, written.macroScore, 1e-15);
      expect(weighted.noise).toEqual({ ...written.noise, count: 2 });
    }
  });

  it('weights cannot be combined with noise as singletons: a copy of noise would be its own cluster', () => {
    const error = thrown(() =>
      silhouette(points, labels, { noiseLabel: -1, noise: 'singletons', weights: [1, 1, 1, 1, 2, 2] }),
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('weights');
  });
});

describe('precomputed distances', () => {
  const call = (matrix: number[][]) => () => silhouette(matrix, [0, 0, 1], { metric: 'precomputed' });

  it('integers are distances', () => {
    expect(
      Array.from(
        call([
          [0, 1, 2],
          [1, 0, 1],
          [2, 1, 0],
        ])().samples,
      ),
    ).toEqual([0.5, 0, 0]);
  });

  it('not square: an error with both sides', () => {
    const error = thrown(() =>
      silhouette(
        [
          [0, 1],
          [1, 0],
          [2, 1],
        ],
        [0, 0, 1],
        { metric: 'precomputed' },
      ),
    );
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.code).toBe('not-square');
    expect(error.message).toContain('got 3 x 2');
  });

  it('negative: the most negative entry is named', () => {
    const error = thrown(
      call([
        [0, -1, -4],
        [-1, 0, 1],
        [-4, 1, 0],
      ]),
    );
    expect(error.code).toBe('not-a-distance');
    expect(error.message).toContain('got -4 at row 0, column 2');
  });

  it('asymmetric: the worst pair is named', () => {
    const error = thrown(
      call([
        [0, 1, 2],
        [1.01, 0, 1],
        [3, 1, 0],
      ]),
    );
    expect(error.code).toBe('not-a-distance');
    expect(error.message).toContain('got 2 at row 0, column 2 and 3 at row 2, column 0');
  });

  it('asymmetry up to 1e-12 of the largest entry is rounding', () => {
    const matrix = (gap: number) => [
      [0, 1, 2],
      [1, 0, 1 + gap],
      [2, 1, 0],
    ];
    expect(call(matrix(1.9e-12))().n).toBe(3);
    expect(thrown(call(matrix(2.1e-12))).code).toBe('not-a-distance');
  });

  it.each([1e-12, 1e12])('asymmetry is relative: the unit %d does not matter', (unit) => {
    const matrix = (gap: number) =>
      [
        [0, 1, 2],
        [1, 0, 1 + gap],
        [2, 1, 0],
      ].map((row) => row.map((value) => value * unit));
    expect(call(matrix(0.5e-12))().n).toBe(3);
    expect(thrown(call(matrix(1e-6))).code).toBe('not-a-distance');
  });

  it('a diagonal off zero by up to 1e-12 of the largest entry is rounding, and taken as 0', () => {
    const matrix = (off: number) => [
      [0, 1, 2],
      [1, off, 1],
      [2, 1, 0],
    ];
    for (const off of [1.9e-12, -1.9e-12]) expect(Array.from(call(matrix(off))().samples)).toEqual([0.5, 0, 0]);
    const error = thrown(call(matrix(2.1e-12)));
    expect(error.code).toBe('not-a-distance');
    expect(error.message).toContain('at row 1, column 1');
    const medoids = (off: number) => {
      const piles = [
        [off, 0, 0, 0],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
        [0, 1, 0, 0],
      ];
      return medoidSilhouette(piles, [0, 0, 1, 1], { metric: 'precomputed' });
    };
    expect(medoids(1e-13)).toEqual(medoids(0));
  });
});

describe('Davies-Bouldin, at the edges', () => {
  it('clusters with one centroid: Infinity, and the pairs are listed', () => {
    const result = daviesBouldin(line(-1, 1, -2, 2, 9, 10), ['a', 'a', 'b', 'b', 'c', 'c']);
    expect(result.score).toBe(Number.POSITIVE_INFINITY);
    expect(result.coincidentCentroids).toEqual([['a', 'b']]);
    expect(result.clusters.map(({ worstRival }) => worstRival).slice(0, 2)).toEqual(['b', 'a']);
    expect(Number.isFinite(result.clusters[2]!.ratio)).toBe(true);
  });

  it('the same cluster twice without scatter (0 / 0): Infinity too (scikit-learn: 0, its best)', () => {
    const result = daviesBouldin(line(1, 1, 1, 1), [0, 0, 1, 1]);
    expect(result.score).toBe(Number.POSITIVE_INFINITY);
    expect(result.coincidentCentroids).toEqual([[0, 1]]);
  });

  it('no scatter and centroids apart: 0', () => {
    const result = daviesBouldin(line(1, 1, 2, 2), [0, 0, 1, 1]);
    expect(result.score).toBe(0);
    expect(result.coincidentCentroids).toEqual([]);
  });

  it('the result names q', () => {
    expect(daviesBouldin(line(1, 2, 4), [0, 0, 1]).q).toBe(1);
    expect(daviesBouldin(line(1, 2, 4), [0, 0, 1], { q: 2 }).q).toBe(2);
  });

  it('of equally bad rivals the first in label order is named', () => {
    const { clusters } = daviesBouldin(line(-11, -9, -1, 1, 9, 11), ['z', 'z', 'm', 'm', 'a', 'a']);
    expect(clusters.map(({ label, worstRival }) => [label, worstRival])).toEqual([
      ['a', 'm'],
      ['m', 'a'],
      ['z', 'm'],
    ]);
  });

  it('the same where the cluster in the middle is the last one', () => {
    const { clusters } = daviesBouldin(line(-11, -9, 9, 11, -1, 1), ['a', 'a', 'm', 'm', 'z', 'z']);
    expect(clusters[2]).toMatchObject({ label: 'z', worstRival: 'a' });
  });

  it('centroids that differ by more than rounding do not coincide', () => {
    const result = daviesBouldin(line(-1, 1, -1, 1 + 2 ** -40, 5, 6), ['a', 'a', 'b', 'b', 'c', 'c']);
    expect(result.coincidentCentroids).toEqual([]);
    near(result.clusters[0]!.ratio, 2 ** 42, 1e-6);
  });

  it('centroids that differ by rounding only coincide', () => {
    // The means of 0.1, 0.2, 0.3 and of 0.2, 0.2, 0.2 differ in the last bit.
    const result = daviesBouldin(line(0.1, 0.2, 0.3, 0.2, 0.2, 0.2), [0, 0, 0, 1, 1, 1]);
    expect(result.coincidentCentroids).toEqual([[0, 1]]);
  });
});

describe('Calinski-Harabasz, at the edges', () => {
  it('no scatter within: Infinity (scikit-learn: 1)', () => {
    expect(calinskiHarabasz(line(1, 1, 2, 2), [0, 0, 1, 1]).score).toBe(Number.POSITIVE_INFINITY);
  });

  it('no scatter at all: an error', () => {
    const error = thrown(() => calinskiHarabasz(line(1, 1, 1), [0, 0, 1]));
    expect(error).toBeInstanceOf(UndefinedMetricError);
    expect(error.message).toContain('got 3 equal rows');
  });
});

describe('Dunn, at the edges', () => {
  it('smallest distance between clusters over largest within: by hand', () => {
    const result = dunn(line(0, 1, 5, 8), ['a', 'a', 'b', 'b']);
    expect([result.separation, result.diameter, result.score]).toEqual([4, 3, 4 / 3]);
    expect(result.closestRows).toEqual([1, 2]);
    expect(result.farthestRows).toEqual([2, 3]);
    expect(result.clusters.map(({ diameter }) => diameter)).toEqual([1, 3]);
  });

  it('zero diameter everywhere: Infinity', () => {
    expect(dunn(line(1, 1, 2, 2), [0, 0, 1, 1]).score).toBe(Number.POSITIVE_INFINITY);
  });

  it('all singletons: an error', () => {
    expect(thrown(() => dunn(line(1, 2), [0, 1])).code).toBe('too-many-clusters');
  });

  it('neither diameter nor distance: an error that names two rows', () => {
    const error = thrown(() => dunn(line(4, 4, 4), [0, 0, 1]));
    expect(error.code).toBe('undefined-metric');
    expect(error.message).toContain('row 0 and row 2 coincide');
  });
});

describe('Xie-Beni, at the edges', () => {
  it('the smallest squared distance of centroids stands below', () => {
    const result = xieBeni(line(0, 2, 10, 12, 100), ['a', 'a', 'b', 'b', 'c']);
    expect([result.compactness, result.separation]).toEqual([4 / 5, 100]);
    expect(result.closest).toEqual(['a', 'b']);
    near(result.score, 0.008, 1e-15);
  });

  it('of equally near centroids the first pair in label order is named', () => {
    expect(xieBeni(line(-11, -9, -1, 1, 9, 11), ['z', 'z', 'm', 'm', 'a', 'a']).closest).toEqual(['a', 'm']);
  });

  it('coincident centroids: Infinity', () => {
    expect(xieBeni(line(-1, 1, -2, 2), [0, 0, 1, 1]).score).toBe(Number.POSITIVE_INFINITY);
  });

  it('neither scatter nor distance: an error', () => {
    expect(thrown(() => xieBeni(line(4, 4, 4), [0, 0, 1])).code).toBe('undefined-metric');
  });
});

describe('dbcv, at the edges', () => {
  it('noise lowers the score by its share', () => {
    const points = line(0, 1, 2.5, 10, 11, 12.6, 40, 60);
    const inside = dbcv(points.slice(0, 6), [0, 0, 0, 1, 1, 1]).score;
    const result = dbcv(points, [0, 0, 0, 1, 1, 1, -1, -1], { noiseLabel: -1 });
    near(result.score, (inside * 6) / 8, 1e-14);
    expect(result.noise!.count).toBe(2);
  });

  it('a cluster of one counts as noise and is reported', () => {
    const points = line(0, 1, 2.5, 10, 11, 12.6, 40);
    const inside = dbcv(points.slice(0, 6), [0, 0, 0, 1, 1, 1]).score;
    const result = dbcv(points, [0, 0, 0, 1, 1, 1, 7]);
    near(result.score, (inside * 6) / 7, 1e-14);
    expect([result.k, result.singletonCount]).toEqual([2, 1]);
  });
});
