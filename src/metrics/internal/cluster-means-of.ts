import { rowNameOf } from '../../data/row-name.js';
import { eachRow } from '../../distance/each-row.js';
import { mappedRows, type ResolvedMetric } from '../../distance/metric.js';
import { type DistanceSource, distanceSource } from '../../distance/source.js';
import type { KernelChoice } from '../../kernels/block-engine.js';
import type { SortedRows } from '../../kernels/chunk-means.js';
import { type ClusterMeans, clusterMeans, emptyClusterMeans } from '../../kernels/cluster-means.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { clusterOrder } from '../../kernels/cluster-order.js';
import { framingOf, unitRows } from '../../kernels/frame.js';
import { type SquaredClusterMeansInput, squaredClusterMeans } from '../../kernels/squared-cluster-means.js';
import type { Scope } from './scope.js';

export interface ClusterMeansRequest {
  readonly metric: ResolvedMetric;
  /** How many points each row stands for; default 1. */
  readonly weights?: Float64Array | undefined;
  /** Scope rows to score against all rows; default all. */
  readonly scored?: Int32Array | undefined;
  readonly engine?: KernelChoice | undefined;
}

type Coordinates = Extract<ResolvedMetric, { kind: 'coordinates' }>;

/** What means over all ordered pairs need beside distances. */
export interface RowMeansProblem {
  readonly labels: Int32Array;
  /** Total weight of each cluster. */
  readonly total: Float64Array;
  readonly weights?: Float64Array | undefined;
}

/** A way to own and nearest mean distances, with its input. */
export type MeansWork =
  | { readonly kind: 'moments'; readonly input: SquaredClusterMeansInput }
  | { readonly kind: 'pairs'; readonly set: SortedRows & { readonly order: Int32Array } }
  | { readonly kind: 'rows'; readonly problem: RowMeansProblem; readonly scored: Int32Array };

/** Total weight of each cluster. */
export function clusterWeights(scope: Pick<Scope, 'labels' | 'k'>, weights?: Float64Array): Float64Array {
  const total = new Float64Array(scope.k);
  for (let i = 0; i < scope.labels.length; i++) total[scope.labels[i]!]! += weights === undefined ? 1 : weights[i]!;
  return total;
}

/** Mean distances from scored rows to clusters, all ordered pairs, from the distances of a source. */
export function meansBySource(source: DistanceSource, problem: RowMeansProblem, scored: Int32Array): ClusterMeans {
  const { labels, total, weights } = problem;
  const { n } = source;
  const k = total.length;
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

/** The rows sorted by cluster, in the frame that their distances are taken in. */
function sortedRows(
  { n, d, k, labels, points }: Scope,
  metric: Coordinates,
): SortedRows & { readonly order: Int32Array } {
  const { order, offsets } = clusterOrder(labels, k);
  return { points, d, order, framing: framingOf(points, n, d), offsets, metric: metric.block };
}

/** Means by sorted position as means by row. */
export function inRowOrder(sorted: ClusterMeans, order: Int32Array): ClusterMeans {
  const result = emptyClusterMeans(order.length);
  for (let p = 0; p < order.length; p++) {
    const i = order[p]!;
    result.own[i] = sorted.own[p]!;
    result.nearest[i] = sorted.nearest[p]!;
    result.neighbor[i] = sorted.neighbor[p]!;
  }
  return result;
}

function momentsInput(
  scope: Scope,
  angle: { readonly centreRows: boolean } | undefined,
  scored: Int32Array,
  weights: Float64Array | undefined,
): SquaredClusterMeansInput {
  const { n, d, k, labels, points } = scope;
  const total = clusterWeights(scope, weights);
  if (angle === undefined) {
    const framing = framingOf(points, n, d);
    return {
      points,
      framing,
      d,
      labels,
      moments: clusterMoments(points, d, labels, k, { weights, framing }),
      total,
      scored,
    };
  }
  const { rows, directionless } = unitRows(points, n, d, angle.centreRows);
  const moments = clusterMoments(rows, d, labels, k, { weights, skip: directionless });
  return { points: rows, directionless, d, labels, moments, total, scored };
}

/**
 * Chooses the cheapest exact way to own and nearest mean distances: cluster moments in O(n k d) for
 * squared Euclidean, cosine and correlation; each pair once for the other named metrics; all ordered
 * pairs for functions and precomputed distances, and where rows are weighted or sampled.
 */
export function meansWork(where: string, scope: Scope, request: ClusterMeansRequest): MeansWork {
  const { metric, weights } = request;
  if (metric.kind === 'fitted') {
    // Silhouettes do not depend on the unit.
    const { rows, onto } = mappedRows(where, metric, scope.points, scope.n, scope.d, rowNameOf(scope));
    return meansWork(where, { ...scope, points: rows }, { ...request, metric: onto });
  }
  const scored = request.scored ?? Int32Array.from({ length: scope.n }, (_, i) => i);
  if (metric.kind === 'angle') return { kind: 'moments', input: momentsInput(scope, metric, scored, weights) };
  if (metric.kind === 'coordinates') {
    if (metric.squared) return { kind: 'moments', input: momentsInput(scope, undefined, scored, weights) };
    if (weights === undefined && request.scored === undefined) return { kind: 'pairs', set: sortedRows(scope, metric) };
  }
  return { kind: 'rows', problem: { labels: scope.labels, total: clusterWeights(scope, weights), weights }, scored };
}

/** Own and nearest mean distances of the scored rows, by `meansWork`. */
export function clusterMeansOf(where: string, scope: Scope, request: ClusterMeansRequest): ClusterMeans {
  const { metric, engine } = request;
  const work = meansWork(where, scope, request);
  switch (work.kind) {
    case 'moments':
      return squaredClusterMeans(work.input);
    case 'pairs':
      return inRowOrder(clusterMeans(work.set, engine), work.set.order);
    case 'rows':
      return meansBySource(
        distanceSource(where, scope.points, scope.n, scope.d, metric, { engine, rowName: rowNameOf(scope) }),
        work.problem,
        work.scored,
      );
  }
}
