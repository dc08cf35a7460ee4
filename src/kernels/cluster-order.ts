export interface ClusterOrder {
  /** Row at each sorted position: clusters in label order, rows of a cluster in their own order. */
  readonly order: Int32Array;
  /** Cluster c holds the sorted positions offsets[c] .. offsets[c + 1] - 1. */
  readonly offsets: Int32Array;
}

/** Counting sort of the rows by cluster; stable. */
export function clusterOrder(labels: Int32Array, k: number): ClusterOrder {
  const offsets = new Int32Array(k + 1);
  for (let i = 0; i < labels.length; i++) offsets[labels[i]! + 1]!++;
  for (let c = 0; c < k; c++) offsets[c + 1]! += offsets[c]!;
  const next = offsets.slice(0, k);
  const order = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) order[next[labels[i]!]!++] = i;
  return { order, offsets };
}

/** Total weight of each cluster; without weights its size. */
export function clusterWeights(
  { labels, k }: { readonly labels: Int32Array; readonly k: number },
  weights?: Float64Array,
): Float64Array {
  const total = new Float64Array(k);
  for (let i = 0; i < labels.length; i++) total[labels[i]!]! += weights === undefined ? 1 : weights[i]!;
  return total;
}

/** Rows copied in the given order. */
export function gatherRows(rows: Float64Array, d: number, order: Int32Array): Float64Array {
  const out = new Float64Array(order.length * d);
  for (let p = 0; p < order.length; p++) {
    const at = order[p]! * d;
    for (let c = 0; c < d; c++) out[p * d + c] = rows[at + c]!;
  }
  return out;
}

/** A run of sorted rows: whole clusters, or a part of one. */
export interface ClusterChunk {
  readonly from: number;
  readonly to: number;
  /** The cluster that the chunk is a part of, or -1 when it holds whole clusters. */
  readonly part: number;
}

const ROWS = 512;
/** Numbers that the rows of a chunk may take. */
const NUMBERS = 2 ** 18;

/**
 * Cuts rows sorted by cluster into the units of work of `chunkMeans`. It looks at sizes only, so
 * that sums do not depend on who computes which chunk.
 */
export function clusterChunks(offsets: Int32Array, d: number): ClusterChunk[] {
  const rows = Math.max(16, Math.min(ROWS, Math.floor(NUMBERS / d / 16) * 16));
  const chunks: ClusterChunk[] = [];
  const k = offsets.length - 1;
  let from = 0;
  for (let cluster = 0; cluster < k; cluster++) {
    const start = offsets[cluster]!;
    const end = offsets[cluster + 1]!;
    if (end - from <= rows) continue;
    if (start > from) chunks.push({ from, to: start, part: -1 });
    from = start;
    if (end - start <= rows) continue;
    for (; from < end; from += rows) chunks.push({ from, to: Math.min(from + rows, end), part: cluster });
    from = end;
  }
  const n = offsets[k]!;
  if (n > from) chunks.push({ from, to: n, part: -1 });
  return chunks;
}
