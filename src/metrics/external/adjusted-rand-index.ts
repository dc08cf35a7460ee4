import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { type PairCounts, pairCounts } from './pair-counts.js';

/**
 * ARI of pair counts. In integers: the products of two pair counts pass 2^53 from n = 10,000 on,
 * and their difference is small just where the labelings are nearly independent.
 */
export function adjustedRandOfPairs(pairs: PairCounts): number {
  if (pairs.truthOnly === 0 && pairs.predictedOnly === 0) return 1;
  const both = BigInt(pairs.both);
  const truthOnly = BigInt(pairs.truthOnly);
  const predictedOnly = BigInt(pairs.predictedOnly);
  const neither = BigInt(pairs.neither);
  const above = 2n * (both * neither - truthOnly * predictedOnly);
  const below = (both + truthOnly) * (truthOnly + neither) + (both + predictedOnly) * (predictedOnly + neither);
  return Number(above) / Number(below);
}

/**
 * The Rand index corrected for chance (ARI): (RI - E) / (max - E), where E is its mean over random
 * labelings with the same class sizes. With ordered pairs joined by both (tp), by neither (tn), by
 * the prediction only (fp) and by the truth only (fn):
 * 2 (tp tn - fn fp) / ((tp + fn) (fn + tn) + (tp + fp) (fp + tn)).
 *
 * Range -0.5 to 1, higher is better: 1 for the same partition (also for one row, one cluster on both
 * sides, all singletons on both sides), 0 on average for random labels and exactly when one side is a
 * single cluster or all singletons and the other is not. Symmetric; names of labels do not matter.
 *
 * Cost O(n + classes). Source: Hubert and Arabie 1985, doi:10.1007/BF01908075.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { adjustedRandIndex } from 'clusterlens';
 * console.log(adjustedRandIndex([0, 0, 1, 1], [1, 1, 0, 0])); // 1
 * console.log(adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2]).toFixed(3)); // 0.571
 */
export function adjustedRandIndex(truth: Labels, predicted: Labels, ...more: []): number {
  nothingMore('adjustedRandIndex', more, [truth, predicted]);
  return adjustedRandOfPairs(pairCounts(readContingency('adjustedRandIndex', truth, predicted)));
}
