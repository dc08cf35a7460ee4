import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { type PairCounts, pairCounts } from './pair-counts.js';

/** The index of pair counts. */
export function fowlkesMallowsOfPairs({ both, truthOnly, predictedOnly }: PairCounts): number {
  if (both === 0) return 0;
  return Math.sqrt(both / (both + predictedOnly)) * Math.sqrt(both / (both + truthOnly));
}

/**
 * The Fowlkes-Mallows index: geometric mean of the precision and the recall of pairs,
 * sqrt(tp / (tp + fp)) sqrt(tp / (tp + fn)), over pairs of rows joined by `predicted` and by `truth`.
 *
 * Range 0 to 1, higher is better, 1 for the same partition. Where no pair is joined by both it is 0,
 * as in scikit-learn, so that all singletons on both sides give 0 and not 1. Not corrected for chance.
 * Symmetric.
 *
 * Cost O(n + classes). Source: Fowlkes and Mallows 1983, doi:10.1080/01621459.1983.10478008.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { fowlkesMallows } from 'clusterlens';
 * console.log(fowlkesMallows([0, 0, 1, 1], [0, 0, 1, 2]).toFixed(3)); // 0.707
 */
export function fowlkesMallows(truth: Labels, predicted: Labels, ...more: []): number {
  nothingMore('fowlkesMallows', more, [truth, predicted]);
  return fowlkesMallowsOfPairs(pairCounts(readContingency('fowlkesMallows', truth, predicted)));
}
