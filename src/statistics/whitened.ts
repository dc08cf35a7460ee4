import { columnMeans } from './mean.js';

/** Above this many columns the covariance is taken as round: its d^2 entries would cost more than they tell. */
export const WIDEST = 128;

/**
 * Lower Cholesky factor, in place, of a positive definite matrix, row-major d x d.
 */
function cholesky(matrix: Float64Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * d + j]!;
      for (let c = 0; c < j; c++) sum -= matrix[i * d + c]! * matrix[j * d + c]!;
      // The shrunken covariance is definite; rounding alone could bring a pivot to 0.
      matrix[i * d + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / matrix[j * d + j]!;
    }
  }
}

/**
 * Lower Cholesky factor of the covariance of the training rows, which are centred already, shrunk towards
 * a round one by Ledoit and Wolf 2004, doi:10.1016/S0047-259X(03)00096-4. null: taken as round.
 */
export function shrunkenFactor(rows: Float64Array, d: number, training: Int32Array): Float64Array | null {
  if (d > WIDEST || d === 1) return null;
  const m = training.length;
  const covariance = new Float64Array(d * d);
  let fourth = 0;
  for (const i of training) {
    let square = 0;
    for (let a = 0; a < d; a++) {
      const v = rows[i * d + a]!;
      square += v * v;
      for (let b = 0; b <= a; b++) covariance[a * d + b]! += (v * rows[i * d + b]!) / m;
    }
    fourth += square * square;
  }
  let trace = 0;
  let norm = 0;
  for (let a = 0; a < d; a++) {
    trace += covariance[a * d + a]!;
    for (let b = 0; b <= a; b++) norm += (a === b ? 1 : 2) * covariance[a * d + b]! ** 2;
  }
  const round = trace / d;
  if (round === 0) return null;
  const spread = norm - d * round * round;
  const noise = Math.min(spread, (fourth / m - norm) / m);
  const shrinkage = spread <= 0 ? 1 : Math.max(1e-6, noise / spread);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) covariance[a * d + b]! *= 1 - shrinkage;
    covariance[a * d + a]! += shrinkage * round;
  }
  cholesky(covariance, d);
  return covariance;
}

/** Rows in place into the coordinates in which the covariance of the factor is the identity. */
export function whiten(rows: Float64Array, n: number, d: number, factor: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const at = i * d;
    for (let a = 0; a < d; a++) {
      let sum = rows[at + a]!;
      for (let b = 0; b < a; b++) sum -= factor[a * d + b]! * rows[at + b]!;
      rows[at + a] = sum / factor[a * d + a]!;
    }
  }
}

/** A move and a factor for `whiten`; null: a move alone. */
export interface Whitening {
  readonly mean: Float64Array;
  readonly factor: Float64Array | null;
}

/**
 * Coordinates in which the training rows have mean 0 and the identity as their shrunken covariance. For two
 * groups the nearest centroid there is the rule of linear discriminant analysis with equal priors; for
 * more it has the same discriminant directions, weighted otherwise: the covariance is that of all rows
 * and not that within groups, so that it does not depend on labels and is computed once per fold.
 *
 * Cost O(n d^2).
 */
export function whiteningOf(rows: Float64Array, n: number, d: number, training: Int32Array): Whitening {
  const moved = new Float64Array(n * d);
  const mean = columnMeans(rows, d, training);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) moved[i * d + c] = rows[i * d + c]! - mean[c]!;
  return { mean, factor: shrunkenFactor(moved, d, training) };
}
