import { eachRow } from '../../distance/each-row.js';
import type { ResolvedMetric } from '../../distance/metric.js';
import { type DistanceSource, distanceSource } from '../../distance/source.js';
import type { EngineChoice } from '../../kernels/block-engine.js';
import { type ClusterMeans, clusterMeans, emptyClusterMeans } from '../../kernels/cluster-means.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { clusterOrder } from '../../kernels/cluster-order.js';
import { centredFrame, framingOf, unitRows } from '../../kernels/frame.js';
import { squaredClusterMeans } from '../../kernels/squared-cluster-means.js';
import type { Scope } from './scope.js';

export interface ClusterMeansRequest {
  readonly metric: ResolvedMetric;
  /** How many points each row stands for; default 1. */
  readonly weights?: Float64Array | undefined;
  /** Scope rows to score against all rows; default all. */
  readonly scored?: Int32Array | undefined;
  readonly engine?: EngineChoice | undefined;
}

/** Total weight of each cluster. */
export function clusterWeights(scope: Pick<Scope, 'labels' | 'k'>, weights?: Float64Array): Float64Array {
  const total = new Float64Array(scope.k);
  for (let i = 0; i < scope.labels.length; i++) total[scope.labels[i]!]! += weights === undefined ? 1 : weights[i]!;
  return total;
}

function bySource(
  source: DistanceSource,
  scope: Scope,
  scored: Int32Array,
  weights: Float64Array | undefined,
): ClusterMeans {
  const { n, k, labels } = scope;
  const total = clusterWeights(scope, weights);
  const result = emptyClusterMeans(scored.length);
  const { own, nearest, neighbor } = result;
  const sums = new Float64Array(k);
  const add = (i: number, distances: Float64Array, s: number) => {
    distances[i] = 0;
    sums.fill(0);
    if (weights === undefined) for (let j = 0; j < n; j++) sums[labels[j]!]! += distances[j]!;
    else for (let j = 0; j < n; j++) sums[labels[j]!]! += weights[j]! * distances[j]!;
    for (let cluster = 0; cluster < k; cluster++) {
      if (cluster === labels[i]) {
        own[s] = total[cluster]! > 1 ? sums[cluster]! / (total[cluster]! - 1) : 0;
      } else if (sums[cluster]! / total[cluster]! < nearest[s]!) {
        nearest[s] = sums[cluster]! / total[cluster]!;
        neighbor[s] = cluster;
      }
    }
  };
  eachRow(source, add, scored);
  return result;
}

function byPairs(
  scope: Scope,
  metric: Extract<ResolvedMetric, { kind: 'coordinates' }>,
  engine: EngineChoice | undefined,
): ClusterMeans {
  const { n, d, k, labels, points } = scope;
  const { order, offsets } = clusterOrder(labels, k);
  const framing = framingOf(points, n, d);
  const sorted = clusterMeans({ points, d, order, framing, offsets, metric: metric.block }, engine);
  const result = emptyClusterMeans(n);
  for (let p = 0; p < n; p++) {
    const i = order[p]!;
    result.own[i] = sorted.own[p]!;
    result.nearest[i] = sorted.nearest[p]!;
    result.neighbor[i] = sorted.neighbor[p]!;
  }
  return result;
}

function byMoments(
  scope: Scope,
  angle: { readonly centreRows: boolean } | undefined,
  scored: Int32Array,
  weights: Float64Array | undefined,
  engine: EngineChoice | undefined,
): ClusterMeans {
  const { n, d, k, labels, points } = scope;
  const frame =
    angle === undefined
      ? { rows: centredFrame(points, n, d).rows, directionless: undefined }
      : unitRows(points, n, d, angle.centreRows);
  const moments = clusterMoments(frame.rows, d, labels, k, weights, frame.directionless);
  const total = clusterWeights(scope, weights);
  return squaredClusterMeans({ ...frame, d, labels, moments, total, scored }, engine);
}

/**
 * Own and nearest mean distances by the cheapest exact way: cluster moments in O(n k d) for squared
 * Euclidean, cosine and correlation; each pair once for the other named metrics; all ordered pairs
 * for functions and precomputed distances, and where rows are weighted or sampled.
 */
export function clusterMeansOf(where: string, scope: Scope, request: ClusterMeansRequest): ClusterMeans {
  const { metric, weights, engine } = request;
  const scored = request.scored ?? Int32Array.from({ length: scope.n }, (_, i) => i);
  if (metric.kind === 'angle') return byMoments(scope, metric, scored, weights, engine);
  if (metric.kind === 'coordinates') {
    if (metric.squared) return byMoments(scope, undefined, scored, weights, engine);
    if (weights === undefined && request.scored === undefined) return byPairs(scope, metric, engine);
  }
  return bySource(distanceSource(where, scope.points, scope.n, scope.d, metric, engine), scope, scored, weights);
}
