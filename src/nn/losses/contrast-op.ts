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
    const similarity = new Float64Array(n * n);
    addMatmulTransposed(unit!.data, unit!.data, similarity, n, unit!.shape[1]!, n);
    for (let p = 0; p < similarity.length; p++) similarity[p]! /= temperature;
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
