import { clusterOrder } from './cluster-order.js';
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
 * cluster of equal rows has exactly that row as its mean. Every sum takes rows in ascending order.
 * Cost O(n d).
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
  const means = new Float64Array(k * d);
  const { order, offsets } = clusterOrder(labels, k);
  for (let cluster = 0, m = 0; cluster < k; cluster++, m += d) {
    const members = order.subarray(offsets[cluster]!, offsets[cluster + 1]!);
    const rows = skip === undefined ? members : members.filter((i) => skip[i] !== 1);
    if (rows.length === 0) continue;
    const first = rows[0]! * d;
    const sum = means.subarray(m, m + d);
    addOffsets(points, d, rows, first, weights, sum);
    const total = weights === undefined ? rows.length : rows.reduce((all, i) => all + weights[i]!, 0);
    weight[cluster] = total;
    for (let c = 0; c < d; c++) sum[c] = (points[first + c]! - origin[c]! + sum[c]! / total) * scale;
  }
  return { weight, means };
}

/** Adds the weighted offsets of rows from the row at `first`, four rows at a time. */
function addOffsets(
  points: Float64Array,
  d: number,
  rows: Int32Array,
  first: number,
  weights: Float64Array | undefined,
  sum: Float64Array,
): void {
  const weightOf = (r: number) => (weights === undefined ? 1 : weights[rows[r]!]!);
  let r = 0;
  for (; r + 4 <= rows.length; r += 4) {
    const a0 = rows[r]! * d;
    const a1 = rows[r + 1]! * d;
    const a2 = rows[r + 2]! * d;
    const a3 = rows[r + 3]! * d;
    const w0 = weightOf(r);
    const w1 = weightOf(r + 1);
    const w2 = weightOf(r + 2);
    const w3 = weightOf(r + 3);
    for (let c = 0; c < d; c++) {
      const from = points[first + c]!;
      sum[c] =
        sum[c]! +
        w0 * (points[a0 + c]! - from) +
        w1 * (points[a1 + c]! - from) +
        w2 * (points[a2 + c]! - from) +
        w3 * (points[a3 + c]! - from);
    }
  }
  for (; r < rows.length; r++) {
    const a = rows[r]! * d;
    const w = weightOf(r);
    for (let c = 0; c < d; c++) sum[c]! += w * (points[a + c]! - points[first + c]!);
  }
}

/** Squared distance of each row to the mean of its cluster, in the frame. Cost O(n d). */
export function squaresToMeans(
  points: Float64Array,
  d: number,
  labels: Int32Array,
  means: Float64Array,
  framing?: Framing,
): Float64Array {
  const squares = new Float64Array(labels.length);
  const row = new Float64Array(d);
  const framed = framing !== undefined && (framing.scale !== 1 || framing.origin.some((value) => value !== 0));
  for (let i = 0, at = 0; i < labels.length; i++, at += d) {
    const m = labels[i]! * d;
    if (framed) {
      for (let c = 0; c < d; c++) row[c] = (points[at + c]! - framing.origin[c]!) * framing.scale;
      squares[i] = squareBetween(row, 0, means, m, d);
    } else squares[i] = squareBetween(points, at, means, m, d);
  }
  return squares;
}

/** Squared distance between two rows: four sums, of every fourth column. */
function squareBetween(x: Float64Array, xi: number, y: Float64Array, yi: number, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let c = 0;
  for (; c + 4 <= d; c += 4) {
    const p = xi + c;
    const q = yi + c;
    const e0 = x[p]! - y[q]!;
    const e1 = x[p + 1]! - y[q + 1]!;
    const e2 = x[p + 2]! - y[q + 2]!;
    const e3 = x[p + 3]! - y[q + 3]!;
    s0 += e0 * e0;
    s1 += e1 * e1;
    s2 += e2 * e2;
    s3 += e3 * e3;
  }
  for (; c < d; c++) {
    const e = x[xi + c]! - y[yi + c]!;
    s0 += e * e;
  }
  return s0 + s1 + s2 + s3;
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
