import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { information } from './information.js';

/**
 * Variation of information, in nats: H(truth | predicted) + H(predicted | truth), which equals
 * H(truth) + H(predicted) - 2 MI. What one labeling leaves untold about the other, both ways.
 *
 * Range 0 to ln n, **lower** is better; 0, exactly, for the same partition only. A true metric on
 * partitions: symmetric, and it keeps the triangle inequality. Duplicating every row leaves it as it is.
 *
 * Cost O(n + classes). Source: Meila 2007, doi:10.1016/j.jmva.2006.11.013.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { variationOfInformation } from 'clusterlens';
 * console.log(variationOfInformation([0, 0, 1, 1], [0, 0, 1, 1])); // 0
 * console.log(variationOfInformation([0, 0, 1, 1], [0, 0, 1, 2]).toFixed(3)); // 0.347
 */
export function variationOfInformation(truth: Labels, predicted: Labels, ...more: []): number {
  nothingMore('variationOfInformation', more, [truth, predicted]);
  const found = information(readContingency('variationOfInformation', truth, predicted));
  return found.truthGivenPredicted + found.predictedGivenTruth;
}
