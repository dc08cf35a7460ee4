import { expect, test } from 'vitest';
import { normalQuantile } from '../../../src/diagnose/normal-quantile.js';
import { studentTail } from '../../../src/diagnose/student-tail.js';

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
