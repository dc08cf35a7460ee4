import type { Contingency } from './contingency.js';

/** Ordered pairs of two different rows, n (n - 1) in all, by whether each labeling joins them. */
export interface PairCounts {
  /** Joined by both. */
  readonly both: number;
  /** Joined by the truth only. */
  readonly truthOnly: number;
  /** Joined by the prediction only. */
  readonly predictedOnly: number;
  /** Joined by neither. */
  readonly neither: number;
}

/**
 * Each count is a sum of products that are not negative, so nothing cancels: exact up to 2^53
 * (n = 94 million), and to rounding beyond.
 */
export function pairCounts(table: Contingency): PairCounts {
  const { n, truthCounts, predictedCounts, cellTruth, cellPredicted, cellCounts } = table;
  let both = 0;
  let truthOnly = 0;
  let predictedOnly = 0;
  let neither = 0;
  for (let p = 0; p < cellCounts.length; p++) {
    const count = cellCounts[p]!;
    const a = truthCounts[cellTruth[p]!]!;
    const b = predictedCounts[cellPredicted[p]!]!;
    both += count * (count - 1);
    truthOnly += count * (a - count);
    predictedOnly += count * (b - count);
    neither += count * (n - a - b + count);
  }
  return { both, truthOnly, predictedOnly, neither };
}
