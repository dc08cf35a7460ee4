import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { uninformativeColumns } from '../../../src/index.js';
import { betweenClasses } from '../../../src/studies/columns/between-classes.js';
import { goodWorld } from './worlds.js';

describe('uninformativeColumns', () => {
  it('names columns of noise, and says what held-out rows gain without them', () => {
    const { points, labels } = goodWorld('real', 178, 13, 3, 5);
    const rng = new Rng(6);
    const noisy = points.map((row) => [...row, ...Array.from({ length: 40 }, () => 3 * rng.normal())]);
    const found = uninformativeColumns(noisy, labels);
    expect(found.verdict).toBe('harmful');
    expect(found.columns.filter((c) => c >= 13).length).toBeGreaterThanOrEqual(34);
    expect(found.columns.filter((c) => c < 13).length).toBeLessThanOrEqual(1);
    expect(found.after!.silhouette - found.before!.silhouette).toBeGreaterThan(0.15);
    expect(found.silhouette!.p).toBeLessThan(1e-6);
  });

  it('keeps columns that tell the classes apart together only', () => {
    const rng = new Rng(7);
    const corner = Array.from({ length: 300 }, () => [rng.integer(2), rng.integer(2)] as const);
    const points = corner.map(([a, b]) => [
      4 * a + 0.5 * rng.normal(),
      4 * b + 0.5 * rng.normal(),
      (a ^ b) + rng.normal(),
    ]);
    const found = uninformativeColumns(
      points,
      corner.map(([a, b]) => a ^ b),
    );
    expect(found.columns).toEqual([0, 1]);
    expect(found.verdict).toBe('joint');
    expect(found.alone!.neighborAgreement).toBeGreaterThan(0.9);
  });

  it('does not flag columns that are all a bit informative', () => {
    for (let seed = 0; seed < 4; seed++) {
      const rng = new Rng(100 + seed);
      const labels = Array.from({ length: 150 }, (_, i) => i % 3);
      const at = Array.from({ length: 40 }, () => rng.shuffle([-0.5, 0, 0.5]));
      const points = labels.map((label) => at.map((centres) => centres[label]! + rng.normal()));
      expect(uninformativeColumns(points, labels, { seed }).verdict).not.toBe('harmful');
    }
  });

  it('says why it cannot judge', () => {
    const rng = new Rng(8);
    const points = Array.from({ length: 60 }, () => [rng.normal(), rng.normal()]);
    const dealt = points.map((_, i) => i % 2);
    expect(uninformativeColumns(points, dealt)).toMatchObject({
      verdict: 'undecided',
      reason: 'the classes differ in no column by itself',
    });
    const few = Array.from({ length: 30 }, (_, i) => [10 * (i % 2) + rng.normal(), (i * 7) % 5]);
    expect(
      uninformativeColumns(
        few,
        few.map((_, i) => i % 2),
      ).verdict,
    ).toBe('undecided');
  });
});

describe('betweenClasses', () => {
  it('is the p of scipy.stats.kruskal (scipy 1.17.1), with ties, to two digits', () => {
    // kruskal([1, 2, 3, 4, 5, 5], [3, 4, 4, 6, 7, 8], [7, 8, 9, 9, 10, 12]): H = 11.53698, p = 0.0031245
    const values = [1, 2, 3, 4, 5, 5, 3, 4, 4, 6, 7, 8, 7, 8, 9, 9, 10, 12];
    const part = {
      points: Float64Array.from(values),
      labels: Int32Array.from(values, (_, i) => Math.floor(i / 6)),
      n: 18,
      d: 1,
      k: 3,
      classes: [0, 1, 2],
      counts: Int32Array.of(6, 6, 6),
    };
    const all = Int32Array.from(values.keys());
    const [p, some] = betweenClasses(part, [all, all.filter((i) => i % 6 < 4)], 0);
    expect(p).toBeCloseTo(0.0031245, 3);
    // A set of rows is ranked by itself: here [1, 2, 3, 4], [3, 4, 4, 6], [7, 8, 9, 9].
    const few = all.filter((i) => i % 6 < 4);
    const alone = {
      ...part,
      n: 12,
      points: Float64Array.from(few, (i) => values[i]!),
      labels: Int32Array.from(few, (i) => part.labels[i]!),
    };
    expect(some).toBe(betweenClasses(alone, [Int32Array.from(few.keys())], 0)[0]);
    expect(some).not.toBe(p);
  });
});

it('deals its halves by what rows are: backwards the same rows give the same scores', () => {
  const rng = new Rng(41);
  const labels = Array.from({ length: 120 }, (_, i) => i % 2);
  const points = labels.map((label) => [3 * label + rng.normal(), rng.normal(), rng.normal(), rng.normal()]);
  const there = uninformativeColumns(points, labels);
  const back = uninformativeColumns([...points].reverse(), [...labels].reverse());
  expect(there.before).not.toBeNull();
  expect(back.verdict).toBe(there.verdict);
  for (const name of ['silhouette', 'neighborAgreement'] as const) {
    expect(back.before![name]).toBeCloseTo(there.before![name], 9);
    expect(back.after![name]).toBeCloseTo(there.after![name], 9);
  }
});
