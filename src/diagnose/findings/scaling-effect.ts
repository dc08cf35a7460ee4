import { resolveMetric, takesAnyNumbers } from '../../distance/metric.js';
import { hasColumnParameter } from '../../distance/metric-in-columns.js';
import { meanOf } from '../../statistics/mean.js';
import { meanTail } from '../../statistics/paired-tail.js';
import { inZScores } from '../../statistics/z-scores.js';
import { scoresOrReason } from '../../studies/columns/column-scores.js';
import type { Context } from './context.js';

/** The change of a score of the same rows, and the one-sided p of a change for the better. */
interface Change {
  readonly mean: number;
  readonly p: number;
}

/** What standardising does to each row of the sample. */
export interface PairedEffect {
  readonly silhouette: Change;
  readonly neighborAgreement: Change;
}

function changeOf(before: Float64Array, after: Float64Array): Change {
  const changes = after.map((value, i) => value - before[i]!);
  const mean = meanOf(changes);
  const n = changes.length;
  const error = Math.sqrt(changes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
  return { mean, p: meanTail(mean, error, n) };
}

/**
 * Standardised columns beside columns as given, row by row; null where one of them has no scores, and for a metric that
 * has a number of the caller's for each column, which is of the columns as given.
 */
export function pairedEffect({ rawSample: given, metric }: Context): PairedEffect | null {
  if (hasColumnParameter(metric) || !takesAnyNumbers(resolveMetric('diagnose', metric))) return null;
  const before = scoresOrReason('diagnose', given, metric);
  if ('reason' in before) return null;
  const after = scoresOrReason('diagnose', inZScores(given), metric);
  if ('reason' in after) return null;
  return {
    silhouette: changeOf(before.widths, after.widths),
    neighborAgreement: changeOf(before.agreements, after.agreements),
  };
}
