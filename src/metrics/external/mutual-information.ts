import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { information } from './information.js';

/**
 * Mutual information of two labelings, in nats: sum over classes i and clusters j of
 * (n_ij / n) ln(n n_ij / (a_i b_j)), with class sizes a_i, cluster sizes b_j and n_ij rows in both.
 *
 * Range 0 to min(H(truth), H(predicted)), higher is better; exactly 0 for independent labelings and
 * when one side is a single cluster. Grows with the number of clusters: compare with
 * `adjustedMutualInformation`. Symmetric up to rounding. Summed without cancellation, so that nearly
 * independent labelings keep their digits and none gives a negative value.
 *
 * Cost O(n + classes). Source: Cover and Thomas 2006, doi:10.1002/047174882X, chapter 2.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { mutualInformation } from 'clusterlens';
 * console.log(mutualInformation([0, 0, 1, 1], [5, 5, 7, 7]) === Math.LN2); // true
 * console.log(mutualInformation([0, 0, 1, 1], [0, 1, 0, 1])); // 0
 */
export function mutualInformation(truth: Labels, predicted: Labels, ...more: []): number {
  nothingMore('mutualInformation', more, [truth, predicted]);
  return information(readContingency('mutualInformation', truth, predicted)).mutual;
}
