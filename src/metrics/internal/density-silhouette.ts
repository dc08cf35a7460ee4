import { median } from '../../statistics/median.js';
import type { RankedColumns } from './membership-rows.js';
import type { Memberships } from './memberships.js';

/** The density-based silhouette: how far the largest membership is above the second, on the scale of logarithms. */
export interface DensitySilhouette {
  /** Mean over rows, in [0, 1]. */
  readonly score: number;
  /** Median over rows, which R's `dbSilhouette` quotes. */
  readonly median: number;
  /** Of each row, in [0, 1]. */
  readonly samples: Float64Array;
}

/**
 * log(u1 / u2) over the largest of all rows (Menardi 2011, doi:10.1007/s11222-010-9169-0), from memberships
 * alone; where it has no value, why.
 */
export function densitySilhouette(
  { data, k }: Memberships,
  { first, second }: RankedColumns,
): DensitySilhouette | string {
  const at = (i: number, column: number) => data[i * k + column]!;
  const hard = second.findIndex((column, i) => !(at(i, column) > 0));
  if (hard >= 0) {
    return `row ${hard} has membership 0 in its second cluster, and the logarithm of its odds is infinite`;
  }
  const odds = Float64Array.from(first, (column, i) => Math.log(at(i, column)) - Math.log(at(i, second[i]!)));
  const largest = odds.reduce((most, value) => Math.max(most, value), 0);
  if (largest === 0) return 'every row has two largest memberships that are equal';
  const samples = odds.map((value) => value / largest);
  const sum = samples.reduce((total, value) => total + value, 0);
  return { score: sum / samples.length, median: median(samples), samples };
}
