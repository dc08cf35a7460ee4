import type { KernelChoice } from './block-engine.js';
import { type BlockMetric, EUCLIDEAN, WIDE } from './block-metric.js';
import { type ChunkSums, chunkMeans, type SortedRows } from './chunk-means.js';
import { type ClusterChunk, clusterChunks } from './cluster-chunks.js';

/** What a silhouette is made of, per row. */
export interface ClusterMeans {
  /** Mean distance to the other members of the row's own cluster; 0 for the only member. */
  readonly own: Float64Array;
  /** Least mean distance to the members of another cluster. */
  readonly nearest: Float64Array;
  /** That other cluster; the first in label order on ties. */
  readonly neighbor: Int32Array;
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

/**
 * Adds a chunk to the total, in the order of the chunks. `total.columns` collects the parts of a
 * cluster until its last part; `chunk` may share its other arrays with the total, in which case only
 * the chunk's own rows and its columns are added.
 */
export function mergeChunk(
  set: Pick<SortedRows, 'offsets'>,
  { from, to, part }: ClusterChunk,
  total: ChunkSums,
  chunk: ChunkSums,
): void {
  const { own, nearest, neighbor, columns } = total;
  const { offsets } = set;
  const n = own.length;
  // Earlier parts of the cluster have these rows among their columns.
  for (let i = from; i < to; i++) own[i] = chunk.own[i]! + (part === -1 ? 0 : columns[i]!);
  const take = (j: number, mean: number, cluster: number) => {
    if (mean < nearest[j]!) {
      nearest[j] = mean;
      neighbor[j] = cluster;
    }
  };
  if (chunk.nearest !== nearest) for (let j = from; j < n; j++) take(j, chunk.nearest[j]!, chunk.neighbor[j]!);
  if (part === -1) return;
  for (let j = to; j < n; j++) columns[j]! += chunk.columns[j]!;
  chunk.columns.fill(0, to);
  const end = offsets[part + 1]!;
  if (to < end) return;
  const size = end - offsets[part]!;
  for (let j = end; j < n; j++) take(j, columns[j]! / size, part);
  columns.fill(0);
}

/** From sums to means, once all chunks are in. */
export function meansOf({ own, nearest, neighbor }: ChunkSums, offsets: Int32Array): ClusterMeans {
  for (let cluster = 0; cluster + 1 < offsets.length; cluster++) {
    const others = offsets[cluster + 1]! - offsets[cluster]! - 1;
    for (let i = offsets[cluster]!; i < offsets[cluster + 1]!; i++) own[i] = others > 0 ? own[i]! / others : 0;
  }
  return { own, nearest, neighbor };
}

/** Columns from which Euclidean distances may take the wide form. */
const MANY = 32;
/** Largest squared distance of the rows' mean from the origin, in units of their variance, for the wide form. */
const OFFSET = 4;

/**
 * The kernel for sums of pairs: the wide form for many columns, unless the rows lie so far from the
 * origin for their spread that most of its differences would cancel and be computed twice.
 */
export function pairMetric({ points, d, metric, framing }: Omit<SortedRows, 'offsets'>): BlockMetric {
  if (metric !== EUCLIDEAN || d < MANY) return metric;
  const n = points.length / d;
  const { origin, scale } = framing ?? { origin: new Float64Array(d), scale: 1 };
  const sums = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let at = 0; at < points.length; at += d) {
    for (let c = 0; c < d; c++) {
      const v = (points[at + c]! - origin[c]!) * scale;
      sums[c]! += v;
      squares[c]! += v * v;
    }
  }
  let offset = 0;
  let variance = 0;
  for (let c = 0; c < d; c++) {
    const mean = sums[c]! / n;
    offset += mean * mean;
    variance += squares[c]! / n - mean * mean;
  }
  return offset <= OFFSET * variance ? WIDE : metric;
}

/**
 * Mean distances from each row to each cluster, reduced to the own and the nearest other cluster,
 * for rows sorted by cluster. Each pair is computed once and counts for both rows; clusters reach
 * every row in label order. Cost n^2 d / 2 multiply-adds; memory O(n) beside the rows.
 */
export function clusterMeans(rows: SortedRows, choice?: KernelChoice): ClusterMeans {
  const set = { ...rows, metric: pairMetric(rows) };
  const total = emptyChunkSums(set.offsets[set.offsets.length - 1]!);
  const work = { ...total, columns: new Float64Array(total.columns.length) };
  for (const chunk of clusterChunks(set.offsets, set.d)) {
    chunkMeans(set, chunk, work, choice);
    mergeChunk(set, chunk, total, work);
  }
  return meansOf(total, set.offsets);
}
