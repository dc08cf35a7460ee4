import { describe, expect, it } from 'vitest';
import { labelNoise, UndefinedMetricError } from '../../../src/index.js';
import { rowWorld, type Shape, shuffledLabels } from '../../support/row-worlds.js';

const SHAPES: readonly Shape[] = ['round', 'correlated', 'heavy', 'skewed', 'unequal', 'box', 'bent'];

const worlds = SHAPES.map((shape, t) => ({ shape, d: [2, 4, 10][t % 3]!, k: [2, 4, 3][t % 3]!, seed: 100 + t }));

describe('labelNoise', () => {
  it('finds the share and the rows of shuffled labels, whatever the shape of the classes', () => {
    for (const { shape, d, k, seed } of worlds) {
      const { points, truth } = rowWorld({ n: 600, d, k, shape, overlap: 0.01 }, seed);
      const labels = shuffledLabels(truth, 0.2, 'all', seed);
      const flipped = new Set(labels.flatMap((label, i) => (label === truth[i] ? [] : [i])));
      const { p, score, rows } = labelNoise(points, labels);
      expect(p, shape).toBeLessThan(0.05);
      expect(Math.abs(score - flipped.size / 600), shape).toBeLessThan(0.08);
      const hits = rows.filter(({ row }) => flipped.has(row)).length;
      expect(hits / rows.length, shape).toBeGreaterThan(0.8);
      expect(hits / flipped.size, shape).toBeGreaterThan(0.5);
      for (const { row, label } of rows) expect(label).toBe(labels[row]);
      const known = rows.filter(({ row, nearer }) => nearer === truth[row]).length;
      expect(known / rows.length, shape).toBeGreaterThan(0.8);
    }
  });

  it('finds labels that were shuffled between two classes of four', () => {
    const { points, truth } = rowWorld({ n: 800, d: 5, k: 4, shape: 'round', overlap: 0.01 }, 7);
    const { p, rows } = labelNoise(points, shuffledLabels(truth, 0.3, 'pair', 7));
    expect(p).toBeLessThan(0.01);
    const between = rows.filter(({ label, nearer }) => Math.max(Number(label), Number(nearer)) === 1);
    expect(between.length).toBeGreaterThan(0.8 * rows.length);
  });

  it('does not take plain overlap for wrong labels', () => {
    const found = worlds.flatMap(({ shape, d, k, seed }) =>
      [0.05, 0.15].map((overlap) => {
        const { points, truth } = rowWorld({ n: 500, d, k, shape, overlap }, seed);
        return labelNoise(points, truth).p;
      }),
    );
    expect(found.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(2);
  });

  it('gives an interval that has the share of wrong labels in it, and 0 where none is wrong', () => {
    for (const { shape, d, k, seed } of worlds) {
      const { points, truth } = rowWorld({ n: 400, d, k, shape, overlap: 0.08 }, seed + 50);
      for (const share of [0, 0.15]) {
        const labels = share === 0 ? truth : shuffledLabels(truth, share, 'all', seed);
        const { score, interval, disagreement, withoutRegion } = labelNoise(points, labels);
        const judged = [...labels.keys()].filter((i) => !withoutRegion.includes(labels[i]!));
        const wrong = judged.filter((i) => labels[i] !== truth[i]).length / judged.length;
        expect(interval.low, `${shape}, ${share}`).toBeLessThanOrEqual(wrong);
        expect(interval.high, `${shape}, ${share}`).toBeGreaterThanOrEqual(wrong);
        expect(interval.low).toBeLessThanOrEqual(score);
        expect(score).toBeLessThanOrEqual(Math.min(interval.high, disagreement));
        // Nearer to the truth than all that disagree, which overlap is a part of.
        expect(Math.abs(score - wrong)).toBeLessThan(Math.max(0.04, disagreement - wrong));
      }
    }
  });

  it('says which rows it did not judge, and means the share of the others', () => {
    const { points, truth } = rowWorld({ n: 500, d: 2, k: 4, shape: 'round', overlap: 0.2 }, 91_000_002);
    const labels = shuffledLabels(truth, 0.3, 'all', 91_000_002);
    const { interval, judged, notJudged, withoutRegion } = labelNoise(points, labels);
    expect(withoutRegion.length).toBe(2);
    expect(judged + notJudged.length).toBe(500);
    const left = new Set(notJudged);
    const rows = [...labels.keys()].filter((i) => !left.has(i));
    // Rows of the two classes are out, and so are rows of other labels that lie among these.
    expect(rows.filter((i) => withoutRegion.includes(labels[i]!))).toEqual([]);
    expect(notJudged.filter((i) => !withoutRegion.includes(labels[i]!)).length).toBeGreaterThan(0);
    const wrong = rows.filter((i) => labels[i] !== truth[i]).length / rows.length;
    expect(interval.low).toBeLessThanOrEqual(wrong);
    expect(interval.high).toBeGreaterThanOrEqual(wrong);
  });

  it('does not judge labels at chance, nor a class spread over the others', () => {
    const { points, truth } = rowWorld({ n: 400, d: 3, k: 4, shape: 'round', overlap: 0.01 }, 3);
    expect(() => labelNoise(points, shuffledLabels(truth, 1, 'all', 3))).toThrow(UndefinedMetricError);
    const spread = truth.map((c, i) => (i % 12 === 0 ? 'spread' : `class ${c}`));
    const { withoutRegion, p, rows } = labelNoise(points, spread);
    expect(withoutRegion).toEqual(['spread']);
    expect(p).toBeGreaterThan(0.05);
    expect(rows.filter(({ label }) => label === 'spread')).toEqual([]);
  });

  it('lists copies of a row with the same wrong label, which have no vote', () => {
    const { points, truth } = rowWorld({ n: 400, d: 3, k: 2, shape: 'round', overlap: 0 }, 4);
    const labels = shuffledLabels(truth, 0.2, 'all', 4);
    const once = labelNoise(points, labels);
    const thrice = labelNoise([...points, ...points, ...points], [...labels, ...labels, ...labels]);
    expect(thrice.copies).toBe(800);
    expect(thrice.score).toBe(once.score);
    expect(thrice.rows.length).toBe(3 * once.rows.length);
  });

  it('takes distances, other metrics and a noise label', () => {
    const { points, truth } = rowWorld({ n: 300, d: 3, k: 2, shape: 'round', overlap: 0 }, 5);
    const labels = shuffledLabels(truth, 0.3, 'all', 5);
    const wanted = labelNoise(points, labels);
    const distances = points.map((a) => points.map((b) => Math.hypot(...a.map((v, c) => v - b[c]!))));
    expect(labelNoise(distances, labels, { metric: 'precomputed' }).rows).toEqual(wanted.rows);
    const noisy = labelNoise([[0, 0, 0], ...points], [-1, ...labels], { noiseLabel: -1 });
    expect(noisy.rows.map(({ row }) => row - 1)).toEqual(wanted.rows.map(({ row }) => row));
    expect(labelNoise(points, labels, { standardize: true, metric: 'manhattan' }).p).toBeLessThan(0.05);
  });
});
