import { expect, it } from 'vitest';
import { columnMeans, meanOf, squaresAround } from '../../../src/statistics/mean.js';

it('means and squares are those of the definition', () => {
  expect(meanOf([1, 2, 6])).toBe(3);
  expect(meanOf(Float64Array.of(-4))).toBe(-4);
  expect(squaresAround(3, [1, 2, 6])).toBe(14);
  expect(squaresAround(0, [])).toBe(0);
});

it('column means are over all rows, or over those that are chosen', () => {
  const rows = [0, 1, 2, 3, 4, 11];
  expect([...columnMeans(rows, 2)]).toEqual([2, 5]);
  expect([...columnMeans(rows, 2, [0, 2])]).toEqual([2, 6]);
  expect([...columnMeans(rows, 2, [1])]).toEqual([2, 3]);
  expect([...columnMeans(rows, 3, [])]).toEqual([0, 0, 0]);
  // Large values are divided before they are added.
  expect([...columnMeans([1.5e308, 1.5e308], 1)]).toEqual([1.5e308]);
});
