import { logOnePlus } from '../kernels/log-one-plus.js';

/**
 * Entropy in nats of positive counts with sum n: sum of (c / n) ln(n / c). No term is negative, and
 * a count equal to n gives exactly 0.
 */
export function entropy(counts: ArrayLike<number>, n: number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    // Written with n - c, which is exact, because ln(n / c) loses its digits when c is almost n.
    if (count > 0) sum += count * logOnePlus((n - count) / count);
  }
  return sum / n;
}
