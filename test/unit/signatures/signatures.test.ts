import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { dataset, type SignatureDistancesOptions, signatureDistances, signatures } from '../../../src/index.js';
import { zScores } from '../../../src/statistics/z-scores.js';

const square = [
  [0, 0],
  [0, 2],
  [10, 1],
  [10, 1],
  [5, 13],
];
const named = ['a', 'a', 'b', 'b', 'c'];

describe('zScores', () => {
  it('gives columns mean 0 and population deviation 1, and a constant column exact zeros', () => {
    const n = 7;
    const points = Float64Array.from({ length: n * 3 }, (_, p) =>
      p % 3 === 1 ? 0.1 : Math.sqrt(p + 1) * 10 ** (p % 3),
    );
    const rows = zScores(points, n, 3);
    for (const c of [0, 2]) {
      const column = Array.from({ length: n }, (_, i) => rows[i * 3 + c]!);
      expect(column.reduce((sum, v) => sum + v, 0)).toBeCloseTo(0, 13);
      expect(column.reduce((sum, v) => sum + v * v, 0) / n).toBeCloseTo(1, 13);
    }
    for (let i = 0; i < n; i++) expect(rows[i * 3 + 1]).toBe(0);
  });

  it.each([1e-160, 1e140])('does not lose a column of the size of %d to overflow or underflow', (size) => {
    expect([...zScores(Float64Array.of(0, size, 2 * size), 3, 1)].map((v) => v.toFixed(12))).toEqual([
      (-Math.sqrt(1.5)).toFixed(12),
      (0).toFixed(12),
      Math.sqrt(1.5).toFixed(12),
    ]);
  });
});

describe('signatures', () => {
  it('gives centre, size and root mean square distance of each class in label order', () => {
    expect(signatures(square, named)).toEqual({
      classes: [
        { label: 'a', size: 2, vector: Float64Array.of(0, 1), spread: 1 },
        { label: 'b', size: 2, vector: Float64Array.of(10, 1), spread: 0 },
        { label: 'c', size: 1, vector: Float64Array.of(5, 13), spread: 0 },
      ],
      center: 'mean',
      standardize: false,
      n: 5,
      d: 2,
      k: 3,
    });
  });

  it('takes the median of each column, the mean of the middle two when even', () => {
    const { classes } = signatures([[0], [1], [50], [3], [7]], [1, 1, 1, 2, 2], { center: 'median' });
    expect(classes.map(({ vector }) => [...vector])).toEqual([[1], [5]]);
    expect(classes[0]!.spread).toBeCloseTo(Math.sqrt((1 + 0 + 49 ** 2) / 3), 12);
  });

  it('of equally good rows takes the one with the least coordinates as the medoid, whatever their order', () => {
    const { classes } = signatures(
      [
        [3, 0],
        [1, 0],
        [9, 9],
      ],
      ['x', 'x', 'y'],
      { center: 'medoid' },
    );
    expect([...classes[0]!.vector]).toEqual([1, 0]);
    expect(classes[0]!.spread).toBeCloseTo(Math.sqrt((0 + 4) / 2), 14);
  });

  it('rows that tie but for rounding tie, wherever the origin is', () => {
    // Of eight rows on a line the middle two, in the order of the line, have the same sum of distances.
    const rng = new Rng(4);
    for (let t = 0; t < 40; t++) {
      const values = Array.from({ length: 8 }, () => rng.uniform() * 10 + 4);
      const [, , , low] = [...values].sort((a, b) => a - b);
      const { classes } = signatures([...values.map((v) => [v]), [90]], [...values.map(() => 'x'), 'y'], {
        center: 'medoid',
      });
      expect(classes[0]!.vector[0]).toBe(low);
    }
  });

  it('keeps its spread under translation by 1e7', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [(i * 7) % 11, (i * 5) % 13]);
    const labels = rows.map((_, i) => i % 4);
    const moved = rows.map((row) => row.map((v) => v + 1e7));
    const before = signatures(rows, labels);
    signatures(moved, labels).classes.forEach(({ spread, vector }, c) => {
      expect(spread).toBeCloseTo(before.classes[c]!.spread, 12);
      expect(vector[0]! - 1e7).toBeCloseTo(before.classes[c]!.vector[0]!, 7);
    });
  });

  it('takes a dataset', () => {
    expect(signatures(dataset(square, named), { center: 'median' })).toEqual(
      signatures(square, named, { center: 'median' }),
    );
  });

  it.each([
    ['an unknown centre', { center: 'mode' }, 'unknown-name'],
    ['an unknown option', { centre: 'mean' }, 'unknown-option'],
    ['standardize as text', { standardize: 'zscore' }, 'wrong-type'],
  ])('refuses %s', (_, options, code) => {
    expect(() => signatures(square, named, options as never)).toThrowError(expect.objectContaining({ code }));
  });
});

describe('signatureDistances', () => {
  it('compares the centres of classes, largest first', () => {
    const result = signatureDistances(square, named, { permutations: 0 });
    expect(result.labels).toEqual(['a', 'b', 'c']);
    expect(result.sizes).toEqual([2, 2, 1]);
    expect(result.matrix).toEqual([
      [0, 10, 13],
      [10, 0, 13],
      [13, 13, 0],
    ]);
    expect(result.mean).toBeCloseTo(12, 14);
    // Population deviation over three pairs; the sample deviation would be sqrt(3).
    expect(result.std).toBeCloseTo(Math.sqrt(2), 14);
    expect(result.closest).toEqual({ a: 'a', b: 'b', distance: 10 });
    expect(result.farthest).toEqual({ a: 'a', b: 'c', distance: 13 });
    expect(result.null).toBeNull();
  });

  it('separates by the spread inside both classes, on rows - classes degrees of freedom', () => {
    const { separation } = signatureDistances(square, named, { permutations: 0 });
    // Scatter: a 2 with 1 degree, b 0 with 1, c none.
    expect(separation.within).toBeCloseTo(Math.sqrt(2 / 2), 14);
    expect(separation.overall).toBeCloseTo(12, 13);
    expect(separation.pairs[0]![1]).toBeCloseTo(10 / Math.sqrt(2 / 2), 13);
    expect(separation.pairs[0]![2]).toBeCloseTo(13 / Math.sqrt(2 / 1), 13);
    expect(separation.pairs[1]![2]).toBe(Number.POSITIVE_INFINITY);
    expect(separation.pairs[2]![1]).toBe(Number.POSITIVE_INFINITY);
    expect(separation.pairs[1]![1]).toBe(0);
  });

  it('has no separation where every class has one row, and 0 between equal classes', () => {
    const alone = signatureDistances([[1], [2]], ['a', 'b'], { permutations: 3 });
    expect(alone.separation).toEqual({
      overall: null,
      within: null,
      pairs: [
        [0, null],
        [null, 0],
      ],
    });
    const equal = signatureDistances([[1], [1], [1], [1]], ['a', 'b', 'a', 'b'], { permutations: 3 });
    expect(equal.separation).toEqual({
      overall: 0,
      within: 0,
      pairs: [
        [0, 0],
        [0, 0],
      ],
    });
  });

  it('says p = 1 where no relabeling can change the distance, whatever the rounding', () => {
    // Twenty clouds, since the sums of one may happen to round upwards each time.
    for (let t = 1; t <= 20; t++) {
      const rows = Array.from({ length: 9 }, (_, i) => [Math.sqrt(i + t), 1 / (i + t), (i * t) / 7]);
      const alone = signatureDistances(
        rows,
        rows.map((_, i) => i),
        { permutations: 50 },
      );
      expect(alone.null!.p).toBe(1);
      expect(alone.null!.mean).toBeCloseTo(alone.mean, 12);
    }
    const equal = signatureDistances([[1], [1], [1], [1]], ['a', 'b', 'a', 'b'], { permutations: 3 });
    expect(equal.null).toEqual({ mean: 0, sd: 0, max: 0, p: 1, permutations: 3 });
  });

  it('counts permutations as (1 + reached) / (1 + all): exactly, where all of them can be listed', () => {
    // Of the 6 ways to pair 4 rows, 2 give the observed pairing {0, 1}, {10, 11} with mean distance 10.
    const result = signatureDistances([[0], [1], [10], [11]], ['a', 'a', 'b', 'b'], { permutations: 30000 });
    expect(Math.abs(result.null!.p - 1 / 3)).toBeLessThan(0.015);
    // The other pairings have centres 5 and 6 (distance 1) or 5.5 and 5.5 (distance 0).
    expect(Math.abs(result.null!.mean - 11 / 3)).toBeLessThan(0.15);
    expect(result.null!.max).toBe(10);
    const sd = Math.sqrt((10 ** 2 + 1) / 3 - (11 / 3) ** 2);
    expect(Math.abs(result.null!.sd - sd)).toBeLessThan(0.05);
  });

  it('permutes labels among the compared rows only', () => {
    // A third class far away, not compared: were its rows dealt out too, the null would reach thousands.
    const rows = [[0], [1], [10], [11], [9000]];
    const labels = ['a', 'a', 'b', 'b', 'z'];
    const result = signatureDistances(rows, labels, { top: 2 });
    expect(result.labels).toEqual(['a', 'b']);
    expect(result.null!.max).toBe(10);
    expect(result.n).toBe(4);
  });

  it('standardises over all rows given, not only the compared ones', () => {
    const rows = [[0], [2], [10], [12], [500]];
    const labels = ['a', 'a', 'b', 'b', 'z'];
    const mean = 524 / 5;
    const deviation = Math.sqrt(rows.reduce((sum, [v]) => sum + (v! - mean) ** 2, 0) / 5);
    const result = signatureDistances(rows, labels, { top: 2, standardize: true, permutations: 0 });
    expect(result.mean).toBeCloseTo(10 / deviation, 13);
    expect(result.standardize).toBe(true);
  });

  it('leaves a constant column out of z-scored distances', () => {
    const rows = [
      [0, 0.1],
      [1, 0.1],
      [2, 0.1],
    ];
    const both = signatureDistances(rows, ['a', 'b', 'c'], { standardize: true, permutations: 5 });
    const one = signatureDistances([[0], [1], [2]], ['a', 'b', 'c'], { standardize: true, permutations: 5 });
    expect(both.matrix).toEqual(one.matrix);
  });

  it('takes the first classes in label order on ties of size', () => {
    const result = signatureDistances([[1], [2], [3], [4]], ['d', 'b', 'c', 'a'], { top: 2, permutations: 0 });
    expect(result.labels).toEqual(['a', 'b']);
    expect(signatureDistances([[1], [2]], ['a', 'b'], { top: 9 }).k).toBe(2);
  });

  it('repeats itself from its seed, and differs from another', () => {
    const rows = Array.from({ length: 24 }, (_, i) => [(i * 7) % 5, (i * 11) % 7]);
    const labels = rows.map((_, i) => i % 3);
    const first = signatureDistances(rows, labels, { seed: 5 });
    expect(signatureDistances(rows, labels, { seed: 5 })).toEqual(first);
    expect(first.seed).toBe(5);
    expect(first.null!.permutations).toBe(200);
    expect(signatureDistances(rows, labels, { seed: 6 }).null!.mean).not.toBe(first.null!.mean);
    expect(signatureDistances(rows, labels).seed).toBe(0);
  });

  it('finds a planted difference and none in noise', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [(i * 37) % 61, (i * 53) % 67]);
    const labels = rows.map((_, i) => (i < 30 ? 'a' : 'b'));
    expect(signatureDistances(rows, labels).null!.p).toBeGreaterThan(0.05);
    const shifted = rows.map(([x, y], i) => [x! + (i < 30 ? 0 : 40), y!]);
    expect(signatureDistances(shifted, labels).null!.p).toBe(1 / 201);
  });

  it('takes a function as metric', () => {
    const metric = function taxi(a: Float64Array, b: Float64Array): number {
      return Math.abs(a[0]! - b[0]!);
    };
    const result = signatureDistances([[1], [5], [5]], ['b', 'a', 'a'], { metric, permutations: 0 });
    expect(result.matrix[0]![1]).toBe(4);
    expect(result.metric).toBe('taxi');
  });

  const options: readonly (readonly [string, SignatureDistancesOptions | Record<string, unknown>, string])[] = [
    ['top 1', { top: 1 }, 'out-of-range'],
    ['a fractional top', { top: 2.5 }, 'out-of-range'],
    ['an unknown metric', { metric: 'euclid' }, 'unknown-name'],
    ['precomputed distances', { metric: 'precomputed' }, 'unknown-name'],
    ['a metric that gives NaN', { metric: () => Number.NaN }, 'not-a-distance'],
    ['negative permutations', { permutations: -1 }, 'out-of-range'],
    ['a seed that is no integer', { seed: 0.5 }, 'out-of-range'],
    ['an unknown option', { standardise: true }, 'unknown-option'],
  ];
  it.each(options)('refuses %s', (_, given, code) => {
    expect(() => signatureDistances(square, named, given as never)).toThrowError(expect.objectContaining({ code }));
  });

  it('is undefined for one class', () => {
    expect(() => signatureDistances([[1], [2]], ['a', 'a'])).toThrowError(
      expect.objectContaining({ name: 'UndefinedMetricError', code: 'too-few-clusters' }),
    );
  });

  const cloud = fc.integer({ min: 1, max: 3 }).chain((d) =>
    fc.array(fc.tuple(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: d, maxLength: d }), fc.nat(4)), {
      minLength: 2,
      maxLength: 25,
    }),
  );
  const close = (actual: number, expected: number) =>
    expect(Math.abs(actual - expected), `${actual}, ${expected}`).toBeLessThanOrEqual(1e-9 * Math.max(1, expected));

  it('equals the plain definition, and does not change with translation; goes with scale', () => {
    fc.assert(
      fc.property(cloud, fc.constantFrom(1e-9, 1, 1e9), fc.constantFrom(0, 1e3), (rows, scale, shift) => {
        const labels = rows.map(([, label]) => label);
        fc.pre(new Set(labels).size > 1);
        const points = rows.map(([row]) => row.map((v) => v * scale + shift * scale));
        const result = signatureDistances(points, labels, { permutations: 0 });
        const centerOf = (label: unknown) => {
          const members = rows.filter(([, l]) => l === label).map(([row]) => row);
          return members[0]!.map((_, c) => members.reduce((sum, row) => sum + row[c]!, 0) / members.length);
        };
        const distances: number[] = [];
        result.labels.forEach((a, i) => {
          result.labels.forEach((b, j) => {
            const naive = Math.hypot(...centerOf(a).map((v, c) => v - centerOf(b)[c]!));
            close(result.matrix[i]![j]! / scale, naive);
            if (i < j) distances.push(naive);
          });
        });
        const mean = distances.reduce((sum, v) => sum + v, 0) / distances.length;
        close(result.mean / scale, mean);
        close(result.std / scale, Math.sqrt(distances.reduce((sum, v) => sum + (v - mean) ** 2, 0) / distances.length));
        close(result.closest.distance / scale, Math.min(...distances));
        close(result.farthest.distance / scale, Math.max(...distances));
      }),
    );
  });

  it('never gives NaN, and p in (0, 1]', () => {
    fc.assert(
      fc.property(
        cloud,
        fc.constantFrom('mean', 'median', 'medoid'),
        fc.boolean(),
        fc.constantFrom('euclidean', 'sqeuclidean', 'cosine', 'manhattan'),
        (rows, center, standardize, metric) => {
          const labels = rows.map(([, label]) => label);
          fc.pre(new Set(labels).size > 1);
          const points = rows.map(([row]) => row);
          const given = { center, standardize, metric, permutations: 5 } as const;
          const result = signatureDistances(points, labels, given);
          const { overall, within, pairs } = result.separation;
          for (const v of [result.mean, result.std, ...result.matrix.flat(), overall, within, ...pairs.flat()]) {
            if (v !== null) expect(v).toBeGreaterThanOrEqual(0);
          }
          expect(result.null!.p).toBeGreaterThan(0);
          expect(result.null!.p).toBeLessThanOrEqual(1);
          expect(result.null!.max).toBeGreaterThanOrEqual(result.null!.mean * (1 - 1e-12));
        },
      ),
    );
  });
});
