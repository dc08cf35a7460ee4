import type { Labels } from '../../core/types.js';
import { checkOptions, nothingMore } from '../../data/options.js';
import { type AverageOptions, averageOf, meanOf } from './average.js';
import { readContingency, samePartition } from './contingency.js';
import { information } from './information.js';

/**
 * Mutual information over a mean of the two entropies (NMI): MI / mean(H(truth), H(predicted)).
 *
 * Range 0 to 1, higher is better: 1 for the same partition (also one cluster on both sides), 0 when
 * the labelings are independent or one side is a single cluster and the other is not. Not corrected
 * for chance: it grows with the number of clusters. With the arithmetic mean it is the V-measure.
 * Symmetric up to rounding.
 *
 * Cost O(n + classes). Source: Strehl and Ghosh 2002, doi:10.1162/153244303321897735.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-name, unknown-option);
 *   ShapeError when lengths differ.
 *
 * @example
 * import { normalizedMutualInformation } from 'clusterlens';
 * const truth = [0, 0, 1, 1];
 * console.log(normalizedMutualInformation(truth, [0, 0, 1, 2]).toFixed(3)); // 0.800
 * console.log(normalizedMutualInformation(truth, [0, 0, 1, 2], { average: 'max' }).toFixed(3)); // 0.667
 */
export function normalizedMutualInformation(
  truth: Labels,
  predicted: Labels,
  options?: AverageOptions,
  ...more: []
): number {
  nothingMore('normalizedMutualInformation', more, [truth, predicted, options]);
  const where = 'normalizedMutualInformation';
  const average = averageOf(where, checkOptions(where, options, ['average']).average);
  const table = readContingency(where, truth, predicted);
  if (samePartition(table)) return 1;
  const { mutual, truthEntropy, predictedEntropy } = information(table);
  if (mutual === 0) return 0;
  return Math.min(1, mutual / meanOf(average, truthEntropy, predictedEntropy));
}
