import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { dip, dipTail, dipTest } from '../../../src/statistics/dip.js';

/** Quality of 63 departments of statistics, by which Hartigan and Hartigan (1985) show the test; `statfaculty` in R's diptest. */
const FACULTY = [
  30, 33, 35, 36, 37, 37, 39, 39, 39, 39, 39, 40, 40, 40, 40, 41, 42, 43, 43, 43, 44, 44, 45, 45, 46, 46, 47, 47, 48,
  48, 48, 49, 50, 50, 51, 52, 52, 53, 53, 53, 53, 53, 54, 54, 57, 57, 59, 60, 60, 60, 61, 61, 61, 61, 62, 62, 62, 62,
  63, 66, 70, 72, 72,
];

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

describe('dip', () => {
  it('has the published value of the statistics departments', () => {
    // R diptest 0.76: dip(statfaculty) = 0.05952381, p-value 0.0867 of dip.test.
    expect(dip(sorted(FACULTY))).toBeCloseTo(0.05952381, 8);
    expect(dipTest(Float64Array.from(FACULTY)).p).toBeCloseTo(0.0867, 2);
  });

  it('is 1/4 for two points that share all rows, and 1/(2n) where rows are evenly placed or equal', () => {
    expect(dip(sorted([0, 0, 1, 1]))).toBe(0.25);
    expect(dip(sorted([1, 2, 3, 4, 5]))).toBe(0.1);
    expect(dip(sorted([7, 7, 7, 7]))).toBe(0.125);
    expect(dip(sorted([3]))).toBe(0.5);
  });

  it('does not see place, direction and scale', () => {
    const rng = new Rng(3);
    const values = Array.from({ length: 200 }, () => rng.normal() + (rng.integer(2) === 0 ? 0 : 4));
    const found = dip(sorted(values));
    expect(dip(sorted(values.map((v) => 1024 * v)))).toBe(found);
    expect(dip(sorted(values.map((v) => -v)))).toBeCloseTo(found, 12);
    expect(dip(sorted(values.map((v) => v + 8)))).toBeCloseTo(found, 9);
  });
});

describe('dipTest', () => {
  it('holds its level on uniform values, of tabulated sizes and between them', () => {
    const rng = new Rng(11);
    for (const n of [12, 50, 137, 700]) {
      const p = Array.from({ length: 600 }, () => dipTest(Float64Array.from({ length: n }, () => rng.uniform())).p);
      const share = p.filter((one) => one <= 0.05).length / p.length;
      // 600 draws at 5%: standard error 0.9%.
      expect(share).toBeGreaterThan(0.015);
      expect(share).toBeLessThan(0.085);
    }
  });

  it('finds two normal groups four standard deviations apart, and nothing in one', () => {
    const rng = new Rng(5);
    const apart = Float64Array.from({ length: 200 }, (_, i) => rng.normal() + 4 * (i % 2));
    const one = Float64Array.from({ length: 200 }, () => rng.normal());
    expect(dipTest(apart).p).toBeLessThan(0.001);
    expect(dipTest(one).p).toBeGreaterThan(0.2);
  });

  it('is 1 below four values, falls with the dip and never below 1e-4', () => {
    expect(dipTail(0.25, 3)).toBe(1);
    const tails = Array.from({ length: 60 }, (_, s) => dipTail(0.002 * s, 500));
    for (let s = 1; s < tails.length; s++) expect(tails[s]!).toBeLessThanOrEqual(tails[s - 1]!);
    expect(tails[0]).toBe(1);
    expect(tails[59]).toBe(1e-4);
  });
});
