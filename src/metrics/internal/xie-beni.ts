import { UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { TIE } from '../../statistics/tie.js';
import { centroidsOf, scatterOf } from './centroids.js';
import { type NoiseOptions, type NoiseReport, requireClusters, scopeOf } from './scope.js';

export interface XieBeniOptions extends NoiseOptions {
  readonly noise?: 'exclude' | 'singletons' | undefined;
}

export interface XieBeniResult<L extends Label = Label> {
  /** Compactness over separation, in [0, Infinity]; lower is better. */
  readonly score: number;
  /** Mean squared distance of a row to its centroid, in squared units of the input. */
  readonly compactness: number;
  /** Smallest squared distance between two centroids. */
  readonly separation: number;
  /** The two clusters that are this near; of pairs that tie the first in label order. */
  readonly closest: readonly [L, L];
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly noise?: NoiseReport;
}

/**
 * Xie-Beni index for a crisp clustering (Xie and Beni 1991, doi:10.1109/34.85677): mean squared
 * distance to the own centroid over the smallest squared distance between centroids. Range
 * [0, Infinity], lower is better. Coincident centroids give Infinity.
 *
 * Cost O(n d + k^2 d).
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1, or when compactness and separation are both 0.
 *
 * @example
 * import { xieBeni } from 'clusterlens';
 * const { score, compactness, separation } = xieBeni([[0], [1], [5], [6]], ['a', 'a', 'b', 'b']);
 * console.log(score, compactness, separation); // 0.01 0.25 25
 */
export function xieBeni<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: XieBeniOptions,
): XieBeniResult<ReadLabel<L>>;
export function xieBeni<L extends Label>(dataset: Dataset<L>, options?: XieBeniOptions): XieBeniResult<L>;
export function xieBeni(
  first: Points | Dataset,
  second?: Labels | XieBeniOptions,
  third?: XieBeniOptions,
  ...more: []
): XieBeniResult {
  nothingMore('xieBeni', more, [first, second, third]);
  const where = 'xieBeni';
  const { data, options } = admit(where, first, second, third, ['noise', 'noiseLabel']);
  const scope = scopeOf(where, data, options, false);
  requireClusters(where, scope);
  const { n, d, k, classes, noise } = scope;
  const centroids = centroidsOf(scope);
  let separation = Infinity;
  let closest: readonly [Label, Label] = [classes[0]!, classes[1]!];
  centroids.eachGaps((i, squares) => {
    squares.forEach((square, s) => {
      // Squares that are equal but for rounding tie.
      if (!(square >= separation * (1 - TIE))) closest = [classes[i]!, classes[i + 1 + s]!];
      separation = Math.min(separation, square);
    });
  });
  const compactness = scatterOf(scope, centroids).reduce((sum, value) => sum + value, 0) / n;
  if (compactness === 0 && separation === 0) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: clusters must have scatter or distance, got none of either between ${closest.join(' and ')}`,
    );
  }
  const area = centroids.framing.unit ** 2;
  return {
    score: compactness / separation,
    compactness: compactness * area,
    separation: separation * area,
    closest,
    n,
    d,
    k,
    ...(noise === undefined ? {} : { noise }),
  };
}
