import { fields, label, list, requireShape, shared } from '../core/shape-check.js';
import type { Label } from '../core/types.js';
import { nothingMore } from '../data/options.js';
import type { Confusability } from './confusability-types.js';

const PAIRS = /* @__PURE__ */ fields({ pairs: list(fields({ from: label, to: label, count: shared })) });

/**
 * The class-by-class matrix of some classes, row-major: how often rows of one have neighbours in the other.
 *
 * @example
 * import { confusability, confusionMatrix } from 'clusterlens';
 * const result = confusability([[0], [1], [2.5], [3], [3.6]], ['a', 'a', 'a', 'b', 'b']);
 * console.log(confusionMatrix(result, ['a', 'b'])); // [ [ 2, 1 ], [ 1, 1 ] ]
 */
export function confusionMatrix(
  result: Pick<Confusability, 'pairs'>,
  labels: readonly Label[],
  ...more: []
): number[][] {
  nothingMore('confusionMatrix', more, [result, labels]);
  requireShape('confusionMatrix', 'what confusability returns', PAIRS, result);
  requireShape('confusionMatrix', 'the labels of the matrix', (given) => list(label)(given, 'labels'), labels);
  const names = Array.from(labels);
  const at = new Map(names.map((name, i) => [name, i]));
  const matrix = names.map(() => names.map(() => 0));
  for (const { from, to, count } of result.pairs) {
    const i = at.get(from);
    const j = at.get(to);
    if (i !== undefined && j !== undefined) matrix[i]![j] = count;
  }
  return matrix;
}
