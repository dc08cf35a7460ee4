import { meanAndSd } from './mean.js';

/** A statistic beside what it is under permuted labels. */
export interface NullComparison {
  readonly observed: number;
  readonly null: {
    readonly mean: number;
    /** Population standard deviation over the permutations. */
    readonly sd: number;
    readonly min: number;
    readonly max: number;
  };
  /** (1 + permutations at least as good as observed) / (1 + permutations), in (0, 1]. */
  readonly p: number;
}

/** Compares an observed value with the values under permuted labels. */
export function compareWithNull(
  observed: number,
  values: ArrayLike<number>,
  direction: 'higher' | 'lower',
): NullComparison {
  const count = values.length;
  let asGood = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < count; t++) {
    min = Math.min(min, values[t]!);
    max = Math.max(max, values[t]!);
  }
  // Permutations that only rename the groups give the observed value up to rounding, which is
  // relative to the size of the values, not to an observed one that happens to lie near 0.
  const slack = 1e-12 * Math.max(Math.abs(observed), Math.abs(min), Math.abs(max));
  for (let t = 0; t < count; t++) {
    if (direction === 'higher' ? values[t]! >= observed - slack : values[t]! <= observed + slack) asGood++;
  }
  return {
    observed,
    null: { ...meanAndSd(values), min, max },
    p: (1 + asGood) / (1 + count),
  };
}
