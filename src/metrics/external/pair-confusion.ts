import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { pairCounts } from './pair-counts.js';

/**
 * The pair confusion matrix: how many of the n (n - 1) **ordered** pairs of two different rows are
 * kept apart by both labelings `[0][0]`, joined by `predicted` only `[0][1]`, joined by `truth` only
 * `[1][0]`, joined by both `[1][1]`. Laid out and counted as scikit-learn's `pair_confusion_matrix`,
 * so every unordered pair counts twice. Swapping the arguments transposes it.
 *
 * Cost O(n + classes). Source: Hubert and Arabie 1985, doi:10.1007/BF01908075.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows; names need not match those of `truth`.
 * @returns 2 x 2 counts, >= 0, with sum n (n - 1); exact to 2^53.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { pairConfusion } from 'clusterlens';
 * console.log(pairConfusion([0, 0, 1, 1], [0, 0, 1, 2])); // [ [ 8, 0 ], [ 2, 2 ] ]
 */
export function pairConfusion(
  truth: Labels,
  predicted: Labels,
  ...more: []
): readonly [readonly [number, number], readonly [number, number]] {
  nothingMore('pairConfusion', more, [truth, predicted]);
  const { both, truthOnly, predictedOnly, neither } = pairCounts(readContingency('pairConfusion', truth, predicted));
  return [
    [neither, predictedOnly],
    [truthOnly, both],
  ];
}
