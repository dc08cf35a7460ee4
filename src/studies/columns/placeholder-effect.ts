import { type Part, partOf } from '../../data/row-sample.js';
import type { Metric } from '../../distance/metric.js';
import { inZScores } from '../../statistics/z-scores.js';
import { type ColumnScores, plainScores, scoresOrReason } from './column-scores.js';
import { findPlaceholders, type PlaceholderValue, type PlaceholderValuesResult } from './placeholder-values.js';

/** Rows with labels, some of them to be scored: as given, and as they are compared. */
export interface PlaceholderInput {
  readonly raw: Part;
  readonly rawSample: Part;
  readonly sample: Part;
  readonly standardized: boolean;
  readonly metric: Metric;
}

/** Placeholders among labelled rows, with the scores of the sample with and without their rows. */
export interface Placeholders extends Pick<PlaceholderValuesResult, 'values' | 'rows'> {
  readonly before: ColumnScores | null;
  readonly after: ColumnScores | null;
  readonly reason?: string;
}

export const NO_PLACEHOLDERS: Placeholders = { values: [], rows: new Int32Array(0), before: null, after: null };

/** Whether the rows are all rows of some classes and no others: then the value is what these classes have in common. */
function areClasses({ labels, counts }: Part, rows: Int32Array): boolean {
  const left = counts.slice();
  for (const i of rows) left[labels[i]!]!--;
  return left.every((count, c) => count === 0 || count === counts[c]);
}

/**
 * Placeholders, and what their rows do to the scores; standardised columns are standardised anew without
 * them. A value that is no placeholder by custom and is shared by all rows of some classes, and by no other row, is
 * what these classes have in common.
 */
export function placeholderEffect({ raw, rawSample, sample, standardized, metric }: PlaceholderInput): Placeholders {
  const values = findPlaceholders(raw).values.filter(
    ({ conventional, rows }) => conventional || !areClasses(raw, rows),
  );
  if (values.length === 0) return NO_PLACEHOLDERS;
  const rows = Int32Array.from(new Set(values.flatMap((of) => [...of.rows]))).sort();
  const holds = (i: number) =>
    values.some(({ column, value }: PlaceholderValue) => rawSample.points[i * rawSample.d + column] === value);
  const kept = partOf(
    rawSample,
    Int32Array.from(rawSample.labels.keys()).filter((i) => !holds(i)),
  );
  const rest = standardized ? inZScores(kept) : kept;
  const before = scoresOrReason('placeholderValues', sample, metric);
  const after = scoresOrReason('placeholderValues', rest, metric);
  if ('reason' in before) return { ...NO_PLACEHOLDERS, values, rows, reason: before.reason };
  if ('reason' in after) return { ...NO_PLACEHOLDERS, values, rows, reason: after.reason };
  return { values, rows, before: plainScores(before), after: plainScores(after) };
}
