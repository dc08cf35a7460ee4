import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { pairCounts } from './pair-counts.js';

/**
 * The Rand index: the share of pairs of rows on which two labelings agree, joined by both or kept
 * apart by both.
 *
 * Range 0 to 1, higher is better, 1 for the same partition; a single row gives 1. Not corrected for
 * chance: with many clusters random labelings come close to 1, see `adjustedRandIndex`. Symmetric.
 *
 * Cost O(n + classes). Source: Rand 1971, doi:10.1080/01621459.1971.10482356.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { randIndex } from 'clusterlens';
 * console.log(randIndex([0, 0, 1, 1], [0, 0, 1, 2]).toFixed(3)); // 0.833
 */
export function randIndex(truth: Labels, predicted: Labels, ...more: []): number {
  nothingMore('randIndex', more, [truth, predicted]);
  const { both, truthOnly, predictedOnly, neither } = pairCounts(readContingency('randIndex', truth, predicted));
  const disagreeing = truthOnly + predictedOnly;
  if (disagreeing === 0) return 1;
  const agreeing = both + neither;
  return agreeing / (agreeing + disagreeing);
}
