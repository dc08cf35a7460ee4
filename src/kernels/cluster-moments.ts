import type { Framing } from './frame.js';

export interface ClusterMoments {
  /** Total weight of each cluster: its size where rows are not weighted. */
  readonly weight: Float64Array;
  /** Mean of each cluster, k * d. */
  readonly means: Float64Array;
  /** Weighted sum of squared distances to the mean. */
  readonly scatter: Float64Array;
}

export interface MomentsOptions {
  /** How many points each row stands for; default 1. */
  readonly weights?: Float64Array | undefined;
  /** Rows with 1 are left out; default none. */
  readonly skip?: Uint8Array | undefined;
  /** The frame to take the rows in; default as they stand. */
  readonly framing?: Framing | undefined;
}

/**
 * Weight and mean of each cluster. The mean is taken relative to the cluster's first row, so that a
 * cluster of equal rows has exactly that row as its mean. Cost O(n d).
 */
export function clusterCentroids(
  points: Float64Array,
  d: number,
  labels: Int32Array,
  k: number,
  { weights, skip, framing }: MomentsOptions = {},
): Pick<ClusterMoments, 'weight' | 'means'> {
  const origin = framing?.origin ?? new Float64Array(d);
  const scale = framing?.scale ?? 1;
  const weight = new Float64Array(k);
  const first = new Float64Array(k * d);
  const means = new Float64Array(k * d);
  for (let i = 0, at = 0; i < labels.length; i++, at += d) {
    if (skip?.[i]) continue;
    const cluster = labels[i]!;
    const m = cluster * d;
    if (weight[cluster] === 0) for (let c = 0; c < d; c++) first[m + c] = points[at + c]!;
    const w = weights === undefined ? 1 : weights[i]!;
    weight[cluster]! += w;
    let c = 0;
    for (; c + 2 <= d; c += 2) {
      means[m + c]! += w * (points[at + c]! - first[m + c]!);
      means[m + c + 1]! += w * (points[at + c + 1]! - first[m + c + 1]!);
    }
    if (c < d) means[m + c]! += w * (points[at + c]! - first[m + c]!);
  }
  for (let cluster = 0, m = 0; cluster < k; cluster++, m += d) {
    if (weight[cluster] === 0) continue;
    for (let c = 0; c < d; c++) {
      const mean = first[m + c]! - origin[c]! + means[m + c]! / weight[cluster]!;
      means[m + c] = mean * scale;
    }
  }
  return { weight, means };
}

/** Squared distance of each row to the mean of its cluster. Two sums, of even and of odd columns. Cost O(n d). */
export function squaresToMeans(
  points: Float64Array,
  d: number,
  labels: Int32Array,
  means: Float64Array,
  framing?: Framing,
): Float64Array {
  const origin = framing?.origin ?? new Float64Array(d);
  const scale = framing?.scale ?? 1;
  const squares = new Float64Array(labels.length);
  for (let i = 0, at = 0; i < labels.length; i++, at += d) {
    const m = labels[i]! * d;
    let even = 0;
    let odd = 0;
    let c = 0;
    for (; c + 2 <= d; c += 2) {
      const e = (points[at + c]! - origin[c]!) * scale - means[m + c]!;
      const f = (points[at + c + 1]! - origin[c + 1]!) * scale - means[m + c + 1]!;
      even += e * e;
      odd += f * f;
    }
    if (c < d) {
      const e = (points[at + c]! - origin[c]!) * scale - means[m + c]!;
      even += e * e;
    }
    squares[i] = even + odd;
  }
  return squares;
}

/** Weight, mean and scatter of each cluster; a cluster of equal rows has exactly zero scatter. Cost O(n d). */
export function clusterMoments(
  points: Float64Array,
  d: number,
  labels: Int32Array,
  k: number,
  options: MomentsOptions = {},
): ClusterMoments {
  const { weights, skip, framing } = options;
  const { weight, means } = clusterCentroids(points, d, labels, k, options);
  const squares = squaresToMeans(points, d, labels, means, framing);
  const scatter = new Float64Array(k);
  for (let i = 0; i < squares.length; i++) {
    if (!skip?.[i]) scatter[labels[i]!]! += (weights === undefined ? 1 : weights[i]!) * squares[i]!;
  }
  return { weight, means, scatter };
}
