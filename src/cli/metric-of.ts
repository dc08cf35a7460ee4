import { InputError } from '../core/errors.js';
import type { FlatMatrix, Label } from '../core/types.js';
import type { Metric } from '../distance/metric.js';
import { metricFromText } from '../distance/metric-text.js';
import type { LoadedData } from './load-data.js';

/**
 * The ranges that make Gower's distance (1971, doi:10.2307/2528823; `daisy` of R) out of columns of numbers and of
 * categories that are written as one column of 0 and 1 for each value: the mean over the variables of |a - b| / range, and
 * of 0 for equal and 1 for different categories. Two of the columns of a category differ where its values do, so that
 * each counts half; and the mean is over variables, of which there are fewer than columns.
 */
export function mixedRanges(
  { data, rows, columns: d }: FlatMatrix,
  groups: readonly (readonly number[])[],
  counts: (row: number) => boolean = () => true,
): number[] {
  const share = (d - groups.reduce((sum, group) => sum + group.length - 1, 0)) / d;
  const categories = new Set(groups.flat());
  return Array.from({ length: d }, (_, j) => {
    if (categories.has(j)) return 2 * share;
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < rows; i++) {
      if (!counts(i)) continue;
      low = Math.min(low, data[i * d + j]!);
      high = Math.max(high, data[i * d + j]!);
    }
    return (high > low ? high - low : 1) * share;
  });
}

/** The metric of the command line for the rows that were read. */
export function metricOf(
  { metric, standardize = false }: { readonly metric?: string | undefined; readonly standardize?: boolean | undefined },
  { points, labels, sources }: Pick<LoadedData, 'points' | 'labels' | 'sources'>,
  noiseLabel: Label | undefined,
): Metric | undefined {
  if (metric !== 'gower' || sources.groups.length === 0) return metricFromText('--metric', metric);
  if (standardize) {
    throw new InputError(
      'out-of-range',
      '--standardize: needs columns of numbers, got categories and --metric gower, which divides each column by its range; leave one out',
    );
  }
  return { name: 'gower', ranges: mixedRanges(points, sources.groups, (row) => labels[row] !== noiseLabel) };
}
