import { divergenceTerm } from '../kernels/divergence-term.js';

/**
 * Likelihood-ratio imbalance degree of k positive counts with sum n:
 * -2 sum of n_c ln(n / (k n_c)), the likelihood-ratio statistic of the hypothesis that all classes
 * are equally likely. Summed without cancellation: 0, exactly, when they are equal, and never below.
 */
export function lrid(counts: ArrayLike<number>, n: number): number {
  const k = counts.length;
  let sum = 0;
  for (let c = 0; c < k; c++) sum += divergenceTerm((k * counts[c]! - n) / n);
  return (2 * n * sum) / k;
}
