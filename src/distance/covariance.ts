import { UndefinedMetricError } from '../core/errors.js';
import { whiten } from '../statistics/whitened.js';

/** Below this share of its variance a column says nothing that the columns before it do not say. */
const DETERMINED = 1e-12;

/**
 * Covariance of the columns with denominator n - 1 (sum of weights - 1 where rows stand for several
 * points), d x d row-major, from differences to the mean. Cost O(n d^2).
 */
export function covarianceOf(points: Float64Array, n: number, d: number, weights?: Float64Array): Float64Array {
  const first = points.subarray(0, d);
  const mean = new Float64Array(d);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const w = weights === undefined ? 1 : weights[i]!;
    total += w;
    for (let c = 0; c < d; c++) mean[c]! += w * (points[i * d + c]! - first[c]!);
  }
  for (let c = 0; c < d; c++) mean[c]! /= total;
  const sums = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const w = weights === undefined ? 1 : weights[i]!;
    for (let c = 0; c < d; c++) centred[c] = points[i * d + c]! - first[c]! - mean[c]!;
    for (let a = 0; a < d; a++) {
      const scaled = w * centred[a]!;
      for (let b = 0; b <= a; b++) sums[a * d + b]! += scaled * centred[b]!;
    }
  }
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      sums[a * d + b]! /= total - 1;
      sums[b * d + a] = sums[a * d + b]!;
    }
  }
  return sums;
}

/** The variance of each column, as on the diagonal of `covarianceOf`. Cost O(n d). */
export function variancesOf(points: Float64Array, n: number, d: number, weights?: Float64Array): Float64Array {
  const column = new Float64Array(n);
  return Float64Array.from({ length: d }, (_, c) => {
    for (let i = 0; i < n; i++) column[i] = points[i * d + c]!;
    return covarianceOf(column, n, 1, weights)[0]!;
  });
}

const REMEDY =
  'leave columns out, take fewer by principal components, or give a covariance that can be inverted (a small number added to its diagonal)';

/**
 * The lower triangle L with L L' = correlation, and the standard deviations: whitened rows are
 * L^-1 (x / sd), whose Euclidean distance is Mahalanobis'.
 *
 * @throws UndefinedMetricError for a covariance that has no inverse.
 */
export function factorOf(where: string, covariance: Float64Array, d: number) {
  const deviations = Float64Array.from({ length: d }, (_, c) => Math.sqrt(covariance[c * d + c]!));
  const constant = deviations.findIndex((value) => !(value > 0 && value < Infinity));
  if (constant !== -1) {
    throw new UndefinedMetricError('undefined-metric', [
      `${where}: metric 'mahalanobis' needs columns with a variance > 0, got ${covariance[constant * d + constant]} in `,
      { column: constant },
      `; ${REMEDY}`,
    ]);
  }
  const lower = new Float64Array(d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let rest = a === b ? 1 : covariance[a * d + b]! / deviations[a]! / deviations[b]!;
      for (let c = 0; c < b; c++) rest -= lower[a * d + c]! * lower[b * d + c]!;
      if (a !== b) lower[a * d + b] = rest / lower[b * d + b]!;
      else if (rest > DETERMINED) lower[a * d + a] = Math.sqrt(rest);
      else {
        throw new UndefinedMetricError('undefined-metric', [
          `${where}: metric 'mahalanobis' needs a covariance that can be inverted, got `,
          { column: a },
          ` as a combination of the columns before it; ${REMEDY}`,
        ]);
      }
    }
  }
  return { deviations, lower };
}

/** Rows in coordinates in which Euclidean distance is Mahalanobis'. Cost O(n d^2 + d^3). */
export function mahalanobisRows(
  where: string,
  points: Float64Array,
  n: number,
  d: number,
  covariance: Float64Array,
): Float64Array {
  const { deviations, lower } = factorOf(where, covariance, d);
  const rows = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const at = i * d;
    for (let a = 0; a < d; a++) rows[at + a] = (points[at + a]! - points[a]!) / deviations[a]!;
  }
  whiten(rows, n, d, lower);
  return rows;
}
