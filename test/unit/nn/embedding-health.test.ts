import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataset } from '../../../src/data/dataset.js';
import { embeddingHealth, Rng, tensor } from '../../../src/nn/index.js';

/** Plus and minus each axis, times its scale: singular values sqrt(2) scale. */
const cross = (...scales: number[]) =>
  scales.flatMap((scale, j) => [1, -1].map((sign) => scales.map((_, at) => (at === j ? sign * scale : 0))));

describe('effective rank', () => {
  it('is the number of equal directions', () => {
    expect(embeddingHealth(cross(1, 1, 1)).effectiveRank).toBeCloseTo(3, 12);
    expect(embeddingHealth(cross(2, 2, 0)).effectiveRank).toBeCloseTo(2, 12);
  });

  it('is that of the variances; exp of the entropy of the shares of singular values is the entropy rank', () => {
    const health = embeddingHealth(cross(3, 1));
    expect([...health.singularValues]).toEqual([expect.closeTo(3 * Math.SQRT2, 12), expect.closeTo(Math.SQRT2, 12)]);
    expect(health.effectiveRank).toBeCloseTo(100 / 82, 12);
    expect(health.entropyRank).toBeCloseTo(Math.exp(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25)), 12);
  });

  it('of rows that are all equal is 0, whatever their value', () => {
    const health = embeddingHealth([0, 1, 2, 3, 4, 5, 6].map(() => [0.1, 0.7, 1 / 3]));
    expect([health.effectiveRank, health.entropyRank, ...health.singularValues, ...health.deviations]).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(health.deadUnits).toEqual([0, 1, 2]);
  });

  it.each([1e-9, 1e9, 1e120, 1e-200])('does not change when embeddings are scaled by %d or moved', (scale) => {
    const rng = new Rng(3);
    const points = Array.from({ length: 20 }, () => [rng.normal(), 2 * rng.normal(), 0.1 * rng.normal()]);
    const { effectiveRank } = embeddingHealth(points);
    const scaled = embeddingHealth(points.map((row) => row.map((value) => value * scale)));
    expect(scaled.effectiveRank).toBeCloseTo(effectiveRank, 10);
    const moved = embeddingHealth(points.map((row) => row.map((value) => value + 1000)));
    expect(moved.effectiveRank).toBeCloseTo(effectiveRank, 10);
  });

  it('takes fewer rows than columns', () => {
    const health = embeddingHealth([
      [1, 0, 0, 0, 0],
      [-1, 0, 0, 0, 0],
    ]);
    expect(health.singularValues.length).toBe(2);
    expect(health.effectiveRank).toBeCloseTo(1, 12);
  });
});

describe('alignment and uniformity', () => {
  const squared = (x: readonly number[], y: readonly number[]) => {
    const unit = (v: readonly number[]) => v.map((value) => value / Math.hypot(...v));
    const other = unit(y);
    return unit(x).reduce((sum, value, j) => sum + (value - other[j]!) ** 2, 0);
  };

  it('of hand-made directions', () => {
    const right = embeddingHealth(
      [
        [2, 0],
        [0, 3],
      ],
      { labels: ['a', 'a'] },
    );
    expect(right.alignment).toBeCloseTo(2, 12);
    expect(right.uniformity).toBeCloseTo(-4, 12);
    const opposed = embeddingHealth(
      [
        [2, 0],
        [-3, 0],
      ],
      { labels: ['a', 'a'] },
    );
    expect([opposed.alignment, opposed.uniformity]).toEqual([expect.closeTo(4, 12), expect.closeTo(-8, 12)]);
    const same = embeddingHealth(
      [
        [2, 1],
        [4, 2],
      ],
      { labels: ['a', 'a'] },
    );
    expect([same.alignment, same.uniformity]).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)]);
  });

  it('equal the loops over all pairs', () => {
    const rows = fc.array(
      fc.tuple(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }), fc.nat({ max: 3 })),
      {
        minLength: 2,
        maxLength: 25,
      },
    );
    fc.assert(
      fc.property(rows, (drawn) => {
        const points = drawn.map(([point]) => point);
        const labels = drawn.map(([, label]) => label);
        const health = embeddingHealth(points, { labels });
        const alive = points
          .map((point, i) => ({ point, label: labels[i]! }))
          .filter(({ point }) => point.some((value) => value !== 0));
        const pairs = alive.flatMap((a, i) =>
          alive.slice(i + 1).map((b) => ({ same: a.label === b.label, square: squared(a.point, b.point) })),
        );
        const positive = pairs.filter(({ same }) => same);
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(health.zeroVectors).toBe(points.length - alive.length);
        if (positive.length === 0) expect(health.alignment).toBeNull();
        else expect(health.alignment).toBeCloseTo(mean(positive.map(({ square }) => square)), 10);
        if (pairs.length === 0) expect(health.uniformity).toBeNull();
        else
          expect(health.uniformity).toBeCloseTo(Math.log(mean(pairs.map(({ square }) => Math.exp(-2 * square)))), 10);
      }),
    );
  });

  it('uniformity of a sample says so, follows its seed and lies near the whole', () => {
    const rng = new Rng(1);
    const points = Array.from({ length: 600 }, () => [rng.normal(), rng.normal(), rng.normal()]);
    const whole = embeddingHealth(points);
    const part = embeddingHealth(points, { sampleSize: 200, seed: 1 });
    expect([whole.uniformityRows, part.uniformityRows, part.seed]).toEqual([600, 200, 1]);
    expect(part.uniformity).not.toBe(whole.uniformity);
    expect(part.uniformity).not.toBe(embeddingHealth(points, { sampleSize: 200, seed: 2 }).uniformity);
    expect(part.uniformity).toBe(embeddingHealth(points, { sampleSize: 200, seed: 1 }).uniformity);
    expect(Math.abs(part.uniformity! - whole.uniformity!)).toBeLessThan(0.1);
  });

  it('leave out zero vectors, and count them', () => {
    const health = embeddingHealth(
      [
        [2, 0],
        [0, 0],
        [0, 3],
        [0, 0],
      ],
      { labels: ['a', 'a', 'a', 'b'] },
    );
    expect([health.alignment, health.uniformity]).toEqual([expect.closeTo(2, 12), expect.closeTo(-4, 12)]);
    expect([health.zeroVectors, health.uniformityRows]).toEqual([2, 2]);
    expect(
      embeddingHealth(
        [
          [0, 0],
          [0, 0],
          [1, 0],
        ],
        { labels: [1, 1, 1] },
      ),
    ).toMatchObject({ alignment: null, uniformity: null });
  });

  it('alignment is null without labels', () => {
    expect(
      embeddingHealth([
        [1, 0],
        [0, 1],
      ]).alignment,
    ).toBeNull();
  });
});

describe('units', () => {
  it('a unit that hardly varies is dead, relative to the one that varies most', () => {
    const points = cross(1e6, 1e3, 1001).map((row) => [...row, 5]);
    expect(embeddingHealth(points).deadUnits).toEqual([1, 3]);
    expect(embeddingHealth(points, { deadBelow: 0 }).deadUnits).toEqual([3]);
  });

  it('a tanh unit that sits at its ends is saturated', () => {
    const health = embeddingHealth([
      [0.995, 0.999, 0.1],
      [-0.995, 0.5, -0.2],
      [1, -0.3, 0.99],
      [0, 0.2, 0.3],
    ]);
    expect(health.saturatedShares).toEqual(Float64Array.of(0.75, 0.25, 0));
    expect(health.saturatedUnits).toEqual([0]);
  });

  it('there is no saturation outside -1 .. 1', () => {
    expect(embeddingHealth([[1.01], [0]])).toMatchObject({ saturatedShares: null, saturatedUnits: null });
  });
});

describe('input', () => {
  it('may be a tensor or a dataset', () => {
    const points = cross(3, 1);
    const labels = ['a', 'b', 'a', 'b'];
    const expected = embeddingHealth(points, { labels });
    expect(embeddingHealth(tensor(points), { labels })).toEqual(expected);
    expect(embeddingHealth(dataset(points, labels) as never)).toEqual(expected);
  });

  it.each([
    [[[1, 2]], {}, 'undefined-metric'],
    [[[1], [2]], { labels: ['a'] }, 'length-mismatch'],
    [[[1], [Number.NaN]], {}, 'not-finite'],
    [tensor([1, 2, 3]), {}, 'shape-mismatch'],
    [dataset([[1], [2]], [1, 2]), { labels: [1, 2] }, 'wrong-type'],
    [[[1], [2]], { saturatedShare: 0 }, 'out-of-range'],
    [[[1], [2]], { sampleSize: 1 }, 'out-of-range'],
    [[[1], [2]], { centre: true }, 'unknown-option'],
  ])('%j with %j: %s', (points, options, code) => {
    expect(() => embeddingHealth(points as never, options as never)).toThrow(expect.objectContaining({ code }));
  });
});
