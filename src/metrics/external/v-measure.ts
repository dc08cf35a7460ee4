import type { Labels } from '../../core/types.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { readContingency } from './contingency.js';
import { type Information, information } from './information.js';

export interface VMeasureOptions {
  /** Weight of completeness against homogeneity, >= 0; 0 gives the homogeneity. Default 1. */
  readonly beta?: number | undefined;
}

export interface VMeasure {
  readonly homogeneity: number;
  readonly completeness: number;
  readonly vMeasure: number;
}

/** 1 - H(x | y) / H(x), which is MI / H(x); 1 when nothing is left to explain. */
function explained(mutual: number, total: number, rest: number): number {
  return rest === 0 ? 1 : Math.min(1, mutual / total);
}

/** The three numbers of entropies. */
export function vMeasureOf(found: Information, beta: number): VMeasure {
  const homogeneity = explained(found.mutual, found.truthEntropy, found.truthGivenPredicted);
  const completeness = explained(found.mutual, found.predictedEntropy, found.predictedGivenTruth);
  // Both weights sum to 1, so that a large beta does not overflow.
  const weight = 1 / (1 + beta);
  const below = (1 - weight) * homogeneity + weight * completeness;
  const vMeasure = beta === 0 ? homogeneity : below === 0 ? 0 : (homogeneity * completeness) / below;
  return { homogeneity, completeness, vMeasure: Math.min(1, vMeasure) };
}

/**
 * Homogeneity (every cluster holds one class), completeness (every class lies in one cluster) and
 * their weighted harmonic mean: h = MI / H(truth), c = MI / H(predicted),
 * v = (1 + beta) h c / (beta h + c).
 *
 * All three range from 0 to 1, higher is better, 1 for the same partition. h is 1 when H(truth) is 0,
 * c is 1 when H(predicted) is 0, v is 0 when h and c are. With beta = 1, v is the arithmetic
 * `normalizedMutualInformation`. Swapping the arguments swaps h and c. Not corrected for chance.
 *
 * Cost O(n + classes). Source: Rosenberg and Hirschberg 2007, https://aclanthology.org/D07-1043.
 *
 * @param truth n labels of any type.
 * @param predicted n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, out-of-range, unknown-option);
 *   ShapeError when lengths differ.
 *
 * @example
 * import { vMeasure } from 'clusterlens';
 * const scores = vMeasure([0, 0, 1, 1], [0, 0, 1, 2]);
 * console.log(scores.homogeneity, scores.completeness.toFixed(3), scores.vMeasure.toFixed(3)); // 1 0.667 0.800
 */
export function vMeasure(truth: Labels, predicted: Labels, options?: VMeasureOptions, ...more: []): VMeasure {
  nothingMore('vMeasure', more, [truth, predicted, options]);
  const where = 'vMeasure';
  const beta = numberIn(where, 'beta', checkOptions(where, options, ['beta']).beta, { min: 0 }, 1);
  return vMeasureOf(information(readContingency(where, truth, predicted)), beta);
}
