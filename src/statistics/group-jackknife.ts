import { Rng } from '../core/rng.js';
import { meanOf } from './mean.js';
import type { SampleError } from './stratified-interval.js';

/** Fewest groups that must leave a value. */
const FEWEST = 10;

/**
 * Error of a statistic over other rows of the same kind, by the jackknife that leaves out one group of rows
 * at a time (Efron 1982, chapter 2); with as many groups as rows, one row. No row is copied. Groups are
 * dealt along `order`.
 *
 * The degrees of freedom are Satterthwaite's for a variance of values with this kurtosis, 2 g / (kurtosis - 1),
 * halved: the kurtosis of a sample falls short of that of the rows just where a few rows decide, and
 * intervals were too short there (docs/intervals.md). Null where too many groups leave no value.
 */
export function groupJackknife(
  statistic: (rows: Int32Array) => number,
  order: Int32Array,
  setup: { readonly groups: number; readonly seed: number },
): SampleError | null {
  const n = order.length;
  const count = Math.min(n, setup.groups);
  const dealt = new Rng(setup.seed).shuffle(order.slice());
  const values: number[] = [];
  for (let g = 0; g < count; g++) {
    const value = statistic(dealt.filter((_, p) => p % count !== g).sort());
    if (Number.isFinite(value)) values.push(value);
  }
  const found = values.length;
  if (found < Math.max(FEWEST, count / 2)) return null;
  const mean = meanOf(values);
  let squares = 0;
  let fourths = 0;
  for (const value of values) {
    const square = (value - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  if (squares === 0) return { standardError: 0, freedom: found - 1 };
  // At least 1, which it is of a coin.
  const kurtosis = (fourths * found) / (squares * squares);
  const freedom = kurtosis > 1 ? Math.floor(found / (kurtosis - 1)) : found - 1;
  return {
    standardError: Math.sqrt((squares * (found - 1)) / found),
    freedom: Math.max(2, Math.min(found - 1, freedom)),
  };
}
