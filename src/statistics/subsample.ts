import { Rng } from '../core/rng.js';
import { meanOf, squaresAround } from './mean.js';

/** Standard errors of several statistics from the same subsamples. */
export interface SubsampleSpread {
  /** Standard error of each statistic on all rows; null where it is undefined on too many subsamples. */
  readonly standardErrors: ReadonlyArray<number | null>;
  readonly size: number;
  readonly resamples: number;
}

/** Fewest subsamples on which a statistic must have a value. */
const FEWEST = 20;

/**
 * Spread of statistics over samples of rows, by the delete-d jackknife (Shao and Wu 1989,
 * doi:10.1214/aos/1176347263): subsets of r rows drawn without replacement, whose variance times
 * r / (n - r) estimates the variance on all n rows. Rows are never copied: with the bootstrap a copy
 * is a neighbour at distance 0 and makes every cluster look tighter than it is.
 *
 * Rows are drawn along `along`, an order that rests on what they are. `statistics` returns for each of the subsets (rows ascending) one number per statistic; NaN where undefined.
 */
export function subsampleSpread(
  statistics: (subsets: readonly Int32Array[]) => ReadonlyArray<readonly number[]>,
  along: Int32Array,
  setup: { readonly size: number; readonly resamples: number; readonly seed: number },
): SubsampleSpread {
  const { size, resamples, seed } = setup;
  const rng = new Rng(seed);
  const n = along.length;
  const order = along.slice();
  const subsets: Int32Array[] = [];
  for (let b = 0; b < resamples; b++) {
    for (let t = 0; t < size; t++) {
      const swap = t + rng.integer(n - t);
      const row = order[swap]!;
      order[swap] = order[t]!;
      order[t] = row;
    }
    subsets.push(order.slice(0, size).sort());
  }
  const values = statistics(subsets);
  const count = values[0]?.length ?? 0;
  const standardErrors = Array.from({ length: count }, (_, s) => {
    const defined = values.map((row) => row[s]!).filter((value) => Number.isFinite(value));
    if (defined.length < Math.max(FEWEST, resamples / 2)) return null;
    const variance = squaresAround(meanOf(defined), defined) / (defined.length - 1);
    return Math.sqrt((variance * size) / (n - size));
  });
  return { standardErrors, size, resamples };
}

/** Rows per subsample: three quarters, so that small classes stay what they are; fewer of large data. */
export function subsampleSize(n: number, k: number, most = 600): number {
  return Math.max(2, Math.min(Math.floor(0.75 * n), Math.max(most, Math.min(2 * k, 1000))));
}
