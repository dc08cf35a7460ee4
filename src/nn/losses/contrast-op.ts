import { addMatmul, addMatmulTransposed } from '../../kernels/matmul.js';
import type { Op } from '../tensor.js';

export interface ContrastAttributes {
  /** Row i and row j are positives of each other when their codes are equal. */
  readonly codes: Int32Array;
  /** Number of positives of each row, and of rows that have one. */
  readonly positives: Int32Array;
  readonly validAnchors: number;
  readonly temperature: number;
}

/** Rows of the matrix of similarities that are computed at a time, each with those behind it only. */
const BLOCK = 32;

/** z_i z_j / t for all pairs of n rows of z; each product is taken once and stands in both places. */
function similarities(z: Float64Array, n: number, d: number, temperature: number): Float64Array {
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
      all[i * n + j] = all[j * n + i] = block[p]! / temperature;
    }
  }
  return all;
}

/**
 * For unit rows z the mean over the anchors i with positives P(i) of
 * -1/|P(i)| sum over p in P(i) of log( e^(z_i z_p / t) / sum over a other than i of e^(z_i z_a / t) ).
 * One operation, since a step on a small batch would else spend more time on this than on a layer.
 * Saved: the derivative by the similarities z_i z_j / t.
 */
export const contrastOp: Op<ContrastAttributes, Float64Array> = {
  name: 'contrast',
  forward([unit], { codes, positives, validAnchors, temperature }) {
    const n = codes.length;
    const similarity = similarities(unit!.data, n, unit!.shape[1]!, temperature);
    const derivative = new Float64Array(n * n);
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const own = positives[i]!;
      if (own === 0) continue;
      const row = i * n;
      // The row itself is left out before the maximum is taken: it is 1 / t, and would drown the others.
      let most = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < n; j++) if (j !== i && similarity[row + j]! > most) most = similarity[row + j]!;
      let total = 0;
      for (let j = 0; j < n; j++) {
        if (j !== i) total += derivative[row + j] = Math.exp(similarity[row + j]! - most);
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
    return { data: Float64Array.of(loss), shape: [], saved: derivative };
  },
  backward(gradient, { inputs: [unit], attributes: { codes, temperature }, saved: derivative }, [into]) {
    const n = codes.length;
    const both = new Float64Array(n * n);
    const scale = gradient[0]! / temperature;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) both[i * n + j] = scale * (derivative[i * n + j]! + derivative[j * n + i]!);
    }
    addMatmul(both, unit!.data, into!, n, n, unit!.shape[1]!);
  },
};
