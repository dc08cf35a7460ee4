import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { rowNameOf } from '../../data/row-name.js';
import { eachRow } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { rowRuns } from '../../distance/row-runs.js';
import type { DistanceSource } from '../../distance/source.js';
import { emptyClusterMeans } from '../../kernels/cluster-means.js';
import { clusterWeights } from '../../kernels/cluster-order.js';
import { TIE } from '../../statistics/tie.js';
import { type NoiseOptions, requireClusters, type Scope, scopeOf } from './scope.js';
import { type SingletonTreatment, singletonsOption, summariseWidths } from './silhouette-widths.js';
import type { CentreSilhouetteResult } from './simplified-silhouette.js';

export interface MedoidSilhouetteOptions extends NoiseOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** What a cluster of one row scores. Default 'zero'. */
  readonly singletons?: SingletonTreatment | undefined;
}

export interface MedoidSilhouetteResult<L extends Label = Label> extends CentreSilhouetteResult<L> {
  /** The input rows that are medoids of each cluster, in label order: one, or all that tie, ascending. */
  readonly medoids: ReadonlyArray<Int32Array>;
}

/** The members with the least sum of distances from the members. */
function medoidsOf(source: DistanceSource, { n, k, labels }: Scope): Int32Array[] {
  const sums = new Float64Array(n);
  eachRow(source, (i, distances) => {
    for (let j = 0; j < n; j++) if (labels[j] === labels[i]) sums[i]! += distances[j]!;
  });
  const least = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < n; i++) least[labels[i]!] = Math.min(least[labels[i]!]!, sums[i]!);
  const medoids = Array.from({ length: k }, (): number[] => []);
  for (let i = 0; i < n; i++) if (sums[i]! <= least[labels[i]!]! * (1 + TIE)) medoids[labels[i]!]!.push(i);
  return medoids.map((rows) => Int32Array.from(rows));
}

/** Rows whose distances to the medoids are computed at a time. */
const ROWS = 64;

/** Mean distance from each row to the medoids of each cluster: to its own, and to the nearest of the others. */
function medoidDistances(source: DistanceSource, { n, labels }: Scope, medoids: readonly Int32Array[]) {
  const result = emptyClusterMeans(n);
  const columns = Int32Array.from(medoids.flatMap((rows) => [...rows]));
  const distances = new Float64Array(ROWS * columns.length);
  for (const rows of rowRuns(n, ROWS)) {
    source.fillPairs(rows, columns, distances);
    let at = 0;
    for (const i of rows) {
      medoids.forEach((members, c) => {
        let sum = 0;
        for (let m = 0; m < members.length; m++) sum += distances[at++]!;
        const mean = sum / members.length;
        if (c === labels[i]) result.own[i] = mean;
        else if (mean < result.nearest[i]!) {
          result.nearest[i] = mean;
          result.neighbor[i] = c;
        }
      });
    }
  }
  return result;
}

/**
 * Medoid silhouette (Van der Laan, Pollard and Bryan 2003, doi:10.1080/0094965031000136012): as
 * `silhouette`, with the distance to a cluster's medoid in place of the mean distance to its
 * members. The medoid is the member with the least sum of distances to the others. Range [-1, 1],
 * higher is better; compare it only with itself. Works with every metric.
 *
 * Ties: where several members have the least sum (to 1e-12 of it), the distance to the medoid is the mean
 * distance to all of them. So the order of rows does not matter.
 *
 * Cost O(n^2 d) time, O(n) memory.
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { medoidSilhouette } from 'clusterlens';
 * const { score, medoids } = medoidSilhouette([[0], [1], [3], [10], [11], [13]], [0, 0, 0, 1, 1, 1]);
 * console.log(score.toFixed(3), medoids); // 0.897 [ Int32Array(1) [ 1 ], Int32Array(1) [ 4 ] ]
 */
export function medoidSilhouette<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: MedoidSilhouetteOptions,
): MedoidSilhouetteResult<ReadLabel<L>>;
export function medoidSilhouette<L extends Label>(
  dataset: Dataset<L>,
  options?: MedoidSilhouetteOptions,
): MedoidSilhouetteResult<L>;
export function medoidSilhouette(
  first: Points | Dataset,
  second?: Labels | MedoidSilhouetteOptions,
  third?: MedoidSilhouetteOptions,
  ...more: []
): MedoidSilhouetteResult {
  nothingMore('medoidSilhouette', more, [first, second, third]);
  const where = 'medoidSilhouette';
  const { data, options } = admit(where, first, second, third, ['metric', 'singletons', 'noise', 'noiseLabel']);
  const metric = resolveMetric(where, options.metric);
  const singletons = singletonsOption(where, options);
  const scope = scopeOf(where, data, options, metric.kind === 'precomputed', ['exclude', 'singletons', 'penalise']);
  requireClusters(where, scope);
  const { n, d, k, noise, rows } = scope;
  const source = metric.source(where, { points: scope.points, n, d }, { rowName: rowNameOf(scope) });
  const medoids = medoidsOf(source, scope);
  const result = medoidDistances(source, scope, medoids);
  const scored = Int32Array.from({ length: n }, (_, i) => i);
  const summary = summariseWidths(scope, result, scored, clusterWeights(scope), singletons);
  const factor = noise?.treatment === 'penalise' ? 1 - noise.share : 1;
  return {
    ...summary,
    score: summary.score * factor,
    macroScore: summary.macroScore * factor,
    medoids: medoids.map((members) => members.map((i) => rows[i]!)),
    metric: metric.name,
    n,
    d,
    k,
    singletons,
    ...(noise === undefined ? {} : { noise }),
  };
}
