import { describe, expect, it } from 'vitest';
import { divergenceTerm } from '../../../src/kernels/divergence-term.js';
import { logOnePlus } from '../../../src/kernels/log-one-plus.js';
import { entropy } from '../../../src/statistics/entropy.js';

describe('logOnePlus', () => {
  it.each([0, 1e-300, 1e-17, 1e-9, -1e-9, 0.1, -0.5, 1, 1e8, -0.999999])('is ln(1 + %d)', (t) => {
    expect(Math.abs(logOnePlus(t) - Math.log1p(t))).toBeLessThanOrEqual(4e-16 * Math.abs(Math.log1p(t)));
  });
});

describe('entropy', () => {
  it('is exactly 0 for one class and ln k for k equal ones', () => {
    expect(entropy([7], 7)).toBe(0);
    expect(entropy([5, 5, 5, 5], 20)).toBeCloseTo(Math.log(4), 15);
  });

  it('keeps its digits when one class holds almost everything', () => {
    // n = 1e8, one row apart: (ln n + (n - 1) ln(n / (n - 1))) / n, 40 digits by mpmath.
    expect(entropy([99999999, 1], 1e8) / 1.942068073895236e-7).toBeCloseTo(1, 14);
  });

  it('skips empty classes', () => {
    expect(entropy([3, 0, 3], 6)).toBe(entropy([3, 3], 6));
  });
});

describe('divergenceTerm', () => {
  // (1 + t) ln(1 + t) - t in 40 digits by mpmath.
  it.each([
    [0, 0],
    [1e-9, 4.999999998333334e-19],
    [-1e-4, 5.0001666750005e-9],
    [0.0999, 4.831671312369207e-3],
    [0.1001, 4.850733348054588e-3],
    [-0.0999, 5.165005411740352e-3],
    [-0.1001, 5.18607751528344e-3],
    [-0.999, 0.9920922447210179],
    [1, 0.3862943611198906],
    [1e6, 12815525.373475332],
  ])('of %d is %d', (t, expected) => {
    expect(Math.abs(divergenceTerm(t) - expected)).toBeLessThanOrEqual(1e-14 * expected);
  });
});
