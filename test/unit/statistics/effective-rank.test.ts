import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/index.js';
import { embeddingHealth } from '../../../src/nn/index.js';
import { effectiveRank, effectiveRankOfDistances } from '../../../src/statistics/effective-rank.js';
import { entropyRank } from '../../../src/statistics/entropy-rank.js';
import { singularValues } from '../../../src/statistics/singular-values.js';
import { iris } from '../../support/fixture.js';

const of = (rows: readonly (readonly number[])[]) =>
  effectiveRank(Float64Array.from(rows.flat()), rows.length, rows[0]!.length);

/** Plus and minus each axis, times its scale: variances in proportion to the squares of the scales. */
const cross = (...scales: number[]) =>
  scales.flatMap((scale, j) => [1, -1].map((sign) => scales.map((_, at) => (at === j ? sign * scale : 0))));

describe('effective rank', () => {
  it('of iris is 1.165, as R: l <- prcomp(iris[1:4])$sdev^2; sum(l)^2 / sum(l^2)', () => {
    // The variances along the axes as scikit-learn's PCA and R print them.
    const l = [4.22824171, 0.24267075, 0.0782095, 0.02383509];
    const square = (v: number) => v * v;
    const expected = square(l.reduce((sum, v) => sum + v, 0)) / l.reduce((sum, v) => sum + v * v, 0);
    expect(expected).toBeCloseTo(1.165, 3);
    expect(of(iris.points)).toBeCloseTo(expected, 7);
  });

  it('is the same from the distances of the rows, in any unit', () => {
    const ofDistances = (rows: readonly (readonly number[])[], unit: number) =>
      effectiveRankOfDistances(
        (visit) =>
          rows.forEach((row, i) => {
            visit(
              i,
              Float64Array.from(rows, (other) => Math.hypot(...row.map((v, c) => v - other[c]!)) / unit),
            );
          }),
        rows.length,
        rows[0]!.length,
      );
    for (const unit of [1, 1e-9, 1e20]) expect(ofDistances(iris.points, unit)).toBeCloseTo(of(iris.points), 10);
    const rng = new Rng(4);
    const wide = Array.from({ length: 20 }, () => Array.from({ length: 90 }, () => 5 + rng.normal()));
    expect(ofDistances(wide, 1)).toBeCloseTo(of(wide), 10);
    expect(
      ofDistances(
        [0, 1, 2].map(() => [0.1, 0.7]),
        1,
      ),
    ).toBe(0);
  });

  it('does not depend on the order of rows', () => {
    const order = new Rng(1).shuffle(iris.points.map((_, i) => i));
    expect(of(order.map((i) => iris.points[i]!))).toBeCloseTo(of(iris.points), 13);
    expect(of([...iris.points].reverse())).toBeCloseTo(of(iris.points), 13);
  });

  it('is the number of directions of one variance, and (sum l)^2 / sum l^2 of others', () => {
    expect(of(cross(1, 1, 1))).toBeCloseTo(3, 13);
    expect(of(cross(3, 1))).toBeCloseTo((9 + 1) ** 2 / (81 + 1), 13);
    expect(of(cross(3, 1).map((row) => row.map((v) => v + 1e6)))).toBeCloseTo(100 / 82, 9);
  });

  it('is 0 for equal rows, 1 on a line, and never more than n - 1 or d', () => {
    expect(of([0, 1, 2, 3, 4].map(() => [0.1, 0.7, 1 / 3]))).toBe(0);
    expect(of([0, 1, 5, 7].map((t) => [t / 3, t / 7, -t]))).toBe(1);
    expect(
      of([
        [1, 0, 0, 9],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ]),
    ).toBeLessThanOrEqual(2);
    expect(of([[5, 1]])).toBe(0);
  });

  it.each([2 ** -1060, 1e-200, 1e-9, 1e9, 1e200, 2 ** 1020])('does not change when rows are scaled by %d', (scale) => {
    const rng = new Rng(3);
    const points = Array.from({ length: 20 }, () => [rng.normal(), 2 * rng.normal(), 0.1 * rng.normal()]);
    expect(of(points.map((row) => row.map((v) => v * scale)))).toBeCloseTo(of(points), scale < 1e-300 ? 2 : 12);
  });

  it('of wide rows is that of the same rows in the columns that they span', () => {
    const rng = new Rng(1);
    const rows = Array.from({ length: 500 }, () => [3 * rng.normal(), 2 * rng.normal(), rng.normal()]);
    const wide = rows.map((row) => Array.from({ length: 900 }, (_, c) => (c % 300 === 0 ? row[c / 300]! : 0)));
    expect(of(rows)).toBeGreaterThan(1.5);
    expect(of(wide)).toBeCloseTo(of(rows), 11);
  });

  it('is one number in the house: dimension finding, collapse finding and embeddingHealth', () => {
    const rng = new Rng(5);
    const labels = Array.from({ length: 60 }, (_, i) => i % 6);
    const points = labels.map((c) => [c + rng.normal(), 3 * rng.normal(), rng.normal(), c - rng.normal()]);
    const found = diagnose({ points, labels, spaces: { latent: points }, training: {} }, { permutations: 39 });
    const evidence = (id: string) =>
      found.findings.find((finding) => finding.id === id)?.evidence.find(({ name }) => name === 'effectiveRank')?.value;
    const expected = of(points);
    expect(evidence('dimension')).toBeCloseTo(expected, 12);
    expect(evidence('collapse')).toBeCloseTo(expected, 12);
    expect(embeddingHealth(points).effectiveRank).toBeCloseTo(expected, 12);
  });
});

describe('entropy rank', () => {
  it('is exp of the entropy of the shares of the singular values', () => {
    expect(entropyRank(Float64Array.of(3, 1))).toBeCloseTo(
      Math.exp(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25)),
      13,
    );
    expect(entropyRank(new Float64Array(3))).toBe(0);
  });

  it('is never below the effective rank', () => {
    const rng = new Rng(2);
    for (let t = 0; t < 20; t++) {
      const rows = Array.from({ length: 12 }, () => [rng.normal(), t * rng.normal(), rng.normal() / 3]);
      const health = embeddingHealth(rows);
      expect(health.entropyRank).toBeGreaterThanOrEqual(health.effectiveRank - 1e-12);
      expect(health.entropyRank).toBe(entropyRank(health.singularValues));
    }
    expect(singularValues(Float64Array.of(3, 0, 0, 1), 2, 2)[0]).toBeCloseTo(3, 12);
  });
});
