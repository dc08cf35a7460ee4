import { l2Normalize } from '../ops/norm.js';
import { record } from '../record.js';
import { Tensor } from '../tensor.js';
import { contrastBounds, contrastOp, findAnchors } from './contrast-op.js';
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

/** `contrastOf` on the cosine similarities of the rows. */
export function contrast(embeddings: Tensor, codes: Int32Array, temperature: number): ContrastiveLoss {
  const n = codes.length;
  const anchors = findAnchors(codes, new Int32Array(n));
  const { validAnchors } = anchors;
  const unit = l2Normalize(embeddings);
  const loss =
    validAnchors === 0 ? new Tensor(Float64Array.of(0), []) : record(contrastOp, [unit], { ...anchors, temperature });
  return {
    loss,
    value: loss.item(),
    ...contrastBounds(anchors),
    validAnchors,
    skippedAnchors: n - validAnchors,
    zeroVectors: countZeroRows(unit),
    temperature,
  };
}
