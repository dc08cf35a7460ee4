import { InputError, show } from '../core/errors.js';
import { nothingMore } from '../data/options.js';
import { firstNotFinite } from './first-not-finite.js';
import { showIndex } from './shape.js';
import { type Op, type TapeNode, Tensor } from './tensor.js';

let recording = true;

/**
 * Runs `fn` without building a tape and returns its result: for evaluation. `fn` must be synchronous.
 *
 * @throws InputError wrong-type when `fn` returns a promise, whose work would escape.
 *
 * @example
 * import { noGrad, square, tensor } from 'clusterlens/nn';
 * const x = tensor([2], { requiresGrad: true });
 * console.log(square(x).requiresGrad, noGrad(() => square(x)).requiresGrad); // true false
 */
export function noGrad<T>(fn: () => T, ...more: []): T {
  nothingMore('noGrad', more, [fn]);
  if (typeof fn !== 'function') {
    throw new InputError('wrong-type', `noGrad: needs a function, got ${show(fn)}`);
  }
  const before = recording;
  recording = false;
  try {
    const result = fn();
    if (typeof (result as { then?: unknown } | null | undefined)?.then === 'function') {
      throw new InputError('wrong-type', 'noGrad: fn must be synchronous, got a function that returns a promise');
    }
    return result;
  } finally {
    recording = before;
  }
}

/** Sees the tensors that operations take and give. */
export interface Watch {
  /** The tensor itself, of one that `given` gave. */
  taken(tensor: Tensor): Tensor;
  /** What stands for the result of an operation on these. */
  given(output: Tensor, inputs: readonly Tensor[]): Tensor;
}

let watch: Watch | null = null;

/** Runs `work` with its operations watched. */
export function watched<T>(by: Watch, work: () => T): T {
  const before = watch;
  watch = by;
  try {
    return work();
  } finally {
    watch = before;
  }
}

/**
 * Runs an operation and, where one of its inputs requires a gradient, writes it on the tape.
 *
 * @throws InputError not-finite, with operation, value and index, when a result overflows.
 */
export function record<Attributes, Saved>(
  op: Op<Attributes, Saved>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  const { data, shape, saved } = op.forward(watch === null ? inputs : inputs.map(watch.taken), attributes);
  const bad = firstNotFinite(data);
  if (bad >= 0) {
    const from = inputs.filter((input) => input.size === data.length).map((input) => input.data[bad]);
    throw new InputError(
      'not-finite',
      `${op.name}: every result must be finite, got ${data[bad]} at index ${showIndex(bad, shape)}` +
        `${from.length === 0 ? '' : ` from ${from.join(' and ')}`}; scale the input down`,
    );
  }
  const requiresGrad = recording && inputs.some((input) => input.requiresGrad);
  const made = new Tensor(data, shape, requiresGrad);
  const output = watch === null ? made : watch.given(made, inputs);
  if (requiresGrad) output.node = { op, inputs, attributes, saved: saved as Saved, output } as TapeNode;
  return output;
}
