import type { KernelChoice } from './block-engine.js';
import { type ChunkSums, chunkMeans, type SortedRows, takeMean } from './chunk-means.js';
import { type ClusterChunk, clusterChunks } from './cluster-order.js';

/** What a silhouette is made of, per row. */
export interface ClusterMeans {
  /** Mean distance to the other members of the row's own cluster; 0 for the only member. */
  readonly own: Float64Array;
  /** Least mean distance to the members of another cluster. */
  readonly nearest: Float64Array;
  /** That other cluster; the first in label order on ties. */
  readonly neighbor: Int32Array;
}

/** Silhouette width of a row, -1 to 1, from its mean distances to its own and to the nearest other cluster; 0 without such a cluster. */
export function silhouetteWidth(own: number, nearest: number): number {
  const larger = Math.max(own, nearest);
  return larger > 0 && nearest < Infinity ? (nearest - own) / larger : 0;
}

export function emptyClusterMeans(n: number): ClusterMeans {
  return {
    own: new Float64Array(n),
    nearest: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    neighbor: new Int32Array(n).fill(-1),
  };
}

export function emptyChunkSums(n: number): ChunkSums {
  return { ...emptyClusterMeans(n), columns: new Float64Array(n) };
}

/** Rows sorted by cluster that know where they came from. */
export type OrderedRows = SortedRows & { readonly order: Int32Array };

/**
 * Mean distances from each row to each cluster, reduced to the own and the nearest other cluster. Each pair
 * is computed once and counts for both rows; clusters reach every row in label order. Cost n^2 d / 2
 * multiply-adds; memory O(n) beside the rows.
 */
export function clusterMeans(set: OrderedRows, choice?: KernelChoice): ClusterMeans {
  const total = emptyChunkSums(set.order.length);
  const work = { ...total, columns: new Float64Array(set.order.length) };
  for (const chunk of clusterChunks(set.offsets, set.d)) {
    chunkMeans(set, chunk, work, choice);
    mergeChunk(set, chunk, total, work);
  }
  return meansOf(total, set);
}

/**
 * Adds a chunk to the total, in the order of the chunks. `total.columns` collects the parts of a
 * cluster until its last part; `chunk` may share its other arrays with the total, in which case only
 * the chunk's own rows and its columns are added.
 */
export function mergeChunk(
  { offsets }: Pick<SortedRows, 'offsets'>,
  { from, to, part }: ClusterChunk,
  total: ChunkSums,
  chunk: ChunkSums,
): void {
  const { own, nearest, columns } = total;
  const n = own.length;
  // Earlier parts of the cluster have these rows among their columns.
  for (let i = from; i < to; i++) own[i] = chunk.own[i]! + (part === -1 ? 0 : columns[i]!);
  if (chunk.nearest !== nearest)
    for (let j = from; j < n; j++) takeMean(total, j, chunk.nearest[j]!, chunk.neighbor[j]!);
  if (part === -1) return;
  for (let j = to; j < n; j++) columns[j]! += chunk.columns[j]!;
  chunk.columns.fill(0, to);
  const end = offsets[part + 1]!;
  if (to < end) return;
  const size = end - offsets[part]!;
  for (let j = end; j < n; j++) takeMean(total, j, columns[j]! / size, part);
  columns.fill(0);
}

/** From sums by position to means by row, once all chunks are in. */
export function meansOf(sums: ChunkSums, { offsets, order }: Pick<OrderedRows, 'offsets' | 'order'>): ClusterMeans {
  const { own, nearest, neighbor } = emptyClusterMeans(order.length);
  for (let cluster = 0; cluster + 1 < offsets.length; cluster++) {
    const others = offsets[cluster + 1]! - offsets[cluster]! - 1;
    for (let p = offsets[cluster]!; p < offsets[cluster + 1]!; p++) {
      const i = order[p]!;
      own[i] = others > 0 ? sums.own[p]! / others : 0;
      nearest[i] = sums.nearest[p]!;
      neighbor[i] = sums.neighbor[p]!;
    }
  }
  return { own, nearest, neighbor };
}
