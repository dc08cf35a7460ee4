import { expect, test } from 'vitest';
import { normalQuantile } from '../../../src/statistics/normal-quantile.js';
import { studentQuantile } from '../../../src/statistics/student-quantile.js';
import { studentTail } from '../../../src/statistics/student-tail.js';

test.each([
  // scipy.stats.t.sf(t, freedom), SciPy 1.10.1
  [2.776445105, 4, 0.02500000000505973],
  [12.70620474, 1, 0.024999999992504476],
  [1, 2, 0.21132486540518713],
  [2.5, 3, 0.04385332350403277],
  [1.2, 9, 0.13038659869523078],
  [-1.2, 9, 0.8696134013047692],
  [0, 5, 0.5],
] as const)("Student's t beyond %f with %i degrees of freedom", (t, freedom, tail) => {
  expect(studentTail(t, freedom)).toBeCloseTo(tail, 9);
});

test('the normal quantile turns the tail around', () => {
  expect(normalQuantile(0.025)).toBeCloseTo(1.959963984540054, 11);
  expect(normalQuantile(0.05)).toBeCloseTo(1.6448536269514722, 11);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 11);
});

test.each([
  // scipy.stats.t.isf(tail, freedom)
  [0.025, 1, 12.706204736174705],
  [0.025, 4, 2.7764451051977943],
  [0.025, 30, 2.042272456301238],
  [5e-7, 12, 9.084692934131269],
] as const)("the point that Student's t exceeds with probability %f, %i degrees of freedom", (tail, freedom, t) => {
  expect(Math.abs(studentQuantile(tail, freedom) / t - 1)).toBeLessThan(1e-9);
});
