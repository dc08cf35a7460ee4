import type { Labels } from '../../core/types.js';
import { nothingMore } from '../../data/options.js';
import { readContingency } from './contingency.js';

export interface BCubed {
  readonly precision: number;
  readonly recall: number;
  /** Harmonic mean of precision and recall. */
  readonly f: number;
}

/**
 * BCubed precision and recall: for each row, the share of its predicted cluster that has its class
 * (precision) and the share of its class that lies in its cluster (recall), the row itself counted,
 * averaged over rows: (1 / n) sum n_ij^2 / b_j and (1 / n) sum n_ij^2 / a_i.
 *
 * Range above 0 to 1, higher is better, all three 1 for the same partition only. Swapping the
 * arguments swaps precision and recall. Duplicating every row leaves it as it is. Not corrected for
 * chance.
 *
 * Cost O(n + classes). Source: Amigo et al. 2009, doi:10.1007/s10791-008-9066-8.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { bCubed } from 'clusterlens';
 * const { precision, recall, f } = bCubed([0, 0, 1, 1], [0, 0, 1, 2]);
 * console.log(precision, recall, f.toFixed(3)); // 1 0.75 0.857
 */
export function bCubed(truth: Labels, predicted: Labels, ...more: []): BCubed {
  nothingMore('bCubed', more, [truth, predicted]);
  const table = readContingency('bCubed', truth, predicted);
  const { n, truthCounts, predictedCounts, cellTruth, cellPredicted, cellCounts } = table;
  let inCluster = 0;
  let inClass = 0;
  for (let p = 0; p < cellCounts.length; p++) {
    const count = cellCounts[p]!;
    // The share first: it is exactly 1 for a cell that is its whole class or cluster.
    inCluster += count * (count / predictedCounts[cellPredicted[p]!]!);
    inClass += count * (count / truthCounts[cellTruth[p]!]!);
  }
  const precision = inCluster / n;
  const recall = inClass / n;
  return { precision, recall, f: (2 * precision * recall) / (precision + recall) };
}
