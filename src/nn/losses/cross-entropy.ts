import { InputError, ShapeError } from '../../core/errors.js';
import { checkOptions, nothingMore, numberIn, numbersIn, oneOf } from '../../data/options.js';
import { requireMatrix } from '../ops/operand.js';
import { record } from '../record.js';
import { Tensor } from '../tensor.js';
import { type CrossEntropyTargets, countTargets, crossEntropyOp } from './cross-entropy-op.js';
import type { LossBatch } from './fused-loss.js';
import type { Loss } from './loss.js';

export interface CrossEntropyOptions {
  /** What each class counts, k numbers of 0 or more. Default: 1 each. */
  readonly weight?: ArrayLike<number> | undefined;
  /** Share of the target that is spread evenly over all classes, 0 to 1. Default 0. */
  readonly labelSmoothing?: number | undefined;
  /** Rows with this target are left out. Default -100. */
  readonly ignoreIndex?: number | undefined;
  /** `mean` (default) over the weights of the targets, `sum`, or `none`: one value per row, 0 where left out. */
  readonly reduction?: 'mean' | 'sum' | 'none' | undefined;
}

const WHERE = 'crossEntropy';

/** Class weights, checked; null: none. */
export function classWeights(where: string, name: string, value: unknown, k?: number): Float64Array | null {
  if (value === undefined) return null;
  const weights = Float64Array.from(numbersIn(where, name, value as ArrayLike<number>, { min: 0 }));
  if (k === undefined || weights.length === k) return weights;
  throw new ShapeError(
    'length-mismatch',
    `${where}: ${name} needs one number per class, got ${weights.length} for logits of ${k} classes`,
  );
}

function noSuchClass(where: string, code: number, row: string, k: number): InputError {
  return new InputError(
    'out-of-range',
    `${where}: every target must be a class from 0 to ${k - 1}, got ${code} in ${row}; give the model as many ` +
      'logits as there are classes, or leave the row out',
  );
}

/** @throws InputError out-of-range for the first label without a logit, with its row in the data. */
export function requireClasses(
  where: string,
  { labels, rows, split }: Pick<LossBatch, 'labels' | 'rows' | 'split'>,
  k: number,
): void {
  const bad = labels!.findIndex((code) => code >= k);
  if (bad === -1) return;
  throw noSuchClass(
    where,
    labels![bad]!,
    `row ${rows[bad]} of the ${split === 'heldOut' ? 'held-out' : 'training'} rows`,
    k,
  );
}

/**
 * Cross entropy of the softmax of the logits with the targets, as PyTorch's `CrossEntropyLoss` with class
 * indices: the loss of a row of class y is the sum over the classes c of
 * -w_c (s / k + (1 - s) [c = y]) log(softmax_c), with the weights w and the label smoothing s.
 * `mean` divides the sum over the rows by the sum of w_y, of the rows that are not left out.
 *
 * Lower is better; range [0, inf). `floor` is the least that any logits reach (0 without smoothing),
 * `ceiling` what the best constant logits reach: without weights and smoothing the entropy of the
 * targets in nats. Finite for logits of any size. With `none`, `loss` has one element per row and
 * `value` is the mean. When every row is left out, or weighs 0, the loss is the constant 0 with
 * `validAnchors: 0`, where PyTorch gives NaN; `backward` of it throws.
 *
 * Cost B k.
 *
 * @param logits B x k.
 * @param targets B integers, 0 .. k - 1 or `ignoreIndex`.
 * @throws InputError out-of-range, wrong-type, not-finite, unknown-option; ShapeError length-mismatch,
 *   shape-mismatch.
 *
 * @example
 * import { crossEntropy, tensor } from 'clusterlens/nn';
 * const logits = tensor([[2, 0], [0, 1]], { requiresGrad: true });
 * const { loss, value, ceiling } = crossEntropy(logits, [0, 1]);
 * loss.backward();
 * console.log(value.toFixed(3), ceiling.toFixed(3)); // 0.220 0.693
 * console.log(logits.grad!.map((g) => Math.round(g * 1000) / 1000)); // Float64Array(4) [ -0.06, 0.06, 0.134, -0.134 ]
 */
export function crossEntropy(
  logits: Tensor,
  targets: ArrayLike<number>,
  options?: CrossEntropyOptions,
  ...more: []
): Loss {
  nothingMore('crossEntropy', more, [logits, targets, options]);
  const given = checkOptions(WHERE, options, ['weight', 'labelSmoothing', 'ignoreIndex', 'reduction']);
  const rows = requireMatrix(WHERE, 'logits', logits);
  const [n, k] = rows.shape as [number, number];
  const weight = classWeights(WHERE, 'weight', given.weight, k);
  const smoothing = numberIn(WHERE, 'labelSmoothing', given.labelSmoothing, { min: 0, max: 1 }, 0);
  const ignored = numberIn(WHERE, 'ignoreIndex', given.ignoreIndex, { integer: true }, -100);
  const reduction = oneOf(WHERE, 'reduction', given.reduction, ['mean', 'sum', 'none'], 'mean');
  const classes = numbersIn(WHERE, 'targets', targets, { integer: true });
  if (classes.length !== n) {
    throw new ShapeError(
      'length-mismatch',
      `${WHERE}: needs one target per row of logits, got ${n} rows and ${classes.length} targets`,
    );
  }
  const codes = Int32Array.from(classes, (code, i) => {
    if (code === ignored) return -1;
    if (code >= 0 && code < k) return code;
    throw noSuchClass(WHERE, code, `row ${i}`, k);
  });
  return crossEntropyOf(rows, { codes, weight, smoothing }, reduction);
}

/** `crossEntropy` of checked targets. */
export function crossEntropyOf(
  logits: Tensor,
  targets: CrossEntropyTargets,
  reduction: 'mean' | 'sum' | 'none' = 'mean',
): Loss {
  const n = targets.codes.length;
  const { valid, weights, floor, ceiling } = countTargets(targets, logits.shape[1]!);
  if (weights === 0) {
    const zeros = reduction === 'none' ? new Tensor(new Float64Array(n), [n]) : new Tensor(Float64Array.of(0), []);
    return { loss: zeros, value: 0, floor: 0, ceiling: 0, validAnchors: 0, skippedAnchors: n };
  }
  const by = reduction === 'sum' ? 1 : weights;
  const loss = record(crossEntropyOp, [logits], { ...targets, divisor: reduction === 'none' ? null : by });
  const value = reduction === 'none' ? loss.data.reduce((sum, one) => sum + one, 0) / by : loss.item();
  return { loss, value, floor: floor / by, ceiling: ceiling / by, validAnchors: valid, skippedAnchors: n - valid };
}
