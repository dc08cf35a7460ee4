import { describe, expect, it } from 'vitest';
import { outliers, silhouette } from '../../../src/index.js';
import { rowWorld, type Shape } from '../../support/row-worlds.js';

const SHAPES: readonly Shape[] = ['round', 'correlated', 'heavy', 'skewed', 'unequal', 'box', 'bent'];

describe('outliers', () => {
  it('finds one far row, and gives the scores that the indices give with and without it', () => {
    for (const [t, shape] of SHAPES.entries()) {
      const { points, truth } = rowWorld({ n: 300, d: 3, k: 3, shape, overlap: 0.01 }, 200 + t);
      const far = points.map((row, i) => (i === 17 ? row.map((v) => v + 5000) : row));
      const found = outliers(far, truth);
      expect(
        found.rows.map(({ row }) => row),
        shape,
      ).toContain(17);
      expect(found.rows[0]!.row).toBe(17);
      const left = new Set(found.rows.map(({ row }) => row));
      const kept = far.flatMap((_, i) => (left.has(i) ? [] : [i]));
      expect(found.silhouette.all).toBe(silhouette(far, truth).score);
      const without = silhouette(
        kept.map((i) => far[i]!),
        kept.map((i) => truth[i]!),
      ).score;
      expect(found.silhouette.without).toBeCloseTo(without, 12);
      expect(Math.abs(found.score), shape).toBeGreaterThan(0.1);
    }
  });

  it('is not moved by the tails of heavy and skewed classes', () => {
    for (const [t, shape] of SHAPES.entries()) {
      for (const overlap of [0.01, 0.1]) {
        const { points, truth } = rowWorld({ n: 400, d: 2 + t, k: 3, shape, overlap }, 300 + t);
        const { score, daviesBouldin } = outliers(points, truth);
        expect(Math.abs(score), shape).toBeLessThan(0.05);
        if (daviesBouldin.all !== null) expect(daviesBouldin.all / daviesBouldin.without!).toBeLessThan(1.5);
      }
    }
  });

  it('leaves out a share of the rows at most, and never most of a class', () => {
    const points = Array.from({ length: 200 }, (_, i) => [(i % 10) + (i < 100 ? 0 : 40), Math.floor((i % 100) / 10)]);
    const labels = points.map(([x]) => (x! < 20 ? 'a' : 'b'));
    const far = points.map((row, i) => (i % 10 === 0 ? [row[0]!, 1e6 + i] : row));
    expect(outliers(far, labels).rows.length).toBe(2);
    expect(outliers(far, labels, { share: 0.2 }).rows.length).toBe(20);
    const lone = outliers([...points, [900, 900], [901, 900]], [...labels, 'c', 'c']);
    expect(lone.rows).toEqual([]);
  });

  it('standardises anew without the far rows', () => {
    const { points, truth } = rowWorld({ n: 200, d: 12, k: 2, shape: 'round', overlap: 0 }, 9);
    const far = points.map((row, i) => (i === 3 ? row.map((v, c) => (c === 5 ? 1e5 : v)) : row));
    const { rows, silhouette: both } = outliers(far, truth, { standardize: true });
    expect(rows.map(({ row }) => row)).toEqual([3]);
    expect(both.without).toBeCloseTo(outliers(points, truth, { standardize: true }).silhouette.all ?? both.without!, 1);
  });

  it('takes rows that are copies, constant columns and classes of one row', () => {
    const same = Array.from({ length: 30 }, (_, i) => [i === 7 ? 1e6 : i % 6, 4]);
    const { rows } = outliers(
      same,
      same.map((_, i) => i % 2),
    );
    expect(rows.map(({ row }) => row)).toEqual([7]);
    expect(outliers([[0], [0], [0]], [1, 2, 3]).rows).toEqual([]);
    expect(outliers([[0], [5], [9]], ['a', 'a', 'a']).silhouette).toEqual({ all: null, without: null });
  });
});
