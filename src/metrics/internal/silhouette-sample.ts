import {
  type Interval,
  intervalAround,
  type SampleError,
  strataOf,
  stratifiedError,
} from '../../statistics/stratified-interval.js';
import type { Scope } from './scope.js';
import type { WidthSummary } from './silhouette-widths.js';

/** The rows that were scored, and what they tell of the scores over all rows. */
export interface SilhouetteSample {
  readonly size: number;
  readonly seed: number;
  /** 95% interval of `score` over draws: Student's, with finite population correction by cluster. */
  readonly interval: Interval;
  /** 95% interval of `macroScore`. */
  readonly macroInterval: Interval;
  /** Standard errors over draws, with their degrees of freedom (Satterthwaite). */
  readonly error: SampleError;
  readonly macroError: SampleError;
}

/** What the widths of the scope rows `scored` tell of all; `factor` is what the scores were multiplied by. */
export function sampleOf(
  scope: Scope,
  scored: Int32Array,
  summary: WidthSummary,
  factor: number,
  seed: number,
): SilhouetteSample {
  const { k, labels, counts } = scope;
  const rowOf = new Map(Array.from(scored, (i) => [scope.rows[i]!, i]));
  const codes = Int32Array.from(summary.indices, (row) => labels[rowOf.get(row)!]!);
  const strata = strataOf(summary.samples, codes, counts);
  const scaled = ({ standardError, freedom }: SampleError) => ({ standardError: factor * standardError, freedom });
  const error = scaled(stratifiedError(strata));
  const macroError = scaled(stratifiedError(strata, new Float64Array(k).fill(1 / summary.clusters.length)));
  return {
    size: scored.length,
    seed,
    interval: intervalAround(factor * summary.score, error, [-1, 1]),
    macroInterval: intervalAround(factor * summary.macroScore, macroError, [-1, 1]),
    error,
    macroError,
  };
}
