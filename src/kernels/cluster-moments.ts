export interface ClusterMoments {
  /** Total weight of each cluster: its size where rows are not weighted. */
  readonly weight: Float64Array;
  /** Mean of each cluster, k * d. */
  readonly means: Float64Array;
  /** Weighted sum of squared distances to the mean. */
  readonly scatter: Float64Array;
}

/**
 * Weight, mean and scatter of each cluster. The mean is taken relative to the cluster's first row,
 * so that a cluster of equal rows has exactly that row as its mean and exactly zero scatter.
 * Rows with `skip[i] = 1` are left out. Cost O(n d).
 */
export function clusterMoments(
  rows: Float64Array,
  d: number,
  labels: Int32Array,
  k: number,
  weights?: Float64Array | undefined,
  skip?: Uint8Array | undefined,
): ClusterMoments {
  const n = labels.length;
  const weight = new Float64Array(k);
  const means = new Float64Array(k * d);
  const scatter = new Float64Array(k);
  const first = new Int32Array(k).fill(-1);
  for (let i = 0; i < n; i++) {
    if (skip?.[i]) continue;
    const cluster = labels[i]!;
    if (first[cluster] === -1) first[cluster] = i;
    const w = weights === undefined ? 1 : weights[i]!;
    weight[cluster]! += w;
    const origin = first[cluster]! * d;
    for (let c = 0; c < d; c++) means[cluster * d + c]! += w * (rows[i * d + c]! - rows[origin + c]!);
  }
  for (let cluster = 0; cluster < k; cluster++) {
    if (first[cluster] === -1) continue;
    const origin = first[cluster]! * d;
    for (let c = 0; c < d; c++) {
      const at = cluster * d + c;
      means[at] = rows[origin + c]! + means[at]! / weight[cluster]!;
    }
  }
  for (let i = 0; i < n; i++) {
    if (skip?.[i]) continue;
    const cluster = labels[i]!;
    let square = 0;
    for (let c = 0; c < d; c++) {
      const e = rows[i * d + c]! - means[cluster * d + c]!;
      square += e * e;
    }
    scatter[cluster]! += (weights === undefined ? 1 : weights[i]!) * square;
  }
  return { weight, means, scatter };
}
