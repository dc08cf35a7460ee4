import { addTerm, emptySum, splitterFor, sumOf } from '../kernels/order-free-sum.js';

/**
 * Columns with mean 0 and population standard deviation 1, each row to the same bits whatever the order
 * of rows, so that rows that tie go on to tie. A column whose values are all equal becomes exact zeros.
 * Each column is measured from its least value and scaled by its range before squares are taken, so they
 * neither overflow nor vanish.
 */
export function zScores(points: Float64Array, n: number, d: number): Float64Array {
  const rows = new Float64Array(n * d);
  const splitter = splitterFor(n);
  for (let c = 0; c < d; c++) {
    let least = Infinity;
    let most = -Infinity;
    for (let i = 0; i < n; i++) {
      const value = points[i * d + c]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    const range = most - least;
    if (!(range > 0)) continue;
    const sum = emptySum();
    for (let i = 0; i < n; i++) addTerm(sum, (points[i * d + c]! - least) / range, splitter);
    const mean = sumOf(sum) / n;
    const squares = emptySum();
    for (let i = 0; i < n; i++) {
      const v = (points[i * d + c]! - least) / range - mean;
      rows[i * d + c] = v;
      addTerm(squares, v * v, splitter);
    }
    const deviation = Math.sqrt(sumOf(squares) / n);
    for (let i = 0; i < n; i++) rows[i * d + c]! /= deviation;
  }
  return rows;
}

/** Rows, whatever else is known of them, with their columns as z-scores. */
export function inZScores<T extends { readonly points: Float64Array; readonly n: number; readonly d: number }>(
  rows: T,
): T {
  return { ...rows, points: zScores(rows.points, rows.n, rows.d) };
}
