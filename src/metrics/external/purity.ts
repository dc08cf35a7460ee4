import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';

/**
 * Purity: the share of rows that belong to the largest class of their predicted cluster,
 * (1 / n) sum over clusters j of max over classes i of n_ij.
 *
 * Range: the share of the largest class (at least 1 / k) to 1, higher is better. Not symmetric: all
 * singletons as `predicted` give 1, so it says little without the number of clusters. Not corrected
 * for chance. For one-to-one matching see `matchingAccuracy`.
 *
 * Cost O(n + classes). Source: Manning, Raghavan and Schuetze 2008, doi:10.1017/CBO9780511809071, section 16.3.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { purity } from 'clusterlens';
 * console.log(purity(['a', 'a', 'b', 'b', 'b'], [0, 0, 0, 1, 1])); // 0.8
 */
export function purity(truth: Labels, predicted: Labels, ...more: []): number {
  nothingMore('purity', more, [truth, predicted]);
  const { n, predictedCounts, cellPredicted, cellCounts } = readContingency('purity', truth, predicted);
  const largest = new Int32Array(predictedCounts.length);
  for (let p = 0; p < cellCounts.length; p++) {
    const cluster = cellPredicted[p]!;
    if (cellCounts[p]! > largest[cluster]!) largest[cluster] = cellCounts[p]!;
  }
  return largest.reduce((sum, count) => sum + count, 0) / n;
}
