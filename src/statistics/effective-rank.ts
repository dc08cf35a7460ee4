import { addMatmulTransposed } from '../kernels/matmul.js';
import { centredRows } from './centred-rows.js';

/** Vectors whose products are computed at a time. */
const BLOCK = 256;

function transposed(rows: Float64Array, n: number, d: number): Float64Array {
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) out[c * n + i] = rows[i * d + c]!;
  return out;
}

/**
 * Effective rank of n x d points, known as the participation ratio: (sum l)^2 / sum l^2 over the
 * variances l along their principal axes. It is 1 for points on a line, m for m directions of one
 * variance, at most min(n - 1, d), and 0 when all rows are equal. It does not depend on the order of
 * rows, nor on where the origin is.
 *
 * The sums are the trace of the covariance matrix and the squares of its entries, or those of the matrix
 * of products of rows, which has the same eigenvalues: the smaller of the two is computed.
 * Cost O(n d min(n, d)) time, O(n d) memory.
 *
 * Roy and Vetterli 2007 call another number effective rank: see `entropyRank`.
 */
export function effectiveRank(points: Float64Array, n: number, d: number): number {
  const rows = centredRows(points, n, d);
  const [vectors, count, length] = n < d ? [rows, n, d] : [transposed(rows, n, d), d, n];
  let trace = 0;
  let squares = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const size = Math.min(BLOCK, count - from);
    const width = count - from;
    const rest = vectors.subarray(from * length);
    const products = new Float64Array(size * width);
    addMatmulTransposed(rest.subarray(0, size * length), rest, products, size, length, width);
    for (let a = 0; a < size; a++) {
      trace += products[a * width + a]!;
      // Those beyond the block stand for two entries of the symmetric matrix.
      for (let b = 0; b < width; b++) squares += (b < size ? 1 : 2) * products[a * width + b]! ** 2;
    }
  }
  return participation(trace, squares, n, d);
}

function participation(trace: number, squares: number, n: number, d: number): number {
  if (squares === 0) return 0;
  // Rounding alone can pass the bounds.
  return Math.max(1, Math.min(n - 1, d, (trace * trace) / squares));
}

/**
 * `effectiveRank` of n points in d columns from their Euclidean distances in any unit: doubly centred, half of their squares are
 * the products of rows, but for the sign (Torgerson 1952, doi:10.1007/BF02288916). `eachRow` visits the rows
 * of distances. Cost O(n^2), and what the distances take twice.
 */
export function effectiveRankOfDistances(
  eachRow: (visit: (i: number, distances: Float64Array) => void) => void,
  n: number,
  d: number,
): number {
  const means = new Float64Array(n);
  eachRow((i, distances) => {
    for (let j = 0; j < n; j++) means[i]! += distances[j]! ** 2 / n;
  });
  const mean = means.reduce((sum, value) => sum + value / n, 0);
  let squares = 0;
  eachRow((i, distances) => {
    for (let j = 0; j < n; j++) squares += ((distances[j]! ** 2 - means[i]! - means[j]! + mean) / 2) ** 2;
  });
  return participation((n * mean) / 2, squares, n, d);
}
