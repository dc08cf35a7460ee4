import type { Labels, Points } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { type ComparisonOptions, readComparison } from '../metric-choice/read-comparison.js';
import { shapeOf } from './shape-of.js';
import type { ClusterShapeResult } from './shape-types.js';

export interface ClusterShapeOptions extends ComparisonOptions {}

/**
 * Is the silhouette the right index for these clusters? It measures distances to all rows of a cluster, so it
 * prefers balls. Moons, rings, spirals, long strips and classes of many small pieces score low in it, although
 * every row lies among its own class. The study cuts the same rows into as many compact groups (k-medoids) and
 * compares both labelings. The labels have another shape than balls when both of these hold:
 * - The silhouette prefers the compact groups by 0.05 or more, and gives the labels less than 0.5 (no reasonable
 *   structure: Kaufman and Rousseeuw 1990, table 4).
 * - The 5 nearest rows prefer the labels. Their agreement beyond chance is larger than that of the compact groups,
 *   or larger by 0.05 or more than that of the nearest class medoid (normal tests of the differences, paired over
 *   rows, one-sided, the smaller p doubled, at `alpha`). It is also more than half of what is possible (lower bound
 *   of its 90% interval).
 *
 * Three other causes do not pass. Where classes overlap, neighbours prefer the compact groups too. Labels that
 * k-means cut from one cloud are such groups. Near copies of a row vouch for one or two neighbours, not for five.
 * The density-based index `dbcv` of both labelings is given too. Rates: docs/shape.md.
 *
 * Cost O(m^2 (d + k)) time and 8 m^2 bytes for m rows, at most `sampleSize`.
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { clusterShape } from 'clusterlens';
 * const strip = (y: number) => Array.from({ length: 60 }, (_, x) => [x, y]);
 * const labels = ['a', 'b', 'c'].flatMap((label) => new Array<string>(60).fill(label));
 * const { shape, given, compact } = clusterShape([...strip(0), ...strip(8), ...strip(16)], labels);
 * console.log(shape, given.silhouette.toFixed(2), compact.silhouette.toFixed(2)); // other 0.10 0.42
 */
export function clusterShape(points: Points, labels: Labels, options?: ClusterShapeOptions): ClusterShapeResult;
export function clusterShape(dataset: Dataset, options?: ClusterShapeOptions): ClusterShapeResult;
export function clusterShape(
  first: Points | Dataset,
  second?: Labels | ClusterShapeOptions,
  third?: ClusterShapeOptions,
  ...more: []
): ClusterShapeResult {
  nothingMore('clusterShape', more, [first, second, third]);
  const where = 'clusterShape';
  const { scope, metric, alpha, seed, most } = readComparison(where, [first, second, third]);
  return shapeOf(where, scope, { metric: metric.spec, alpha, seed, most });
}
