import { InputError, ShapeError, show } from '../core/errors.js';
import { checkOptions, nothingMore } from '../data/options.js';
import { showShape } from './shape.js';
import { backpropagate, bufferIn, checkDifferentiable, Tensor, tapeOf } from './tensor.js';

export interface GradientsOptions {
  /** Weight of each element of the root; default 1, for a root with one element. */
  readonly seed?: Float64Array | undefined;
}

/**
 * Gradients of `root`, weighted by `seed`, by the given tensors, leaves or not, in their order; zeros
 * where `root` does not depend on one. Changes no `grad`, and walks only the part of the tape that
 * leads to them.
 *
 * @throws GradientError as `backward`; ShapeError length-mismatch when `seed` is not of the root's size.
 *
 * @example
 * import { gradients, square, sum, tensor } from 'clusterlens/nn';
 * const x = tensor([2, 3], { requiresGrad: true });
 * const y = square(x);
 * console.log(gradients(sum(y), [x, y])); // [ Float64Array(2) [ 4, 6 ], Float64Array(2) [ 1, 1 ] ]
 */
export function gradients(
  root: Tensor,
  wanted: readonly Tensor[],
  options?: GradientsOptions,
  ...more: []
): Float64Array[] {
  nothingMore('gradients', more, [root, wanted, options]);
  const { seed } = checkOptions('gradients', options, ['seed']) as GradientsOptions;
  if (!Array.isArray(wanted)) {
    throw new InputError('wrong-type', `gradients: needs an array of tensors, got ${show(wanted)}`);
  }
  if (seed !== undefined && !(seed instanceof Float64Array)) {
    throw new InputError('wrong-type', `gradients: seed must be a Float64Array, got ${show(seed)}`);
  }
  for (const at of [root, ...wanted]) {
    if (!(at instanceof Tensor)) throw new InputError('wrong-type', `gradients: needs tensors, got ${show(at)}`);
  }
  if (seed === undefined) checkDifferentiable('gradients', root);
  else if (seed.length !== root.size) {
    throw new ShapeError(
      'length-mismatch',
      `gradients: seed needs one weight per element of the root, got ${seed.length} for shape ${showShape(root.shape)}`,
    );
  }
  const needed = new Set<Tensor>(wanted);
  for (const at of tapeOf(root)) if (at.node?.inputs.some((input) => needed.has(input))) needed.add(at);
  const buffers = new Map<Tensor, Float64Array>();
  backpropagate(root, seed ?? Float64Array.of(1), (at) => (needed.has(at) ? bufferIn(buffers, at) : null));
  return wanted.map((at) => bufferIn(buffers, at));
}
