import { GradientError, InputError, ShapeError, show } from '../core/errors.js';
import { booleanOf, checkOptions, nothingMore } from '../data/options.js';
import { firstNotFinite } from './first-not-finite.js';
import { readValues, type TensorValues } from './read-values.js';
import { type Shape, showIndex, showShape, sizeOf } from './shape.js';

/**
 * An operation of the tape: its name, its forward pass and its backward pass, side by side.
 * `Attributes` are what the operation is given beside its inputs (an axis, a rate); `Saved` is what
 * the forward pass keeps for the backward pass.
 */
export interface Op<Attributes = unknown, Saved = unknown> {
  readonly name: string;
  forward(
    inputs: readonly Tensor[],
    attributes: Attributes,
  ): { readonly data: Float64Array; readonly shape: Shape; readonly saved?: Saved };
  /** Tensors whose values the forward pass changes beside giving a result (running statistics). */
  changes?(attributes: Attributes): readonly Tensor[];
  /** Adds `gradient` times the derivative to `into[i]` of each input i; null where none is wanted. */
  backward(gradient: Float64Array, node: TapeNode<Attributes, Saved>, into: ReadonlyArray<Float64Array | null>): void;
}

/** How a tensor was made: enough to run its backward pass, or to plan the whole computation again. */
export interface TapeNode<Attributes = unknown, Saved = unknown> {
  readonly op: Op<Attributes, Saved>;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly saved: Saved;
  /** The result, and its values. */
  readonly output: Tensor;
}

/**
 * Float64 values with a shape (row-major), and, where gradients are wanted, the tape node that made
 * them. The tape is the graph of nodes behind a tensor: it is built while operations run and is
 * released with the tensors that hold it. Values must not be changed between forward and backward.
 *
 * @example
 * import { sum, Tensor } from 'clusterlens/nn';
 * const x = new Tensor(Float64Array.of(1, 2, 3, 4), [2, 2], true);
 * sum(x).backward();
 * console.log(x.size, x.grad); // 4 Float64Array(4) [ 1, 1, 1, 1 ]
 */
export class Tensor {
  readonly data: Float64Array;
  readonly shape: Shape;
  readonly requiresGrad: boolean;
  /** Sum of the gradients of all backward passes since it was last set to null; leaves only. */
  grad: Float64Array | null = null;
  /** How it was made; null for a leaf. */
  node: TapeNode | null = null;

  /**
   * Wraps values without copying them; `tensor` makes one from loose input.
   *
   * @throws ShapeError length-mismatch when they do not fill the shape; InputError not-finite.
   */
  constructor(data: Float64Array, shape: Shape, requiresGrad = false, ...more: []) {
    nothingMore('Tensor', more, [data, shape, requiresGrad]);
    if (!(data instanceof Float64Array) || !Array.isArray(shape)) {
      const got = `${show(data)} and ${show(shape)}`;
      throw new InputError(
        'wrong-type',
        `Tensor: needs a Float64Array and an array of extents, got ${got}; see tensor()`,
      );
    }
    const odd = shape.findIndex((extent) => !(Number.isSafeInteger(extent) && extent > 0));
    if (odd >= 0) {
      throw new ShapeError(
        'length-mismatch',
        `Tensor: every extent of a shape must be an integer >= 1, got ${show(shape[odd])} at axis ${odd}`,
      );
    }
    if (typeof requiresGrad !== 'boolean') {
      throw new InputError('wrong-type', `Tensor: requiresGrad must be true or false, got ${show(requiresGrad)}`);
    }
    if (sizeOf(shape) !== data.length) {
      const got = `${data.length} values for shape ${showShape(shape)}`;
      throw new ShapeError('length-mismatch', `Tensor: values must fill the shape, got ${got}`);
    }
    const bad = firstNotFinite(data);
    if (bad >= 0) {
      const got = `${data[bad]} at index ${showIndex(bad, shape)}`;
      throw new InputError('not-finite', `Tensor: every value must be finite, got ${got}`);
    }
    this.data = data;
    this.shape = shape;
    this.requiresGrad = requiresGrad;
  }

  /** Number of elements. */
  get size(): number {
    return this.data.length;
  }

  /**
   * The value of a tensor with one element.
   *
   * @throws InputError out-of-range with more than one.
   */
  item(...more: []): number {
    nothingMore('item', more, []);
    if (this.size === 1) return this.data[0]!;
    throw new InputError(
      'out-of-range',
      `item: needs a tensor with one element, got shape ${showShape(this.shape)}; reduce it with sum or mean`,
    );
  }

  /**
   * Adds the derivative of this number by every leaf that requires a gradient to the leaf's `grad`.
   * The tape stays: two losses that share a part of it may each run backward. Cost about twice the
   * forward pass.
   *
   * @throws GradientError no-gradient when there are several elements or nothing requires a
   *   gradient; not-finite-gradient, with the operation, when a gradient overflows (`grad` of the
   *   leaves is then incomplete).
   */
  backward(...more: []): void {
    nothingMore('backward', more, []);
    checkDifferentiable('backward', this);
    const flows = new Map<Tensor, Float64Array>();
    backpropagate(this, Float64Array.of(1), (input) => {
      if (!input.requiresGrad) return null;
      if (input.node !== null) return bufferIn(flows, input);
      input.grad ??= new Float64Array(input.size);
      return input.grad;
    });
  }

  /** The same values, not recorded: a constant for everything that follows. */
  detach(...more: []): Tensor {
    nothingMore('detach', more, []);
    return new Tensor(this.data, this.shape);
  }
}

export interface TensorOptions {
  /** Extents of the axes; default: as the values are nested, [rows, columns], or [length]. */
  readonly shape?: readonly number[] | undefined;
  /** Whether `backward` collects a gradient for it. Default false. */
  readonly requiresGrad?: boolean | undefined;
}

/**
 * A tensor with a copy of the values: a number, nested arrays, a typed array, or
 * `{ data, rows, columns }`.
 *
 * @throws InputError not-finite, wrong-type, empty or out-of-range (an extent below 1); ShapeError
 *   ragged-rows or length-mismatch.
 *
 * @example
 * import { mean, square, tensor } from 'clusterlens/nn';
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * mean(square(x)).backward();
 * console.log(x.shape, x.grad); // [ 2, 2 ] Float64Array(4) [ 0.5, 1, 1.5, 2 ]
 */
export function tensor(values: TensorValues, options?: TensorOptions, ...more: []): Tensor {
  nothingMore('tensor', more, [values, options]);
  const { shape, requiresGrad } = checkOptions('tensor', options, ['shape', 'requiresGrad']);
  const read = readValues('tensor', values, shape);
  return new Tensor(read.data, read.shape, booleanOf('tensor', 'requiresGrad', requiresGrad, false));
}

export function checkDifferentiable(where: string, root: Tensor): void {
  if (root.size !== 1) {
    throw new GradientError(
      'no-gradient',
      `${where}: needs a tensor with one element, got shape ${showShape(root.shape)}; reduce it with sum or mean`,
    );
  }
  if (!root.requiresGrad) {
    throw new GradientError(
      'no-gradient',
      `${where}: needs a tensor that depends on one with requiresGrad, got a constant of value ${root.data[0]}`,
    );
  }
}

export function bufferIn(buffers: Map<Tensor, Float64Array>, key: Tensor): Float64Array {
  let buffer = buffers.get(key);
  if (buffer === undefined) {
    buffer = new Float64Array(key.size);
    buffers.set(key, buffer);
  }
  return buffer;
}

/** All tensors behind `root` that require a gradient, each after its inputs; `root` is the last. */
export function tapeOf(root: Tensor): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  const stack: Array<{ at: Tensor; next: number }> = [];
  const visit = (at: Tensor) => {
    if (!at.requiresGrad || seen.has(at)) return;
    seen.add(at);
    stack.push({ at, next: 0 });
  };
  // An explicit stack: a long tape must not overflow the call stack.
  visit(root);
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const input = top.at.node?.inputs[top.next++];
    if (input !== undefined) visit(input);
    else order.push(stack.pop()!.at);
  }
  return order;
}

/** Walks the tape from `root` to the leaves; `bufferOf` says where the gradient of a tensor is summed. */
export function backpropagate(root: Tensor, seed: Float64Array, bufferOf: (at: Tensor) => Float64Array | null): void {
  const rootBuffer = bufferOf(root);
  if (rootBuffer === null) return;
  for (let p = 0; p < seed.length; p++) rootBuffer[p]! += seed[p]!;
  const order = tapeOf(root);
  for (let position = order.length - 1; position >= 0; position--) {
    const { node } = order[position]!;
    if (node === null) continue;
    const gradient = bufferOf(node.output);
    const into = node.inputs.map(bufferOf);
    if (gradient === null || into.every((buffer) => buffer === null)) continue;
    node.op.backward(gradient, node, into);
    into.forEach((buffer, i) => {
      const bad = buffer === null ? -1 : firstNotFinite(buffer);
      if (bad < 0) return;
      throw new GradientError(
        'not-finite-gradient',
        `${node.op.name}: the gradient of input ${i} must be finite, got ${buffer![bad]} at index ` +
          `${showIndex(bad, node.inputs[i]!.shape)}, where the input is ${node.inputs[i]!.data[bad]}`,
      );
    });
  }
}
