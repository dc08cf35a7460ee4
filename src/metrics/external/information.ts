import { divergenceTerm } from '../../kernels/divergence-term.js';
import { logOnePlus } from '../../kernels/log-one-plus.js';
import { entropy } from '../../statistics/entropy.js';
import type { Contingency } from './contingency.js';

/** Entropies of two labelings, in nats. Every one is a sum of terms that are not negative. */
export interface Information {
  readonly truthEntropy: number;
  readonly predictedEntropy: number;
  /** What the two share: 0 when independent, never below. */
  readonly mutual: number;
  /** H(truth | predicted): 0, exactly, when every cluster holds one class. */
  readonly truthGivenPredicted: number;
  /** H(predicted | truth): 0, exactly, when every class lies in one cluster. */
  readonly predictedGivenTruth: number;
}

export function information(table: Contingency): Information {
  const { n, truthCounts, predictedCounts, cellTruth, cellPredicted, cellCounts } = table;
  let truthGivenPredicted = 0;
  let predictedGivenTruth = 0;
  let divergence = 0;
  let occupied = 0;
  for (let p = 0; p < cellCounts.length; p++) {
    const count = cellCounts[p]!;
    const a = truthCounts[cellTruth[p]!]!;
    const b = predictedCounts[cellPredicted[p]!]!;
    truthGivenPredicted += count * logOnePlus((b - count) / count);
    predictedGivenTruth += count * logOnePlus((a - count) / count);
    // The usual sum of p ln(p / q) has terms of both signs. Both p and q sum to 1, so the sum of
    // q ((1 + t) ln(1 + t) - t) with p = q (1 + t) is the same and has none below 0.
    const independent = a * b;
    divergence += independent * divergenceTerm((n * count - independent) / independent);
    occupied += independent;
  }
  return {
    truthEntropy: entropy(truthCounts, n),
    predictedEntropy: entropy(predictedCounts, n),
    // An empty cell has t = -1 and adds q: together, whatever the occupied ones leave.
    mutual: (divergence + (n * n - occupied)) / n / n,
    truthGivenPredicted: truthGivenPredicted / n,
    predictedGivenTruth: predictedGivenTruth / n,
  };
}
