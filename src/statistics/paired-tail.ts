import { meanOf, squaresAround } from './mean.js';
import { normalTail } from './normal-tail.js';
import { independentNeighbors } from './share-interval.js';

/** One-sided p that the mean of n values is above 0 (normal); where all are equal, that of the sign test. */
export function meanTail(mean: number, error: number, n: number): number {
  if (error > 0) return normalTail(mean / error);
  return mean > 0 ? Math.max(Number.MIN_VALUE, 0.5 ** n) : 1;
}

/**
 * One-sided p that the mean of paired differences is above 0, one for each row (normal); two rows that are
 * nearest to each other count as one. 1 where all are equal.
 */
export function pairedTail(differences: Float64Array): number {
  const n = differences.length;
  const mean = meanOf(differences);
  const squares = squaresAround(mean, differences);
  if (squares === 0) return 1;
  return normalTail(mean / Math.sqrt(squares / (n - 1) / independentNeighbors(n, n)));
}
