import { addMatmul, addMatmulTransposed } from '../../kernels/matmul.js';
import type { Op } from '../tensor.js';

/** Who is to find whom among n rows. */
export interface Anchors {
  /** Row i and row j are positives of each other when their codes are equal. */
  readonly codes: Int32Array;
  /** Number of positives of each row, and of rows that have one. */
  readonly positives: Int32Array;
  readonly validAnchors: number;
}

export interface ContrastAttributes extends Anchors {
  readonly temperature: number;
}

/** Counts the positives of each row into `positives`. Cost n^2. */
export function findAnchors(codes: Int32Array, positives: Int32Array): Anchors {
  let validAnchors = 0;
  for (let i = 0; i < codes.length; i++) {
    let own = -1;
    for (let j = 0; j < codes.length; j++) if (codes[j] === codes[i]) own++;
    positives[i] = own;
    if (own > 0) validAnchors++;
  }
  return { codes, positives, validAnchors };
}

/** Least and collapsed value of the loss. */
export function contrastBounds({ positives, validAnchors }: Anchors): { floor: number; ceiling: number } {
  if (validAnchors === 0) return { floor: 0, ceiling: 0 };
  let floor = 0;
  for (const own of positives) if (own > 0) floor += Math.log(own) / validAnchors;
  return { floor, ceiling: Math.log(positives.length - 1) };
}

/**
 * The mean over the anchors i with positives P(i) of
 * -1/|P(i)| sum over p in P(i) of log( e^(s_ip / t) / sum over a other than i of e^(s_ia / t) ),
 * with its derivative by s / t (n x n). The similarities (n x n) are divided by t where they lie.
 */
export function contrastOf(
  similarity: Float64Array,
  { codes, positives, validAnchors }: Anchors,
  temperature: number,
  derivative: Float64Array,
): number {
  const n = codes.length;
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const own = positives[i]!;
    const row = i * n;
    if (own === 0) {
      derivative.fill(0, row, row + n);
      continue;
    }
    // The row itself is left out before the maximum is taken: it is 1 / t, and would drown the others.
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < n; j++) {
      const scaled = similarity[row + j]! / temperature;
      similarity[row + j] = scaled;
      if (j !== i && scaled > most) most = scaled;
    }
    let total = 0;
    for (let j = 0; j < n; j++) {
      const e = j === i ? 0 : Math.exp(similarity[row + j]! - most);
      derivative[row + j] = e;
      total += e;
    }
    const logTotal = most + Math.log(total);
    const weight = 1 / (own * validAnchors);
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      derivative[row + j]! /= total * validAnchors;
      if (codes[j] !== codes[i]) continue;
      derivative[row + j]! -= weight;
      loss += weight * (logTotal - similarity[row + j]!);
    }
  }
  return loss;
}

/** scale / t (D + D^T) for the derivative D: a similarity stands in two places. */
export function bothWays(
  derivative: Float64Array,
  n: number,
  scale: number,
  temperature: number,
  into: Float64Array,
): void {
  const factor = scale / temperature;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) into[i * n + j] = factor * (derivative[i * n + j]! + derivative[j * n + i]!);
  }
}

/** Rows of the matrix of similarities that are computed at a time, each with those behind it only. */
const BLOCK = 32;

/** z_i z_j for all pairs of n rows of z; each product is taken once and stands in both places. */
export function similarities(z: Float64Array, n: number, d: number): Float64Array {
  const all = new Float64Array(n * n);
  for (let first = 0; first < n; first += BLOCK) {
    const rows = Math.min(BLOCK, n - first);
    const columns = n - first;
    const block = new Float64Array(rows * columns);
    const behind = z.subarray(first * d);
    addMatmulTransposed(behind, behind, block, rows, d, columns);
    for (let p = 0; p < block.length; p++) {
      const i = first + Math.floor(p / columns);
      const j = first + (p % columns);
      all[i * n + j] = all[j * n + i] = block[p]!;
    }
  }
  return all;
}

/**
 * `contrastOf` for unit rows z, with s_ij = z_i z_j. One operation, since a step on a small batch would
 * else spend more time on this than on a layer. Saved: the derivative.
 */
export const contrastOp: Op<ContrastAttributes, Float64Array> = {
  name: 'contrast',
  forward([unit], { temperature, ...anchors }) {
    const n = anchors.codes.length;
    const derivative = new Float64Array(n * n);
    const loss = contrastOf(similarities(unit!.data, n, unit!.shape[1]!), anchors, temperature, derivative);
    return { data: Float64Array.of(loss), shape: [], saved: derivative };
  },
  backward(gradient, { inputs: [unit], attributes: { codes, temperature }, saved: derivative }, [into]) {
    const n = codes.length;
    const both = new Float64Array(n * n);
    bothWays(derivative, n, gradient[0]!, temperature, both);
    addMatmul(both, unit!.data, into!, n, n, unit!.shape[1]!);
  },
};
