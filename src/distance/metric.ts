import { distance as mlDistance } from 'ml-distance';
import { InputError, show } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import { type BlockMetric, CHEBYSHEV, EUCLIDEAN, MANHATTAN, SQUARES } from '../kernels/block-metric.js';
import { type FillKernel, fillChebyshev, fillEuclidean, fillManhattan, fillSquaredEuclidean } from '../kernels/fill.js';

/** A distance between two rows. It must be finite, non-negative, and 0 from a row to itself. */
export type DistanceFunction = (a: Float64Array, b: Float64Array) => number;

/** Names of the distances of ml-distance; written out, so that our declarations do not need its own. */
export type MlDistanceName =
  | 'additiveSymmetric'
  | 'avg'
  | 'bhattacharyya'
  | 'canberra'
  | 'chebyshev'
  | 'clark'
  | 'czekanowski'
  | 'dice'
  | 'divergence'
  | 'euclidean'
  | 'fidelity'
  | 'gower'
  | 'harmonicMean'
  | 'hellinger'
  | 'innerProduct'
  | 'intersection'
  | 'jaccard'
  | 'jeffreys'
  | 'jensenDifference'
  | 'jensenShannon'
  | 'kdivergence'
  | 'kulczynski'
  | 'kullbackLeibler'
  | 'kumarJohnson'
  | 'lorentzian'
  | 'manhattan'
  | 'matusita'
  | 'minkowski'
  | 'motyka'
  | 'neyman'
  | 'pearson'
  | 'probabilisticSymmetric'
  | 'soergel'
  | 'sorensen'
  | 'squared'
  | 'squaredChord'
  | 'squaredEuclidean'
  | 'taneja'
  | 'tanimoto'
  | 'topsoe'
  | 'waveHedges';

export type FastMetricName = 'euclidean' | 'sqeuclidean' | 'cosine' | 'correlation' | 'manhattan' | 'chebyshev';

export type MetricName = FastMetricName | MlDistanceName | 'precomputed';

/**
 * A distance by name, or a function of two rows.
 *
 * Fast: 'euclidean' (default), 'sqeuclidean', 'cosine' (1 - cos), 'correlation' (1 - Pearson r),
 * 'manhattan', 'chebyshev'. By their name, every distance of ml-distance; note that its 'pearson'
 * is a chi-square distance. 'precomputed': points are the n x n distances.
 */
export type Metric = MetricName | DistanceFunction;

/** How distances of one metric are computed. */
export type ResolvedMetric =
  | {
      readonly name: string;
      readonly kind: 'coordinates';
      readonly fill: FillKernel;
      /** The same distances from the block kernels. */
      readonly block: BlockMetric;
      readonly squared: boolean;
    }
  | { readonly name: string; readonly kind: 'angle'; readonly centreRows: boolean }
  | { readonly name: string; readonly kind: 'function'; readonly fn: DistanceFunction }
  | { readonly name: 'precomputed'; readonly kind: 'precomputed' };

const FAST: Readonly<Record<string, ResolvedMetric>> = {
  euclidean: { name: 'euclidean', kind: 'coordinates', fill: fillEuclidean, block: EUCLIDEAN, squared: false },
  sqeuclidean: { name: 'sqeuclidean', kind: 'coordinates', fill: fillSquaredEuclidean, block: SQUARES, squared: true },
  manhattan: { name: 'manhattan', kind: 'coordinates', fill: fillManhattan, block: MANHATTAN, squared: false },
  chebyshev: { name: 'chebyshev', kind: 'coordinates', fill: fillChebyshev, block: CHEBYSHEV, squared: false },
  cosine: { name: 'cosine', kind: 'angle', centreRows: false },
  correlation: { name: 'correlation', kind: 'angle', centreRows: true },
  precomputed: { name: 'precomputed', kind: 'precomputed' },
};

/** Names of ml-distance for distances that have a kernel here; its Minkowski needs an order, 2 is usual. */
const ALIASES: Readonly<Record<string, FastMetricName>> = { squaredEuclidean: 'sqeuclidean', minkowski: 'euclidean' };

function has(table: object, name: string): boolean {
  return Object.hasOwn(table, name);
}

/** All accepted names. */
export function metricNames(): string[] {
  return [...new Set([...Object.keys(FAST), ...Object.keys(mlDistance)])];
}

/** @throws InputError unknown-name, wrong-type. */
export function resolveMetric(where: string, metric: unknown): ResolvedMetric {
  if (metric === undefined) return FAST.euclidean!;
  if (typeof metric === 'function') {
    return { name: metric.name || 'custom', kind: 'function', fn: metric as DistanceFunction };
  }
  if (typeof metric !== 'string') {
    throw new InputError(
      'wrong-type',
      `${where}: metric must be a name or a function of two rows, got ${show(metric)}`,
    );
  }
  const fast = has(ALIASES, metric) ? ALIASES[metric]! : metric;
  if (has(FAST, fast)) return FAST[fast]!;
  if (Object.keys(mlDistance).includes(metric)) {
    return { name: metric, kind: 'function', fn: mlDistance[metric as MlDistanceName] as DistanceFunction };
  }
  throw new InputError(
    'unknown-name',
    `${where}: unknown metric ${show(metric)}${didYouMean(metric, metricNames())} (fast: euclidean, sqeuclidean, ` +
      "cosine, correlation, manhattan, chebyshev; also 'precomputed', a function, and the names of ml-distance)",
  );
}

/**
 * What gives this metric back through `resolveMetric` in another thread: a name; or undefined for a
 * function that has no name there.
 */
export function nameOfMetric(metric: ResolvedMetric): MetricName | undefined {
  if (metric.kind !== 'function') return metric.name as MetricName;
  if (!metricNames().includes(metric.name)) return undefined;
  const named = resolveMetric('', metric.name);
  return named.kind === 'function' && named.fn === metric.fn ? (metric.name as MetricName) : undefined;
}
