import type { Labels, Points } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { eachRow } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { type DistanceSource, distanceSource } from '../../distance/source.js';
import { emptyClusterMeans } from '../../kernels/cluster-means.js';
import { clusterWeights } from './cluster-means-of.js';
import { type NoiseOptions, requireClusters, type Scope, scopeOf } from './scope.js';
import { type SingletonTreatment, singletonsOption, summariseWidths } from './silhouette-widths.js';
import type { CentreSilhouetteResult } from './simplified-silhouette.js';

export interface MedoidSilhouetteOptions extends NoiseOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** What a cluster of one row scores. Default 'zero'. */
  readonly singletons?: SingletonTreatment | undefined;
}

export interface MedoidSilhouetteResult extends CentreSilhouetteResult {
  /** The input row that is the medoid of each cluster, in label order. */
  readonly medoids: Int32Array;
}

/** Sums that differ by less than this are equal but for rounding: on a line every even cluster has two medoids. */
const TIE = 1e-12;

/** The member with the least sum of distances from the members; the first on ties. */
function medoidsOf(source: DistanceSource, { n, k, labels }: Scope): Int32Array {
  const sums = new Float64Array(n);
  eachRow(source, (i, distances) => {
    for (let j = 0; j < n; j++) if (labels[j] === labels[i]) sums[i]! += distances[j]!;
  });
  const least = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) least[labels[i]!] = Math.min(least[labels[i]!]!, sums[i]!);
  const medoids = new Int32Array(k).fill(-1);
  for (let i = n - 1; i >= 0; i--) if (sums[i]! <= least[labels[i]!]! * (1 + TIE)) medoids[labels[i]!] = i;
  return medoids;
}

/**
 * Medoid silhouette (Van der Laan, Pollard and Bryan 2003, doi:10.1080/0094965031000136012): as
 * `silhouette`, with the distance to a cluster's medoid in place of the mean distance to its
 * members. The medoid is the member with the least sum of distances to the others. Range [-1, 1],
 * higher is better; compare it only with itself. Works with every metric.
 *
 * Cost O(n^2 d) time, O(n) memory.
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 */
export function medoidSilhouette(
  points: Points,
  labels: Labels,
  options?: MedoidSilhouetteOptions,
): MedoidSilhouetteResult;
export function medoidSilhouette(dataset: Dataset, options?: MedoidSilhouetteOptions): MedoidSilhouetteResult;
export function medoidSilhouette(
  first: Points | Dataset,
  second?: Labels | MedoidSilhouetteOptions,
  third?: MedoidSilhouetteOptions,
): MedoidSilhouetteResult {
  const where = 'medoidSilhouette';
  const { data, options } = admit(where, first, second, third, ['metric', 'singletons', 'noise', 'noiseLabel']);
  const metric = resolveMetric(where, options.metric);
  const singletons = singletonsOption(where, options);
  const scope = scopeOf(where, data, options, metric.kind === 'precomputed', ['exclude', 'singletons', 'penalise']);
  requireClusters(where, scope);
  const { n, d, k, labels, noise, rows } = scope;
  const source = distanceSource(where, scope.points, n, d, metric);
  const medoids = medoidsOf(source, scope);
  const result = emptyClusterMeans(n);
  const one = new Float64Array(1);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      const medoid = medoids[c]!;
      source.fill(i, medoid, medoid + 1, one, 0);
      if (c === labels[i]) result.own[i] = one[0]!;
      else if (one[0]! < result.nearest[i]!) {
        result.nearest[i] = one[0]!;
        result.neighbor[i] = c;
      }
    }
  }
  const scored = Int32Array.from({ length: n }, (_, i) => i);
  const summary = summariseWidths(scope, result, scored, clusterWeights(scope), singletons);
  const factor = noise?.treatment === 'penalise' ? 1 - noise.share : 1;
  return {
    ...summary,
    score: summary.score * factor,
    macroScore: summary.macroScore * factor,
    medoids: medoids.map((i) => rows[i]!),
    metric: metric.name,
    n,
    d,
    k,
    singletons,
    ...(noise === undefined ? {} : { noise }),
  };
}
