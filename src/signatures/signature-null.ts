import type { Rng } from '../core/rng.js';
import { classCounts } from '../kernels/class-counts.js';
import { classSums, labelingsAtOnce } from '../kernels/class-sums.js';
import { meanAndSd } from '../statistics/mean.js';
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

/** The centres of the classes under each of `count` permuted labelings. */
function eachDealtCenters(
  where: string,
  { labels, center, rows, d, k, metric }: Compared,
  count: number,
  rng: Rng,
  visit: (centers: Float64Array, t: number) => void,
): void {
  const dealt = labels.slice();
  if (center !== 'mean') {
    for (let t = 0; t < count; t++) {
      visit(classCenters(where, center, rows, d, rng.shuffle(dealt), k, metric), t);
    }
    return;
  }
  const sizes = classCounts(labels, k);
  // Sums are of offsets from the first row, so that the means of equal rows are that row.
  const offsets = rows.map((value, p) => value - rows[p % d]!);
  const batch = labelingsAtOnce(k * d);
  for (let from = 0; from < count; from += batch) {
    const labelings = Array.from({ length: Math.min(batch, count - from) }, () => rng.shuffle(dealt).slice());
    classSums(offsets, d, k, labelings).forEach((sums, p) => {
      visit(
        sums.map((sum, at) => rows[at % d]! + sum / sizes[Math.floor(at / d)]!),
        from + p,
      );
    });
  }
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
  // Permutations that only rename the classes give the observed value up to rounding.
  const reached = observed * (1 - 1e-12);
  const means = new Float64Array(count);
  let asLarge = 0;
  let max = 0;
  eachDealtCenters(where, compared, count, rng, (centers, t) => {
    const { mean } = pairSummary(centerDistances(where, centers, compared), compared.k);
    means[t] = mean;
    max = Math.max(max, mean);
    if (mean >= reached) asLarge++;
  });
  const { mean, sd } = meanAndSd(means);
  return { mean: mean * unit, sd: sd * unit, max: max * unit, p: (1 + asLarge) / (1 + count), permutations: count };
}
