import { ShapeError } from '../../core/errors.js';
import { nothingMore } from '../../data/options.js';
import { sub } from '../ops/binary.js';
import { requireTensor } from '../ops/operand.js';
import { mean } from '../ops/reduce.js';
import { square } from '../ops/unary.js';
import { axisView, sameShape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { Loss } from './loss.js';

/** Mean squared distance of a target from the means of its columns. */
export function columnVariance({ data, shape }: Tensor): number {
  const { length: rows, inner: columns } = axisView(shape.length === 0 ? [1] : shape, 0);
  let total = 0;
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += data[i * columns + j]!;
    for (let i = 0; i < rows; i++) total += (data[i * columns + j]! - sum / rows) ** 2;
  }
  return total / data.length;
}

/**
 * Mean squared error over all elements of a prediction and a target of the same shape (n x d).
 * Lower is better; range [0, inf). Floor 0; ceiling the mean variance of the target's columns in
 * this batch, which is what the best constant prediction reaches.
 *
 * @throws ShapeError shape-mismatch (shapes are not broadcast); InputError not-finite on overflow.
 *
 * @example
 * import { mse, tensor } from 'clusterlens/nn';
 * const { value, floor, ceiling } = mse(tensor([[1, 2], [3, 4]]), tensor([[1, 2], [3, 6]]));
 * console.log(value, floor, ceiling); // 1 0 2.5
 */
export function mse(prediction: Tensor, target: Tensor, ...more: []): Loss {
  nothingMore('mse', more, [prediction, target]);
  const given = requireTensor('mse', 'prediction', prediction);
  const wanted = requireTensor('mse', 'target', target);
  if (!sameShape(given.shape, wanted.shape)) {
    throw new ShapeError(
      'shape-mismatch',
      `mse: prediction and target must have the same shape, got ${showShape(given.shape)} and ${showShape(wanted.shape)}`,
    );
  }
  const loss = mean(square(sub(given, wanted)));
  const validAnchors = given.shape[0] ?? 1;
  return { loss, value: loss.item(), floor: 0, ceiling: columnVariance(wanted), validAnchors, skippedAnchors: 0 };
}
