import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { emptyClusterMeans } from '../../kernels/cluster-means.js';
import { eachSquares } from '../../kernels/row-distances.js';
import { centroidsOf } from './centroids.js';
import { type NoiseOptions, type NoiseReport, requireClusters, scopeOf } from './scope.js';
import { type ClusterScore, type SingletonTreatment, singletonsOption, summariseWidths } from './silhouette-widths.js';

export interface SimplifiedSilhouetteOptions extends NoiseOptions {
  /** What a cluster of one row scores. Default 'zero'. */
  readonly singletons?: SingletonTreatment | undefined;
}

/** The fields that the silhouettes against one point per cluster share with `silhouette`. */
export interface CentreSilhouetteResult<L extends Label = Label> {
  readonly score: number;
  readonly macroScore: number;
  readonly samples: Float64Array;
  readonly indices: Int32Array;
  readonly neighbors: readonly L[];
  readonly clusters: readonly ClusterScore<L>[];
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly singletonCount: number;
  readonly singletons: SingletonTreatment;
  readonly noise?: NoiseReport;
}

/**
 * Simplified silhouette (Hruschka, de Castro and Campello 2004, doi:10.1109/ICDM.2004.10073): as
 * `silhouette`, with the Euclidean distance to a cluster's centroid in place of the mean distance
 * to its members. Range [-1, 1], higher is better. It runs higher than the silhouette, because a
 * centroid is nearer than its members are: do not compare one with the other. Of centroids that are equally
 * near the first in label order is the neighbour.
 *
 * Cost O(n k d).
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { simplifiedSilhouette } from 'clusterlens';
 * const { score } = simplifiedSilhouette([[0], [1], [5], [6]], ['a', 'a', 'b', 'b']);
 * console.log(score.toFixed(3)); // 0.899
 */
export function simplifiedSilhouette<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: SimplifiedSilhouetteOptions,
): CentreSilhouetteResult<ReadLabel<L>>;
export function simplifiedSilhouette<L extends Label>(
  dataset: Dataset<L>,
  options?: SimplifiedSilhouetteOptions,
): CentreSilhouetteResult<L>;
export function simplifiedSilhouette(
  first: Points | Dataset,
  second?: Labels | SimplifiedSilhouetteOptions,
  third?: SimplifiedSilhouetteOptions,
  ...more: []
): CentreSilhouetteResult {
  nothingMore('simplifiedSilhouette', more, [first, second, third]);
  const where = 'simplifiedSilhouette';
  const { data, options } = admit(where, first, second, third, ['singletons', 'noise', 'noiseLabel']);
  const singletons = singletonsOption(where, options);
  const scope = scopeOf(where, data, options, false, ['exclude', 'singletons', 'penalise']);
  requireClusters(where, scope);
  const { n, d, k, labels, points, noise } = scope;
  const { means, sizes, framing } = centroidsOf(scope);
  const distances = emptyClusterMeans(n);
  eachSquares({ points, d, framing }, { points: means, d }, (i, squares, at) => {
    for (let c = 0; c < k; c++) {
      const distance = Math.sqrt(squares[at + c]!);
      if (c === labels[i]) distances.own[i] = distance;
      else if (distance < distances.nearest[i]!) {
        distances.nearest[i] = distance;
        distances.neighbor[i] = c;
      }
    }
  });
  const scored = Int32Array.from({ length: n }, (_, i) => i);
  const summary = summariseWidths(scope, distances, scored, sizes, singletons);
  const factor = noise?.treatment === 'penalise' ? 1 - noise.share : 1;
  return {
    ...summary,
    score: summary.score * factor,
    macroScore: summary.macroScore * factor,
    metric: 'euclidean',
    n,
    d,
    k,
    singletons,
    ...(noise === undefined ? {} : { noise }),
  };
}
