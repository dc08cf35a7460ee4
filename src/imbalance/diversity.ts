import { entropy } from '../statistics/entropy.js';

/** Entropy of positive sizes in nats, and what is made of it. */
export interface Diversity {
  readonly entropy: number;
  /** Entropy over its largest value, in [0, 1]; 1 for one class. */
  readonly evenness: number;
  /** exp(entropy), in [1, k]. */
  readonly effectiveClasses: number;
}

/** `sizes` from the largest to the smallest, with sum n. */
export function diversityOf(sizes: readonly number[], n: number): Diversity {
  const k = sizes.length;
  const largest = Math.log(k);
  // Said outright, since k (n / k) and exp(ln k) need not come back to the digit.
  if (sizes[0] === sizes[k - 1]) return { entropy: largest, evenness: 1, effectiveClasses: k };
  // Sizes that are almost equal may round to more than the largest entropy.
  const nats = Math.min(largest, entropy(sizes, n));
  return { entropy: nats, evenness: nats / largest, effectiveClasses: Math.min(k, Math.exp(nats)) };
}
