import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { bestMatching, matchedRows } from './matched-rows.js';

/**
 * Clustering accuracy: the share of rows that are right under the best one-to-one naming of clusters
 * by classes, (1 / n) max over matchings of the sum of n_ij (the assignment problem of the Hungarian
 * method). Where there are more clusters than classes, or fewer, the rest stays unmatched and counts
 * as wrong.
 *
 * Range above 0 (at least 1 / max(classes, clusters)) to 1, higher is better, 1 for the
 * same partition only; at most `purity`. Symmetric. Not corrected for chance.
 *
 * Cost O(n) plus shortest augmenting paths over the m <= n occupied cells: O(classes x m log m) at
 * worst, usually far less; memory O(n). Source: Kuhn 1955, doi:10.1002/nav.3800020109; Jonker and
 * Volgenant 1987, doi:10.1007/BF02278710.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { matchingAccuracy } from 'clusterlens';
 * console.log(matchingAccuracy(['a', 'a', 'b', 'b', 'b'], [1, 1, 0, 0, 2])); // 0.8
 */
export function matchingAccuracy(truth: Labels, predicted: Labels, ...more: []): number {
  nothingMore('matchingAccuracy', more, [truth, predicted]);
  const table = readContingency('matchingAccuracy', truth, predicted);
  return matchedRows(table, bestMatching(table)) / table.n;
}
