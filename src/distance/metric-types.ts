import type { FlatMatrix, MatrixLike } from '../core/types.js';
import type { Domain } from './domain.js';
import type { ClusteredRows, MeansRequest, MeansWork } from './mean-distances.js';
import type { FunctionName } from './named-functions.js';
import type { DistanceSource, SourceOptions } from './source.js';

/** A distance between two rows. It must be finite, non-negative, symmetric, and 0 from a row to itself. */
export type DistanceFunction = (a: Float64Array, b: Float64Array) => number;

/** Distances that are computed by kernels. */
export type FastMetricName = 'euclidean' | 'sqeuclidean' | 'cosine' | 'correlation' | 'manhattan' | 'chebyshev';

/** Other names of distances. */
export type MetricAlias = 'cityblock' | 'l1' | 'l2' | 'squaredEuclidean';

/** Distances that take parameters, which may be left out. */
export type MetricWithParameters =
  | { readonly name: 'minkowski' /** >= 1, or Infinity. Default 2. */; readonly p?: number | undefined }
  | {
      readonly name: 'mahalanobis';
      /** d x d. Default: that of the points, with n - 1. */
      readonly covariance?: ReadonlyArray<ArrayLike<number>> | MatrixLike | FlatMatrix | undefined;
    }
  | {
      readonly name: 'seuclidean';
      /** One per column, > 0. Default: that of the points, with n - 1. */
      readonly variance?: ArrayLike<number> | undefined;
    }
  | {
      readonly name: 'gower';
      /** One per column, > 0. Default: largest minus smallest value of the points. */
      readonly ranges?: ArrayLike<number> | undefined;
    };

/** The names of distances; `metricNames` says what each means and demands. */
export type MetricName = FastMetricName | MetricAlias | MetricWithParameters['name'] | FunctionName | 'precomputed';

/**
 * A distance by name, a name with parameters as in `{ name: 'minkowski', p: 3 }`, or a function of two
 * rows. 'precomputed': points are the n x n distances, or the n (n - 1) / 2 above their diagonal.
 * `metricNames` lists the names with domain, range and meaning.
 */
export type Metric = MetricName | MetricWithParameters | DistanceFunction;

export interface NamedMetric {
  /** How results call it. */
  readonly name: string;
  /** What `resolveMetric` takes for the same metric in any thread. */
  readonly spec: Metric;
}

/** Rows as the door gives them. */
export interface PointRows {
  readonly points: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** A metric that knows how its distances, and mean distances to clusters, are computed. */
export interface ResolvedMetric extends NamedMetric {
  readonly kind: 'coordinates' | 'angle' | 'fitted' | 'function' | 'precomputed';
  /** Whether distances have the unit of the points squared. */
  readonly squared: boolean;
  /** Whether there is one distance for two rows by construction, which is not known of the caller's functions. */
  readonly symmetric: boolean;
  /** Which values it takes, of functions of ours; all others take any. */
  readonly domain?: Domain;
  /** Whether it is known to depend on the direction. */
  readonly asymmetric?: boolean;
  /** The metric with what it takes from the points as a whole; left out where it takes nothing. */
  fit?(where: string, rows: PointRows, weights?: Float64Array): ResolvedMetric;
  /** Distances on demand. */
  source(where: string, rows: PointRows, options?: SourceOptions): DistanceSource;
  /** Mean distances to clusters, by the cheapest way that is exact. */
  means(where: string, rows: ClusteredRows, request: MeansRequest): MeansWork;
}
