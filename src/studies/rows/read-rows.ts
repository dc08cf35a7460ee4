import type { Label } from '../../core/types.js';
import { admit } from '../../data/dataset.js';
import { codeOfLabel, readNoiseLabel } from '../../data/named-label.js';
import { booleanOf } from '../../data/options.js';
import { type Part, partOf, rowsOutside } from '../../data/row-sample.js';
import { fitMetric, type Metric, type ResolvedMetric, requireDomain, resolveMetric } from '../../distance/metric.js';
import type { DistanceSource } from '../../distance/source.js';
import { metricOf } from '../../signatures/options.js';
import { inZScores } from '../../statistics/z-scores.js';

export interface RowsOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide columns by their standard deviation. Default false. */
  readonly standardize?: boolean | undefined;
  /** Rows with this label are left out. */
  readonly noiseLabel?: Label | undefined;
}

/** Rows to be studied, standardised where that was asked for, with the row of the input that each is. */
export interface RowsToStudy {
  readonly part: Part;
  readonly metric: ResolvedMetric;
  readonly rowOf: (i: number) => number;
  /** Distances between the rows of the part, where they are at hand. */
  readonly source?: DistanceSource | undefined;
}

/** Reads points, labels and the options of a study of rows; `more` names further options. */
export function readRows(where: string, given: readonly [unknown, unknown, unknown], more: readonly string[] = []) {
  const { data, options } = admit(where, ...given, ['metric', 'standardize', 'noiseLabel', ...more]);
  const metric = resolveMetric(where, options.metric);
  const square = metric.kind === 'precomputed';
  const scaled = booleanOf(where, 'standardize', options.standardize, false);
  if (scaled) metricOf(where, options.metric);
  const noiseLabel = readNoiseLabel(where, options.noiseLabel, data);
  const kept = rowsOutside(data.labels, codeOfLabel(where, 'noiseLabel', noiseLabel, data.classes));
  const raw = kept.length === data.n ? data : partOf(data, kept, square);
  const part: Part = scaled ? inZScores(raw) : raw;
  const rowOf = (i: number) => kept[i]!;
  requireDomain(scaled ? `${where} (standardised columns)` : where, metric, part.points, part.d, rowOf);
  const study: RowsToStudy = { part, metric: fitMetric(where, metric, part.points, part.n, part.d), rowOf };
  return { study, asGiven: { part: raw, metric, rowOf, standardized: scaled }, options };
}
