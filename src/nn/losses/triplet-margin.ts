import type { Labels } from '../../core/types.js';
import { checkOptions, numberIn, oneOf } from '../../data/options.js';
import { gather, reshape } from '../ops/arrange.js';
import { add, sub } from '../ops/binary.js';
import { norm } from '../ops/norm.js';
import { mean } from '../ops/reduce.js';
import { relu } from '../ops/unary.js';
import { Tensor } from '../tensor.js';
import type { Loss } from './loss.js';
import { labelled } from './sup-con.js';

export interface TripletMarginOptions {
  /** How much farther than the positive a negative must be, in units of the embedding. Default 1, above 0. */
  readonly margin?: number | undefined;
  /**
   * `all` (default): every triplet of the batch. `hard`: for each anchor its farthest positive and
   * its nearest negative (Hermans et al. 2017, arXiv:1703.07737); ties go to the first row.
   */
  readonly mining?: 'all' | 'hard' | undefined;
}

export interface TripletMarginLoss extends Loss {
  /** Triplets compared, and those of them that still violate the margin. */
  readonly triplets: number;
  readonly activeTriplets: number;
  readonly margin: number;
  readonly mining: 'all' | 'hard';
}

/** Calls `visit` for every anchor with its positives and its negatives. */
function eachAnchor(
  codes: Int32Array,
  visit: (anchor: number, positives: readonly number[], negatives: readonly number[]) => void,
): void {
  const rows = Array.from(codes, (_, i) => i);
  for (const anchor of rows) {
    const positives = rows.filter((i) => codes[i] === codes[anchor] && i !== anchor);
    const negatives = rows.filter((i) => codes[i] !== codes[anchor]);
    if (positives.length > 0 && negatives.length > 0) visit(anchor, positives, negatives);
  }
}

/**
 * Mean over triplets (anchor, positive of the same label, negative of another) of
 * max(0, |a - p| - |a - n| + margin), with Euclidean distances, not normalised.
 * Schroff et al. 2015, doi:10.1109/CVPR.2015.7298682.
 *
 * Lower is better; range [0, inf). Floor 0; ceiling `margin`, the value when all embeddings are
 * equal. Anchors without a positive or without a negative are skipped and counted; when none is left
 * the loss is the constant 0 with `validAnchors: 0`, `backward` of which throws.
 *
 * @param embeddings B x d. @param labels B labels.
 * @throws InputError on bad labels or options; ShapeError length-mismatch, shape-mismatch.
 *   Cost B^2 d, and with `all` up to B^3 / 4 triplets.
 */
export function tripletMargin(embeddings: Tensor, labels: Labels, options?: TripletMarginOptions): TripletMarginLoss {
  const loose = checkOptions('tripletMargin', options, ['margin', 'mining']);
  const margin = numberIn('tripletMargin', 'margin', loose.margin, { min: 0, open: true }, 1);
  const mining = oneOf('tripletMargin', 'mining', loose.mining, ['all', 'hard'], 'all');
  const { rows, codes } = labelled('tripletMargin', embeddings, labels);
  const n = codes.length;

  const firsts = Array.from({ length: n * n }, (_, p) => Math.floor(p / n));
  const seconds = Array.from({ length: n * n }, (_, p) => p % n);
  const distances = reshape(norm(sub(gather(rows, firsts), gather(rows, seconds))), [n * n, 1]);
  const distance = (i: number, j: number) => distances.data[i * n + j]!;

  const toPositive: number[] = [];
  const toNegative: number[] = [];
  let validAnchors = 0;
  eachAnchor(codes, (anchor, positives, negatives) => {
    validAnchors++;
    const hardest = (candidates: readonly number[], farthest: boolean) =>
      candidates.reduce((best, i) => {
        const gap = distance(anchor, i) - distance(anchor, best);
        return (farthest ? gap > 0 : gap < 0) ? i : best;
      });
    const chosen = mining === 'all' ? positives : [hardest(positives, true)];
    const against = mining === 'all' ? negatives : [hardest(negatives, false)];
    for (const p of chosen) {
      for (const q of against) {
        toPositive.push(anchor * n + p);
        toNegative.push(anchor * n + q);
      }
    }
  });
  const counts = { validAnchors, skippedAnchors: n - validAnchors, triplets: toPositive.length, margin, mining };
  if (validAnchors === 0) {
    return { loss: new Tensor(Float64Array.of(0), []), value: 0, floor: 0, ceiling: 0, activeTriplets: 0, ...counts };
  }
  const violation = relu(add(sub(gather(distances, toPositive), gather(distances, toNegative)), margin));
  const activeTriplets = violation.data.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  const loss = mean(violation);
  return { loss, value: loss.item(), floor: 0, ceiling: margin, activeTriplets, ...counts };
}
