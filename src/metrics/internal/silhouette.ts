import { InputError, UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { type LooseOptions, nothingMore, numberIn, seedOf } from '../../data/options.js';
import type { PointUse } from '../../data/points.js';
import { rowNameOf } from '../../data/row-name.js';
import type { MeansRequest } from '../../distance/mean-distances.js';
import { fitMetric, type Metric, type ResolvedMetric, requireDomain, resolveMetric } from '../../distance/metric.js';
import type { ClusterMeans } from '../../kernels/cluster-means.js';
import { clusterWeights } from '../../kernels/cluster-order.js';
import { stratifiedSample } from '../../statistics/stratified-sample.js';
import { readWeights, weighedNoise } from './row-weights.js';
import { type NoiseOptions, type NoiseReport, requireClusters, type Scope, scopeOf } from './scope.js';
import { type SilhouetteSample, sampleOf } from './silhouette-sample.js';
import { type ClusterScore, type SingletonTreatment, singletonsOption, summariseWidths } from './silhouette-widths.js';

export type { SilhouetteSample } from './silhouette-sample.js';

export interface SilhouetteOptions extends NoiseOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** What a cluster of one row scores. Default 'zero'. */
  readonly singletons?: SingletonTreatment | undefined;
  /**
   * How many points each row stands for, > 0, one per row: weight 2 gives what writing the row
   * twice gives. A cluster whose weights sum to 1 or less counts as a singleton.
   */
  readonly weights?: ArrayLike<number> | undefined;
  /** Score about this many rows (2 to n), drawn by cluster, each against all rows. Default: all rows. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw, an integer >= 0. Default 0. */
  readonly seed?: number | undefined;
}

export interface SilhouetteResult<L extends Label = Label> {
  /** Mean width over rows, in [-1, 1]; this is what people quote. */
  readonly score: number;
  /** Mean over clusters of the cluster's mean width: every cluster counts the same. */
  readonly macroScore: number;
  /** Width of each scored row, in [-1, 1]. */
  readonly samples: Float64Array;
  /** The input row that each sample belongs to. */
  readonly indices: Int32Array;
  /** Nearest other cluster of each scored row. */
  readonly neighbors: readonly L[];
  /** Clusters in label order. */
  readonly clusters: readonly ClusterScore<L>[];
  readonly metric: string;
  /** Rows, columns and clusters after the treatment of noise. */
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly singletonCount: number;
  readonly singletons: SingletonTreatment;
  readonly weighted: boolean;
  readonly noise?: NoiseReport;
  /** Given when rows were sampled: how many, from which seed, and the intervals of the scores. */
  readonly sample?: SilhouetteSample;
}

const OPTIONS = ['metric', 'noise', 'noiseLabel', 'singletons', 'weights', 'sampleSize', 'seed'];

/**
 * Silhouette of a clustering (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7).
 *
 * For row i, a = mean distance to the other members of its cluster, b = least mean distance to the
 * members of another cluster, s = (b - a) / max(a, b), in [-1, 1]; higher is better. `score` is the
 * mean over rows (as in scikit-learn), `macroScore` the mean over clusters.
 *
 * At the edges: a singleton scores 0 (option `singletons`) and is counted; a = b = 0 scores 0;
 * a = 0 < b scores 1; equally near clusters: the first in label order is the neighbour. Cosine with
 * a zero vector: distance 1 to every other row. Every label is a cluster, -1 included, unless
 * `noiseLabel` names the noise. The value under random labels is not 0: see `significance`. Cosine
 * distances of rows at R times their spread from the origin have a relative error of about 1e-15 R
 * (1e-7 at R = 1e8); those of correlation have not.
 *
 * Cost: O(n^2 d / 2) time and O(n d) memory; 'sqeuclidean', 'cosine' and 'correlation' O(n k d),
 * exact too. With `sampleSize` m: O(m n d), rows drawn by cluster and compared with all rows, and
 * a 95% interval.
 *
 * @param points n x d, or n x n distances with `metric: 'precomputed'`.
 * @param labels one per row.
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { silhouette } from 'clusterlens';
 * const { score, samples, neighbors } = silhouette([[0], [1], [5], [6]], ['a', 'a', 'b', 'b']);
 * console.log(score.toFixed(3), samples[0]!.toFixed(3), neighbors[0]); // 0.798 0.818 b
 */
export function silhouette<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: SilhouetteOptions,
): SilhouetteResult<ReadLabel<L>>;
export function silhouette<L extends Label>(dataset: Dataset<L>, options?: SilhouetteOptions): SilhouetteResult<L>;
export function silhouette(
  first: Points | Dataset,
  second?: Labels | SilhouetteOptions,
  third?: SilhouetteOptions,
  ...more: []
): SilhouetteResult {
  nothingMore('silhouette', more, [first, second, third]);
  const read = prepareSilhouette(first, second, third);
  const means = read.metric.means(read.where, read.scope, read).compute();
  return silhouetteOf(read, means);
}

/** The arguments of `silhouette`, read and checked. */
export interface PreparedSilhouette extends MeansRequest {
  readonly where: string;
  readonly scope: Scope;
  readonly metric: ResolvedMetric;
  readonly singletons: SingletonTreatment;
  /** Total weight of each cluster. */
  readonly total: Float64Array;
  readonly noise: NoiseReport | undefined;
  readonly seed: number;
  /** The options, their names checked. */
  readonly options: LooseOptions;
}

/** Reads the arguments; `more` names options that the caller reads, `use` says whether it goes on after it has returned. */
export function prepareSilhouette(
  first: unknown,
  second: unknown,
  third: unknown,
  more: readonly string[] = [],
  use: PointUse = 'borrow',
): PreparedSilhouette {
  const where = 'silhouette';
  const { data, options } = admit(where, first, second, third, [...OPTIONS, ...more], use);
  const asked = resolveMetric(where, options.metric);
  const square = asked.kind === 'precomputed';
  const singletons = singletonsOption(where, options);
  const seed = seedOf(where, options.seed);
  const sampleSize = numberIn(where, 'sampleSize', options.sampleSize, { min: 2, max: data.n, integer: true }, data.n);
  const scope = scopeOf(where, data, options, square, ['exclude', 'singletons', 'penalise']);
  const allWeights = options.weights === undefined ? undefined : readWeights(where, options.weights, data.n);
  const weights = allWeights && Float64Array.from(scope.rows, (row) => allWeights[row]!);
  requireClusters(where, scope);
  if (weights !== undefined && scope.noise?.treatment === 'singletons') {
    throw new InputError(
      'wrong-type',
      `${where}: weights cannot be combined with noise = 'singletons', got both: copies of a noise row would not be in one cluster; leave one out`,
    );
  }
  const total = clusterWeights(scope, weights);
  if (total.every((weight) => weight <= 1)) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: some cluster must weigh more than 1, got total weight ${total.reduce((a, b) => a + b, 0)} for n = ${scope.n}; ` +
        'weights are counts of points: scale them so that they sum to n or more',
    );
  }
  const sampled = sampleSize < scope.n;
  if (sampled && weights !== undefined) {
    throw new InputError('wrong-type', `${where}: weights and sampleSize cannot be combined, got both; leave one out`);
  }
  const scored = sampled ? stratifiedSample(scope, sampleSize, seed, square) : undefined;
  const noise = allWeights === undefined ? scope.noise : weighedNoise(scope, allWeights);
  const metric = fitMetric(where, asked, scope.points, scope.n, scope.d, weights);
  requireDomain(where, metric, scope.points, scope.d, rowNameOf(scope));
  return { where, scope, metric, weights, scored, singletons, total, noise, seed, options };
}

/** The result, from the means of the scored rows, whoever computed them. */
export function silhouetteOf(read: PreparedSilhouette, means: ClusterMeans): SilhouetteResult {
  const { scope, metric, weights, scored, singletons, total, noise, seed } = read;
  const { n, d, k } = scope;
  const summary = summariseWidths(
    scope,
    means,
    scored ?? Int32Array.from(scope.labels.keys()),
    total,
    singletons,
    weights,
  );
  const factor = noise?.treatment === 'penalise' ? 1 - noise.share : 1;
  return {
    ...summary,
    score: summary.score * factor,
    macroScore: summary.macroScore * factor,
    metric: metric.name,
    n,
    d,
    k,
    singletons,
    weighted: weights !== undefined,
    ...(noise === undefined ? {} : { noise }),
    ...(scored === undefined ? {} : { sample: sampleOf(scope, scored, summary, factor, seed) }),
  };
}
