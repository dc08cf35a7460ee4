import { describe, expect, it } from 'vitest';
import { Rng } from '../../../../src/core/rng.js';
import { dataset, type KSelectionOptions, kSelection, silhouette } from '../../../../src/index.js';
import { type GapValue, smallestByGap } from '../../../../src/metrics/internal/gap-statistic.js';
import { farthestFirst } from '../../../naive/k-selection.js';
import { near } from '../../../support/near.js';

const normal = (n: number, centre: (i: number) => number[], seed: number) => {
  const rng = new Rng(seed);
  return Array.from({ length: n }, (_, i) => centre(i).map((value) => value + rng.normal()));
};
const three = normal(
  60,
  (i) =>
    [
      [0, 0],
      [9, 0],
      [4, 9],
    ][i % 3]!,
  1,
);
const one = normal(60, () => [0, 0], 2);

/** The points that a clusterer is given, call by call. */
function calls(points: number[][], options: KSelectionOptions) {
  const seen: { rows: number[][]; k: number; seed: number }[] = [];
  const result = kSelection(
    points,
    (rows, k, seed) => {
      seen.push({ rows, k, seed });
      return farthestFirst(rows, k);
    },
    options,
  );
  return { seen, result };
}

describe('kSelection', () => {
  it.each(['pca', 'ranges'] as const)(
    'finds three clusters where there are three, and one where there is one (%s)',
    (reference) => {
      const { best } = kSelection(three, farthestFirst, { k: [1, 2, 3, 4, 5], reference });
      expect(best).toEqual({ silhouette: 3, daviesBouldin: 3, calinskiHarabasz: 3, dunn: 3, gap: 3 });
      expect(kSelection(one, farthestFirst, { k: [1, 2, 3, 4], reference }).best.gap).toBe(1);
    },
  );

  it('tries 1 to 10 clusters, or to n - 1, unless told', () => {
    const asked = (points: number[][]) => kSelection(points, farthestFirst, { references: 0 }).rows.map(({ k }) => k);
    expect(asked(three)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(asked(three.slice(0, 4))).toEqual([1, 2, 3]);
  });

  it('one cluster has a gap and no other index, with the reason', () => {
    const [row] = kSelection(three, farthestFirst, { k: [1, 2] }).rows;
    expect([row!.silhouette, row!.daviesBouldin, row!.calinskiHarabasz]).toEqual([null, null, null]);
    expect(row!.reasons.silhouette).toContain('number of labels is 1');
    expect(row!.gap!.gap).toBeTypeOf('number');
    expect(Object.keys(row!.reasons)).toEqual(['silhouette', 'daviesBouldin', 'calinskiHarabasz', 'dunn']);
  });

  it('clusters without scatter have no gap, with the reason', () => {
    const pairs = [[0], [0], [5], [5], [9], [9]];
    const { rows, best } = kSelection(pairs, farthestFirst, { k: [1, 2, 3] });
    expect(rows.map(({ gap }) => gap === null)).toEqual([false, false, true]);
    expect(rows[2]!.reasons.gap).toContain('got none at k = 3');
    expect(best.silhouette).toBe(3);
  });

  it('equal rows have no gap at all', () => {
    const { rows, best } = kSelection([[3], [3], [3], [3]], (points, k) => points.map((_, i) => i % k), { k: [1, 2] });
    expect(rows.map(({ gap }) => gap)).toEqual([null, null]);
    expect(rows[1]!.reasons.calinskiHarabasz).toContain('4 equal rows');
    expect([rows[1]!.silhouette, rows[1]!.daviesBouldin]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(best).toEqual({ silhouette: 2, daviesBouldin: 2, calinskiHarabasz: null, dunn: null, gap: null });
  });

  it('labelings have every index but the gap, by ascending k', () => {
    const labelings = [4, 2, 3].map((k) => farthestFirst(three, k).map((label) => `cluster ${label}`));
    const { rows, best, references } = kSelection(three, labelings);
    expect(rows.map(({ k }) => k)).toEqual([2, 3, 4]);
    expect(rows.map(({ gap, reasons }) => [gap, Object.keys(reasons)])).toEqual([2, 3, 4].map(() => [null, ['gap']]));
    expect(best).toEqual({ silhouette: 3, daviesBouldin: 3, calinskiHarabasz: 3, dunn: 3, gap: null });
    expect(references).toBeNull();
  });

  it('counts the clusters that are there: a clusterer may leave some empty', () => {
    const { rows } = kSelection(three, (points) => points.map((_, i) => i % 2), { k: [5], references: 0 });
    expect([rows[0]!.k, rows[0]!.found]).toEqual([5, 2]);
  });

  it('takes a dataset for its points, whatever its labels are', () => {
    const data = dataset(
      three,
      three.map(() => 'other'),
    );
    const options = { k: [1, 2, 3], references: 2 };
    expect(kSelection(data, farthestFirst, options)).toEqual(kSelection(three, farthestFirst, options));
  });

  it('scores the silhouette by a sample, with its interval', () => {
    const labels = farthestFirst(three, 3);
    const [row] = kSelection(three, [labels], { sampleSize: 20, seed: 4, metric: 'cosine' }).rows;
    const direct = silhouette(three, labels, { sampleSize: 20, seed: 4, metric: 'cosine' });
    expect(row!.silhouette).toBe(direct.score);
    expect(row!.interval).toEqual(direct.sample!.interval);
    expect(kSelection(three, [labels]).rows[0]!.interval).toBeNull();
    expect([row!.dunn, row!.reasons.dunn]).toEqual([
      null,
      'kSelection: Dunn needs all rows, got sampleSize = 20 of 60',
    ]);
  });

  it('of equal scores the smallest k is best', () => {
    // Centroids coincide in both labelings, so both have an infinite Davies-Bouldin.
    const { rows, best } = kSelection(
      [[-1], [1], [-1], [1], [-1], [1]],
      [
        [0, 0, 1, 1, 2, 2],
        [0, 0, 1, 1, 1, 1],
      ],
    );
    expect(rows.map(({ daviesBouldin }) => daviesBouldin)).toEqual([Infinity, Infinity]);
    expect(best.daviesBouldin).toBe(2);
  });
});

describe('reference sets of kSelection', () => {
  const line = normal(50, () => [0], 3).map(([t]) => [t!, 2 * t!]);

  it("'ranges' fill the columns from end to end and no further", () => {
    const { seen, result } = calls(line, { k: [1], references: 30, reference: 'ranges' });
    expect(result.references).toEqual({ count: 30, box: 'ranges' });
    const drawn = seen.slice(1).flatMap(({ rows }) => rows);
    for (const c of [0, 1]) {
      const column = line.map((row) => row[c]!);
      const [low, high] = [Math.min(...column), Math.max(...column)];
      const values = drawn.map((row) => row[c]!);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low - 1e-12);
      expect(Math.max(...values)).toBeLessThanOrEqual(high + 1e-12);
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.98 * (high - low));
    }
    expect(Math.max(...drawn.map(([x, y]) => Math.abs(y! - 2 * x!)))).toBeGreaterThan(1);
  });

  it("'pca' keeps to the directions of the points: rows on a line give rows on that line", () => {
    const { seen } = calls(line, { k: [1], references: 30 });
    const drawn = seen.slice(1).flatMap(({ rows }) => rows);
    expect(drawn.length).toBe(1500);
    expect(Math.max(...drawn.map(([x, y]) => Math.abs(y! - 2 * x!)))).toBeLessThan(1e-12);
    const span = (rows: number[][]) => Math.max(...rows.map(([x]) => x!)) - Math.min(...rows.map(([x]) => x!));
    expect(span(drawn) / span(line)).toBeGreaterThan(0.98);
    expect(span(drawn) / span(line)).toBeLessThanOrEqual(1 + 1e-12);
  });

  it('the points are clustered with the seed itself, the reference sets with seeds drawn from it', () => {
    const { seen } = calls(three, { k: [2, 3], references: 2, seed: 11 });
    expect(seen.map(({ k }) => k)).toEqual([2, 3, 2, 3, 2, 3]);
    expect(seen.slice(0, 2).map(({ seed }) => seed)).toEqual([11, 11]);
    expect(new Set(seen.map(({ seed }) => seed)).size).toBe(5);
  });

  it('the seed decides', () => {
    const gaps = (seed: number) => calls(three, { k: [2, 3], seed }).result;
    expect(gaps(3)).toEqual(gaps(3));
    expect(gaps(3).rows[0]!.gap!.gap).not.toBe(gaps(4).rows[0]!.gap!.gap);
    expect(gaps(0)).toEqual(calls(three, { k: [2, 3] }).result);
    expect(gaps(3).seed).toBe(3);
  });

  it('a clusterer that changes its rows changes nothing', () => {
    const options = { k: [1, 2, 3], references: 3 };
    const spoiling = kSelection(
      three,
      (rows, k) => {
        const labels = farthestFirst(rows, k);
        for (const row of rows) row.fill(0);
        return labels;
      },
      options,
    );
    expect(spoiling).toEqual(kSelection(three, farthestFirst, options));
  });

  it.each([
    ['scaled by 1e-160', (value: number) => value * 1e-160],
    ['scaled by 1e148', (value: number) => value * 1e148],
    ['moved by 1e6', (value: number) => value + 1e6],
  ])('%s, points have the same gaps', (_, change) => {
    const options = { k: [1, 2, 3], references: 5 };
    const moved = kSelection(
      three.map((row) => row.map(change)),
      farthestFirst,
      options,
    );
    const still = kSelection(three, farthestFirst, options);
    moved.rows.forEach(({ gap }, at) => {
      near(gap!.gap, still.rows[at]!.gap!.gap, 1e-6);
    });
  });
});

describe.each(['pca', 'ranges'] as const)('whole numbers far from the origin (%s)', (reference) => {
  it('have reference sets around them', () => {
    const whole = three.map((row) => row.map((value) => Math.round(4 * value)));
    const options = { k: [1, 2, 3], references: 4, reference };
    const home = calls(whole, options);
    const far = calls(
      whole.map(([x, y]) => [x! + 2 ** 30, y! - 2 ** 33]),
      options,
    );
    home.seen.forEach(({ rows }, call) => {
      rows.forEach(([x, y], i) => {
        const [farX, farY] = far.seen[call]!.rows[i]!;
        near(farX! - 2 ** 30, x!, 1e-5);
        near(farY! + 2 ** 33, y!, 1e-5);
      });
    });
  });
});

describe('the rule of the gap', () => {
  const row = (k: number, gap: number | null, standardError = 0) => ({
    k,
    gap: gap === null ? null : ({ gap, standardError, logDispersion: 0, expected: gap } satisfies GapValue),
  });

  it('takes the smallest k whose gap reaches the next one less its standard error', () => {
    expect(smallestByGap([row(1, 0.1), row(2, 0.5, 0.3), row(3, 0.9, 0.4), row(4, 0.1)])).toBe(2);
    expect(smallestByGap([row(1, 0.1), row(2, 0.5, 0.4), row(3, 0.9, 0.39), row(4, 0.1)])).toBe(1);
    expect(smallestByGap([row(1, 0.1), row(2, 0.5, 0.3), row(3, 0.9, 0.39), row(4, 0.1)])).toBe(3);
  });

  it('names none where the gap rises to the end, or has no value on the way', () => {
    expect(smallestByGap([row(1, 0.1), row(2, 0.5), row(3, 0.9)])).toBeNull();
    expect(smallestByGap([row(1, 0.1), row(2, null), row(3, 0.9), row(4, 0.1)])).toBeNull();
    expect(smallestByGap([row(1, 0.1)])).toBeNull();
  });
});
