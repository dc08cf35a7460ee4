import type { Rng } from '../core/rng.js';
import { meanOf, squaresAround } from '../statistics/mean.js';
import { type Compared, centerDistances } from './center-distances.js';
import { classCenters } from './class-centers.js';
import { pairSummary } from './pair-summary.js';

/** The mean distance when the compared rows keep their place and their labels are permuted. */
export interface SignatureNull {
  readonly mean: number;
  /** Population standard deviation over the permutations. */
  readonly sd: number;
  readonly max: number;
  /** (1 + permutations with a mean distance at least as large) / (1 + permutations), in (0, 1]. */
  readonly p: number;
  readonly permutations: number;
}

export function signatureNull(
  where: string,
  compared: Compared,
  observed: number,
  unit: number,
  count: number,
  rng: Rng,
): SignatureNull | null {
  if (count === 0) return null;
  const labels = compared.labels.slice();
  const { center, rows, d, k, metric } = compared;
  // Permutations that only rename the classes give the observed value up to rounding.
  const reached = observed * (1 - 1e-12);
  const means = new Float64Array(count);
  let asLarge = 0;
  let max = 0;
  for (let t = 0; t < count; t++) {
    const centers = classCenters(where, center, rows, d, rng.shuffle(labels), k, metric);
    const { mean } = pairSummary(centerDistances(where, centers, compared), k);
    means[t] = mean;
    max = Math.max(max, mean);
    if (mean >= reached) asLarge++;
  }
  const mean = meanOf(means);
  const sd = Math.sqrt(squaresAround(mean, means) / count);
  return { mean: mean * unit, sd: sd * unit, max: max * unit, p: (1 + asLarge) / (1 + count), permutations: count };
}
