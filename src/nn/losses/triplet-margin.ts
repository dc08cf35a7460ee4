import type { Labels } from '../../core/types.js';
import { checkOptions, nothingMore, numberIn, oneOf } from '../../data/options.js';
import { l2Normalize } from '../ops/norm.js';
import { record } from '../record.js';
import { Tensor } from '../tensor.js';
import { findAnchors } from './contrast-op.js';
import type { Loss } from './loss.js';
import type { MinedTriplets, Mining } from './mine-triplets.js';
import { labelled } from './sup-con.js';
import { tripletOp } from './triplet-op.js';

export interface TripletMarginOptions {
  /** How much farther than the positive a negative must be, in units of the distance. Default 1, above 0. */
  readonly margin?: number | undefined;
  /**
   * `all` (default): every triplet of the batch. `hard`: for each anchor its farthest positive and
   * its nearest negative (Hermans et al. 2017, arXiv:1703.07737). `semi-hard`: for each anchor and each
   * of its positives the nearest negative that is farther than the positive (Schroff et al. 2015); when
   * it is farther by more than the margin the triplet counts 0; when none is farther, the farthest
   * negative stands in, as in TensorFlow's `triplet_semihard_loss`, and the triplet is counted in
   * `fallbackTriplets`. Rows at the same distance share the gradient.
   */
  readonly mining?: Mining | undefined;
  /**
   * `euclidean` (default) between the rows as they are, or `cosine`: 1 - the cosine, from 0 to 2, and 1
   * to a zero vector.
   */
  readonly distance?: 'euclidean' | 'cosine' | undefined;
}

export interface TripletMarginLoss extends Loss {
  /** Triplets compared, and those of them that still violate the margin. */
  readonly triplets: number;
  readonly activeTriplets: number;
  /** With `semi-hard`: triplets without a negative farther than the positive. */
  readonly fallbackTriplets: number;
  readonly margin: number;
  readonly mining: Mining;
  readonly distance: 'euclidean' | 'cosine';
}

/**
 * Mean over triplets (anchor, positive of the same label, negative of another) of
 * max(0, d(a, p) - d(a, n) + margin).
 * Schroff et al. 2015, doi:10.1109/CVPR.2015.7298682.
 *
 * Lower is better; range [0, inf). Floor 0; ceiling `margin`, the value when all embeddings are
 * equal. Anchors without a positive or without a negative are skipped and counted; when none is left
 * the loss is the constant 0 with `validAnchors: 0`, `backward` of which throws.
 *
 * Memory B^2. Cost B^2 (d + log B), also of `all`, whose triplets are not compared one by one.
 *
 * @param embeddings B x d.
 * @param labels B labels.
 * @throws InputError on bad labels or options, and not-finite when a distance overflows; ShapeError
 *   length-mismatch, shape-mismatch.
 *
 * @example
 * import { tensor, tripletMargin } from 'clusterlens/nn';
 * const embeddings = tensor([[0], [1], [1.5], [4]]);
 * const { value, triplets, activeTriplets } = tripletMargin(embeddings, ['a', 'a', 'b', 'b'], { margin: 1 });
 * console.log(value, triplets, activeTriplets); // 0.9375 8 5
 */
export function tripletMargin(
  embeddings: Tensor,
  labels: Labels,
  options?: TripletMarginOptions,
  ...more: []
): TripletMarginLoss {
  nothingMore('tripletMargin', more, [embeddings, labels, options]);
  const where = 'tripletMargin';
  // First: whoever comes from PyTorch may give anchors, positives and negatives.
  const { rows, codes } = labelled(where, embeddings, labels);
  const loose = checkOptions(where, options, ['margin', 'mining', 'distance']);
  const margin = numberIn(where, 'margin', loose.margin, { min: 0, open: true }, 1);
  const mining = oneOf(where, 'mining', loose.mining, ['all', 'hard', 'semi-hard'], 'all');
  const distance = oneOf(where, 'distance', loose.distance, ['euclidean', 'cosine'], 'euclidean');
  const n = codes.length;
  const { validAnchors: paired, positives } = findAnchors(codes, new Int32Array(n));
  // With one class there is no negative.
  const validAnchors = positives[0] === n - 1 ? 0 : paired;
  const counts = { validAnchors, skippedAnchors: n - validAnchors, margin, mining, distance };
  let found: MinedTriplets = { sum: 0, triplets: 0, active: 0, fallback: 0 };
  const report = (mined: MinedTriplets) => {
    found = mined;
  };
  const given = distance === 'cosine' ? l2Normalize(rows) : rows;
  const loss =
    validAnchors === 0
      ? new Tensor(Float64Array.of(0), [])
      : record(tripletOp, [given], { codes, margin, mining, distance, report });
  return {
    loss,
    value: loss.item(),
    floor: 0,
    ceiling: validAnchors === 0 ? 0 : margin,
    triplets: found.triplets,
    activeTriplets: found.active,
    fallbackTriplets: found.fallback,
    ...counts,
  };
}
