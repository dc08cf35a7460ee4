import { normalQuantile } from './normal-quantile.js';
import { shareInterval } from './share-interval.js';
import type { Interval } from './stratified-interval.js';

/** Rows of one cluster in a sample: how many there are, how many were drawn, and the sum of their values in [0, 1]. */
export interface ShareStratum {
  readonly total: number;
  readonly taken: number;
  readonly sum: number;
}

/** Rows at the mean of all that each cluster's share is drawn towards, so that a few equal rows do not pass for certainty. */
const PRIOR = 1;

/**
 * Interval of a share over all rows from a sample by cluster: Wilson's, of as many rows as would give the
 * variance of the stratified share, with finite population correction by cluster. A cluster's variance is
 * that of its own share, drawn towards the share of all; this makes up for what a share of few rows hides
 * of its spread, so that it is divided by the rows and not by one less. A point where every row was drawn.
 */
export function sampledShareInterval(strata: readonly ShareStratum[], level = 0.95): Interval {
  const all = strata.reduce((sum, { total }) => sum + total, 0);
  const drawn = strata.reduce((sum, { taken }) => sum + taken, 0);
  const share = strata.reduce((sum, { total, taken, sum: own }) => sum + (own / taken) * (total / all), 0);
  const centre = (share * drawn + 1) / (drawn + 2);
  let variance = 0;
  let drawnTo = 0;
  for (const { total, taken, sum } of strata) {
    const own = (sum + PRIOR * centre) / (taken + PRIOR);
    drawnTo += (total / all) * own;
    variance += ((total / all) ** 2 * (1 - taken / total) * own * (1 - own)) / taken;
  }
  if (variance === 0) return { low: share, high: share, level };
  const [low, high] = shareInterval(
    Math.min(1, Math.max(0, share)),
    (drawnTo * (1 - drawnTo)) / variance,
    normalQuantile((1 - level) / 2),
  );
  return { low, high, level };
}
