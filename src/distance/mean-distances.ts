import type { KernelChoice } from '../kernels/block-engine.js';
import { type ClusterMeans, emptyClusterMeans, type OrderedRows } from '../kernels/cluster-means.js';
import { clusterWeights } from '../kernels/cluster-order.js';
import type { SquaredClusterMeansInput } from '../kernels/squared-cluster-means.js';
import { eachRow } from './each-row.js';
import type { DistanceSource } from './source.js';

/** Rows with the cluster of each, 0 .. k - 1. */
export interface ClusteredRows {
  readonly points: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly labels: Int32Array;
  /** Row of the input at each row, for errors. */
  readonly rows?: Int32Array | undefined;
}

export interface MeansRequest {
  /** How many points each row stands for; default 1. */
  readonly weights?: Float64Array | undefined;
  /** Rows to score against all rows; default all. */
  readonly scored?: Int32Array | undefined;
}

/** What means over all ordered pairs need beside distances. */
export interface RowMeansProblem {
  readonly labels: Int32Array;
  /** Total weight of each cluster. */
  readonly total: Float64Array;
  readonly weights?: Float64Array | undefined;
}

/**
 * The cheapest exact way to own and nearest mean distances of the scored rows: its input, for whoever computes
 * it in parts, and the whole at once.
 */
export type MeansWork = { compute(choice?: KernelChoice): ClusterMeans } & (
  | { readonly kind: 'moments'; readonly input: SquaredClusterMeansInput }
  | { readonly kind: 'pairs'; readonly set: OrderedRows }
  | { readonly kind: 'rows'; readonly problem: RowMeansProblem; readonly scored: Int32Array }
);

/** The rows to score. */
export function scoredRows({ n }: Pick<ClusteredRows, 'n'>, { scored }: MeansRequest): Int32Array {
  return scored ?? Int32Array.from({ length: n }, (_, i) => i);
}

/** The way that takes any distances: all ordered pairs. */
export function meansByRows(rows: ClusteredRows, request: MeansRequest, source: () => DistanceSource): MeansWork {
  const { weights } = request;
  const problem = { labels: rows.labels, total: clusterWeights(rows, weights), weights };
  const scored = scoredRows(rows, request);
  return { kind: 'rows', problem, scored, compute: () => meansBySource(source(), problem, scored) };
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
