import type { Labels } from '../../core/types.js';
import { checkOptions, nothingMore } from '../../data/options.js';
import { type Average, type AverageOptions, averageOf } from './average.js';
import { type Contingency, readContingency, samePartition } from './contingency.js';
import { type ExpectedInformation, expectedInformation } from './expected-information.js';
import { type Information, information } from './information.js';

/** One cluster, or as many as rows: the mutual information is then the same however rows are dealt. */
function trivial(counts: Int32Array, n: number): boolean {
  return counts.length === 1 || counts.length === n;
}

/** The index of entropies; `expected` depends on the sizes of the classes only, so tables with the same share it. */
export function adjustedInformation(
  table: Contingency,
  found: Information,
  expected: ExpectedInformation,
  average: Average,
): number {
  const { n, truthCounts, predictedCounts } = table;
  if (samePartition(table)) return 1;
  if (trivial(truthCounts, n) || trivial(predictedCounts, n)) return 0;
  // MI = H(x) - H(x | y), so MI - E[MI] and H - E[MI] are differences of conditional entropies.
  // Those are small where MI comes near its bound, and there MI and E[MI] would cancel.
  const above =
    expected.truthGivenPredicted < expected.predictedGivenTruth
      ? expected.truthGivenPredicted - found.truthGivenPredicted
      : expected.predictedGivenTruth - found.predictedGivenTruth;
  const lower = Math.min(expected.truthGivenPredicted, expected.predictedGivenTruth);
  const upper = Math.max(expected.truthGivenPredicted, expected.predictedGivenTruth);
  const smaller = Math.sqrt(Math.min(found.truthEntropy, found.predictedEntropy));
  const larger = Math.sqrt(Math.max(found.truthEntropy, found.predictedEntropy));
  const below = {
    arithmetic: lower / 2 + upper / 2,
    geometric: lower + smaller * (larger - smaller),
    min: lower,
    max: upper,
  };
  return Math.min(1, above / below[average]);
}

/**
 * Mutual information corrected for chance (AMI): (MI - E[MI]) / (mean(H(truth), H(predicted)) - E[MI]),
 * where E[MI] is the exact mean over all labelings with the same class sizes (hypergeometric sum).
 *
 * At most 1, higher is better: 1 for the same partition (also one cluster on both sides, or all
 * singletons on both sides), 0 on average for random labels, below 0 for less agreement than chance.
 * Exactly 0 when one side is a single cluster or all singletons and the other is not: MI then cannot
 * differ from its mean. Symmetric up to rounding.
 *
 * scikit-learn computes E[MI] from log-gamma, so its last digits differ (1e-9 relative is common at
 * n = 10,000), and where mean - E[MI] vanishes it returns rounding noise between 0 and 1.
 *
 * Cost O(n + classes + distinct class sizes x distinct cluster sizes x sqrt(largest size)).
 * Source: Vinh, Epps and Bailey 2010, https://jmlr.org/papers/v11/vinh10a.html.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-name, unknown-option);
 *   ShapeError when lengths differ.
 *
 * @example
 * import { adjustedMutualInformation } from 'clusterlens';
 * console.log(adjustedMutualInformation([0, 0, 1, 1], [1, 1, 0, 0])); // 1
 * console.log(adjustedMutualInformation([0, 0, 1, 1], [0, 0, 1, 2]).toFixed(3)); // 0.571
 */
export function adjustedMutualInformation(
  truth: Labels,
  predicted: Labels,
  options?: AverageOptions,
  ...more: []
): number {
  nothingMore('adjustedMutualInformation', more, [truth, predicted, options]);
  const where = 'adjustedMutualInformation';
  const average = averageOf(where, checkOptions(where, options, ['average']).average);
  const table = readContingency(where, truth, predicted);
  const expected = expectedInformation(table.truthCounts, table.predictedCounts, table.n);
  return adjustedInformation(table, information(table), expected, average);
}
