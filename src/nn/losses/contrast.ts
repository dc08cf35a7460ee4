import { l2Normalize } from '../ops/norm.js';
import { record, Tensor } from '../tensor.js';
import { contrastOp } from './contrast-op.js';
import type { Loss } from './loss.js';

export interface ContrastiveLoss extends Loss {
  /** Embeddings without a direction: similarity 0 to all others, gradient 0. */
  readonly zeroVectors: number;
  readonly temperature: number;
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

  const loss = record(contrastOp, [unit], { codes, positives, validAnchors, temperature });

  let floor = 0;
  for (const own of positives) if (own > 0) floor += Math.log(own) / validAnchors;
  return { loss, value: loss.item(), floor, ceiling: Math.log(n - 1), ...counts };
}
