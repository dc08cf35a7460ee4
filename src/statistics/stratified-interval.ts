import { studentQuantile } from './student-quantile.js';

/** A range that holds the true value in a share `level` of all draws. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** What a stratified sample says of the error of a mean. */
export interface SampleError {
  readonly standardError: number;
  /** Degrees of freedom of the standard error. */
  readonly freedom: number;
}

/** Rows of one cluster in a sample: how many there are, how many were drawn, and their sum of squared deviations. */
export interface Stratum {
  readonly total: number;
  readonly taken: number;
  readonly squares: number;
}

/** The strata of values by cluster, from values and their clusters; clusters without a value are left out of the means. */
export function strataOf(values: ArrayLike<number>, codes: ArrayLike<number>, counts: ArrayLike<number>): Stratum[] {
  const k = counts.length;
  const taken = new Float64Array(k);
  const mean = new Float64Array(k);
  const squares = new Float64Array(k);
  for (let s = 0; s < values.length; s++) {
    const c = codes[s]!;
    taken[c]!++;
    const gap = values[s]! - mean[c]!;
    mean[c]! += gap / taken[c]!;
    squares[c]! += gap * (values[s]! - mean[c]!);
  }
  return Array.from({ length: k }, (_, c) => ({ total: counts[c]!, taken: taken[c]!, squares: squares[c]! }));
}

/**
 * Error of a weighted sum of the clusters' means, with finite population correction: a cluster of which
 * every row was drawn adds nothing. `weights` are those of the clusters in the sum; by default their
 * shares of the rows. The degrees of freedom are Satterthwaite's (Cochran 1977, equation 5.16), so that a
 * sum that rests on a few rows of a small cluster gets a wide interval.
 */
export function stratifiedError(strata: readonly Stratum[], weights?: ArrayLike<number>): SampleError {
  const all = strata.reduce((sum, { taken, total }) => sum + (taken > 0 ? total : 0), 0);
  let variance = 0;
  let squared = 0;
  strata.forEach(({ total, taken, squares }, c) => {
    if (taken < 2 || taken >= total) return;
    const weight = weights === undefined ? total / all : weights[c]!;
    const part = (weight * weight * (1 - taken / total) * squares) / (taken - 1) / taken;
    variance += part;
    squared += (part * part) / (taken - 1);
  });
  const freedom = squared === 0 ? 1 : Math.max(1, Math.floor((variance * variance) / squared));
  return { standardError: Math.sqrt(variance), freedom };
}

/** Student's interval around a value, inside the values that it can take. */
export function intervalAround(
  value: number,
  { standardError, freedom }: SampleError,
  [least, most]: readonly [number, number],
  level = 0.95,
): Interval {
  const half = standardError === 0 ? 0 : studentQuantile((1 - level) / 2, freedom) * standardError;
  return { low: Math.max(least, value - half), high: Math.min(most, value + half), level };
}
