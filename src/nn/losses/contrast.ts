import { gather, reshape, transpose } from '../ops/arrange.js';
import { div, mul, sub } from '../ops/binary.js';
import { matmul } from '../ops/matmul.js';
import { l2Normalize } from '../ops/norm.js';
import { logSumExp, sum } from '../ops/reduce.js';
import { neg } from '../ops/unary.js';
import { Tensor } from '../tensor.js';
import type { Loss } from './loss.js';

export interface ContrastiveLoss extends Loss {
  /** Embeddings without a direction: similarity 0 to all others, gradient 0. */
  readonly zeroVectors: number;
  readonly temperature: number;
}

/** For each row of an n x n matrix the flat indices of the n - 1 elements beside the diagonal. */
function offDiagonal(n: number): Int32Array {
  const indices = new Int32Array(n * (n - 1));
  let at = 0;
  for (let p = 0; p < n * n; p++) if (p % (n + 1) !== 0) indices[at++] = p;
  return indices;
}

function countZeroRows({ data, shape }: Tensor): number {
  const width = shape[1]!;
  let zeros = 0;
  for (let i = 0; i < shape[0]!; i++) {
    if (data.subarray(i * width, (i + 1) * width).every((value) => value === 0)) zeros++;
  }
  return zeros;
}

/**
 * Mean over the anchors i with positives P(i) of
 * -1/|P(i)| sum over p in P(i) of log( e^(z_i z_p / t) / sum over a other than i of e^(z_i z_a / t) ),
 * z being the normalised rows. Row i and row j are positives of each other when their codes are equal.
 */
export function contrast(embeddings: Tensor, codes: Int32Array, temperature: number): ContrastiveLoss {
  const n = codes.length;
  const positives = codes.map((code) => codes.reduce((count, other) => count + (other === code ? 1 : 0), -1));
  const validAnchors = positives.reduce((count, own) => count + (own > 0 ? 1 : 0), 0);
  const unit = l2Normalize(embeddings);
  const counts = { validAnchors, skippedAnchors: n - validAnchors, zeroVectors: countZeroRows(unit), temperature };
  if (validAnchors === 0)
    return { loss: new Tensor(Float64Array.of(0), []), value: 0, floor: 0, ceiling: 0, ...counts };

  // The diagonal is left out before the row maximum is taken: it is 1 / t, and would drown the others.
  const others = offDiagonal(n);
  const similarity = div(matmul(unit, transpose(unit)), temperature);
  const toOthers = reshape(gather(reshape(similarity, [n * n, 1]), others), [n, n - 1]);
  const logProbability = sub(toOthers, logSumExp(toOthers, { axis: 1, keepDim: true }));
  const weights = new Float64Array(others.length);
  others.forEach((place, at) => {
    const i = Math.floor(place / n);
    if (codes[i] === codes[place % n]) weights[at] = 1 / (positives[i]! * validAnchors);
  });
  const loss = neg(sum(mul(logProbability, new Tensor(weights, [n, n - 1]))));

  let floor = 0;
  for (const own of positives) if (own > 0) floor += Math.log(own) / validAnchors;
  return { loss, value: loss.item(), floor, ceiling: Math.log(n - 1), ...counts };
}
