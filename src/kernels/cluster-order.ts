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

/** Rows copied in the given order. */
export function gatherRows(rows: Float64Array, d: number, order: Int32Array): Float64Array {
  const out = new Float64Array(order.length * d);
  for (let p = 0; p < order.length; p++) {
    const at = order[p]! * d;
    for (let c = 0; c < d; c++) out[p * d + c] = rows[at + c]!;
  }
  return out;
}
