import { InputError } from '../../core/errors.js';
import type { Labels, Points } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { metricChoiceOf } from './metric-choice-of.js';
import type { MetricChoiceResult } from './metric-choice-types.js';
import { type ComparisonOptions, readComparison } from './read-comparison.js';

/** The metric is the one in use; not 'precomputed'. */
export interface MetricChoiceOptions extends ComparisonOptions {}

/**
 * Does another metric show groups that this one hides? The candidates are `euclidean`, `manhattan`, `cosine`,
 * `correlation`, and the metric in use on standardised columns. A candidate is better when its silhouette is higher
 * beyond chance (normal test, paired over rows) and one of these holds:
 * - The nearest row has the same label more often: the adjusted agreement rises by 0.05 or more, and beyond chance
 *   in the sign test over the rows on which the two metrics differ (McNemar 1947, doi:10.1007/BF02295996).
 * - Neighbours agree no less, and the silhouette rises by 0.1 or more, from below 0.5 to 0.5 or more (a reasonable
 *   structure: Kaufman and Rousseeuw 1990, table 4).
 *
 * Each p is one-sided and multiplied by the number of candidates (Bonferroni). A row does not vote for itself, so
 * the agreement is that of held-out rows. Where several candidates are about as good as the best (within these
 * gains), the choice is standardised columns, then `euclidean`, `manhattan`, `cosine`, `correlation`.
 *
 * Cost O(m^2 d) time for each candidate and 8 m^2 bytes, for m rows, at most `sampleSize`.
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { metricChoice } from 'clusterlens';
 * const lengths = [0.05, 0.1, 0.2, 0.4, 0.9, 2, 3, 5, 8, 14, 25, 40];
 * const direction = (x: number, y: number, z: number) => lengths.map((r, i) => [x * r, (y + 0.02 * (i % 3)) * r, z * r]);
 * const points = [...direction(1, 0, 0), ...direction(1, 1, 0), ...direction(1, 1, 1)];
 * const labels = ['a', 'b', 'c'].flatMap((label) => lengths.map(() => label));
 * const { choice, current } = metricChoice(points, labels);
 * console.log(current.silhouette.toFixed(2), choice!.metric, choice!.silhouette.toFixed(2)); // -0.08 cosine 0.98
 */
export function metricChoice(points: Points, labels: Labels, options?: MetricChoiceOptions): MetricChoiceResult;
export function metricChoice(dataset: Dataset, options?: MetricChoiceOptions): MetricChoiceResult;
export function metricChoice(
  first: Points | Dataset,
  second?: Labels | MetricChoiceOptions,
  third?: MetricChoiceOptions,
  ...more: []
): MetricChoiceResult {
  nothingMore('metricChoice', more, [first, second, third]);
  const where = 'metricChoice';
  const { scope, metric, ...settings } = readComparison(where, [first, second, third], ({ kind }) => {
    if (kind !== 'precomputed') return;
    throw new InputError(
      'unknown-name',
      `${where}: metric must measure coordinates, got 'precomputed'; other metrics need the points themselves`,
    );
  });
  return metricChoiceOf(where, scope, { metric: metric.spec, ...settings });
}
