import { InputError, ShapeError, show } from '../../core/errors.js';
import { checkOptions, nothingMore, numberIn, numbersIn } from '../../data/options.js';
import { record } from '../record.js';
import { axisOf, axisView, type Shape, showShape, sizeOf } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { requireMatrix, requireTensor } from './operand.js';

export const reshapeOp: Op<{ readonly shape: Shape }, undefined> = {
  name: 'reshape',
  forward: ([x], { shape }) => ({ data: x!.data.slice(), shape }),
  backward(gradient, _node, [into]) {
    for (let p = 0; p < gradient.length; p++) into![p]! += gradient[p]!;
  },
};

export const transposeOp: Op<null, undefined> = {
  name: 'transpose',
  forward([x]) {
    const [n, m] = x!.shape as [number, number];
    const data = new Float64Array(n * m);
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) data[j * n + i] = x!.data[i * m + j]!;
    return { data, shape: [m, n] };
  },
  backward(gradient, { inputs: [x] }, [into]) {
    const [n, m] = x!.shape as [number, number];
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) into![i * m + j]! += gradient[j * n + i]!;
  },
};

/** Calls `move` with where each input's block of an outer row begins and where it lies in the result. */
function eachBlock(
  inputs: readonly Tensor[],
  axis: number,
  move: (input: number, from: number, to: number, length: number) => void,
): void {
  const { outer } = axisView(inputs[0]!.shape, axis);
  let to = 0;
  for (let row = 0; row < outer; row++) {
    inputs.forEach((input, i) => {
      const length = input.size / outer;
      move(i, row * length, to, length);
      to += length;
    });
  }
}

export const concatOp: Op<{ readonly axis: number }, undefined> = {
  name: 'concat',
  forward(inputs, { axis }) {
    const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    const shape = inputs[0]!.shape.map((extent, at) => (at === axis ? total : extent));
    const data = new Float64Array(sizeOf(shape));
    eachBlock(inputs, axis, (i, from, to, length) => data.set(inputs[i]!.data.subarray(from, from + length), to));
    return { data, shape };
  },
  backward(gradient, { inputs, attributes: { axis } }, into) {
    eachBlock(inputs, axis, (i, from, to, length) => {
      if (into[i]) for (let p = 0; p < length; p++) into[i]![from + p]! += gradient[to + p]!;
    });
  },
};

export const sliceOp: Op<{ readonly axis: number; readonly start: number; readonly end: number }, undefined> = {
  name: 'slice',
  forward([x], { axis, start, end }) {
    const { outer, length, inner } = axisView(x!.shape, axis);
    const width = (end - start) * inner;
    const data = new Float64Array(outer * width);
    for (let row = 0; row < outer; row++) {
      const from = (row * length + start) * inner;
      data.set(x!.data.subarray(from, from + width), row * width);
    }
    return { data, shape: x!.shape.map((extent, at) => (at === axis ? end - start : extent)) };
  },
  backward(gradient, { inputs: [x], attributes: { axis, start, end } }, [into]) {
    const { outer, length, inner } = axisView(x!.shape, axis);
    const width = (end - start) * inner;
    for (let row = 0; row < outer; row++) {
      const from = (row * length + start) * inner;
      for (let p = 0; p < width; p++) into![from + p]! += gradient[row * width + p]!;
    }
  },
};

export const gatherOp: Op<{ readonly rows: Int32Array }, undefined> = {
  name: 'gather',
  forward([x], { rows }) {
    const width = x!.size / x!.shape[0]!;
    const data = new Float64Array(rows.length * width);
    rows.forEach((row, i) => {
      data.set(x!.data.subarray(row * width, (row + 1) * width), i * width);
    });
    return { data, shape: [rows.length, ...x!.shape.slice(1)] };
  },
  backward(gradient, { inputs: [x], attributes: { rows } }, [into]) {
    const width = x!.size / x!.shape[0]!;
    rows.forEach((row, i) => {
      for (let j = 0; j < width; j++) into![row * width + j]! += gradient[i * width + j]!;
    });
  },
};

/**
 * The same elements, in row-major order, with another shape.
 *
 * @throws ShapeError length-mismatch.
 *
 * @example
 * import { reshape, tensor } from 'clusterlens/nn';
 * console.log(reshape(tensor([1, 2, 3, 4, 5, 6]), [2, 3]).shape); // [ 2, 3 ]
 */
export function reshape(x: Tensor, shape: readonly number[], ...more: []): Tensor {
  nothingMore('reshape', more, [x, shape]);
  const input = requireTensor('reshape', 'x', x);
  if (!Array.isArray(shape) || Array.from(shape).some((extent) => !Number.isSafeInteger(extent) || extent < 1)) {
    const got = Array.isArray(shape) ? `[${Array.from(shape, show).join(', ')}]` : show(shape);
    throw new InputError('out-of-range', `reshape: shape must be an array of integers >= 1, got ${got}`);
  }
  if (sizeOf(shape) !== input.size) {
    throw new ShapeError(
      'length-mismatch',
      `reshape: the number of elements must stay, got ${showShape(input.shape)} to ${showShape(shape)}`,
    );
  }
  return record(reshapeOp, [input], { shape: [...shape] });
}

/**
 * Rows and columns exchanged.
 *
 * @throws ShapeError shape-mismatch unless x has two axes.
 *
 * @example
 * import { tensor, transpose } from 'clusterlens/nn';
 * console.log(transpose(tensor([[1, 2, 3], [4, 5, 6]])).data); // Float64Array(6) [ 1, 4, 2, 5, 3, 6 ]
 */
export function transpose(x: Tensor, ...more: []): Tensor {
  nothingMore('transpose', more, [x]);
  return record(transposeOp, [requireMatrix('transpose', 'x', x)], null);
}

/**
 * Tensors one after the other along an axis (default 0).
 *
 * @throws ShapeError shape-mismatch when they differ on another axis; InputError empty.
 *
 * @example
 * import { concat, tensor } from 'clusterlens/nn';
 * console.log(concat([tensor([[1, 2]]), tensor([[3, 4]])]).shape); // [ 2, 2 ]
 * console.log(concat([tensor([[1, 2]]), tensor([[3, 4]])], { axis: 1 }).shape); // [ 1, 4 ]
 */
export function concat(
  tensors: readonly Tensor[],
  options?: { readonly axis?: number | undefined },
  ...more: []
): Tensor {
  nothingMore('concat', more, [tensors, options]);
  const { axis } = checkOptions('concat', options, ['axis']);
  if (!Array.isArray(tensors) || tensors.length === 0) {
    throw new InputError('empty', `concat: needs an array of at least one tensor, got ${show(tensors)}`);
  }
  const inputs = Array.from(tensors, (input, i) => requireTensor('concat', `tensors[${i}]`, input));
  const { shape } = inputs[0]!;
  const along = axisOf('concat', axis ?? 0, shape);
  for (const [i, input] of inputs.entries()) {
    const fits =
      input.shape.length === shape.length && shape.every((extent, at) => at === along || extent === input.shape[at]);
    if (fits) continue;
    throw new ShapeError(
      'shape-mismatch',
      `concat: shapes must be equal beside axis ${along}, got ${showShape(shape)} and ${showShape(input.shape)} (tensor ${i})`,
    );
  }
  return record(concatOp, inputs, { axis: along });
}

export interface SliceOptions {
  /** The axis that is cut. Default 0. */
  readonly axis?: number | undefined;
  /** First index kept. Default 0. */
  readonly start?: number | undefined;
  /** Index after the last one kept. Default: the extent of the axis. */
  readonly end?: number | undefined;
}

/**
 * The part of x from `start` to before `end` along an axis.
 *
 * @throws InputError out-of-range.
 *
 * @example
 * import { slice, tensor } from 'clusterlens/nn';
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * console.log(slice(x, { axis: 1, start: 1 }).data); // Float64Array(4) [ 2, 3, 5, 6 ]
 */
export function slice(x: Tensor, options?: SliceOptions, ...more: []): Tensor {
  nothingMore('slice', more, [x, options]);
  const loose = checkOptions('slice', options, ['axis', 'start', 'end']);
  const input = requireTensor('slice', 'x', x);
  const axis = axisOf('slice', loose.axis ?? 0, input.shape);
  const extent = input.shape[axis]!;
  const start = numberIn('slice', 'start', loose.start, { min: 0, max: extent - 1, integer: true }, 0);
  const end = numberIn('slice', 'end', loose.end, { min: start + 1, max: extent, integer: true }, extent);
  return record(sliceOp, [input], { axis, start, end });
}

/**
 * Rows of x (entries of its first axis) by index, in any order, any number of times.
 *
 * @throws InputError out-of-range.
 *
 * @example
 * import { gather, tensor } from 'clusterlens/nn';
 * console.log(gather(tensor([[1, 2], [3, 4]]), [1, 1, 0]).data); // Float64Array(6) [ 3, 4, 3, 4, 1, 2 ]
 */
export function gather(x: Tensor, rows: ArrayLike<number>, ...more: []): Tensor {
  nothingMore('gather', more, [x, rows]);
  const input = requireTensor('gather', 'x', x);
  const count = input.shape[0];
  if (count === undefined) {
    throw new ShapeError('shape-mismatch', 'gather: x must have at least one axis, got a single number');
  }
  const checked = Int32Array.from(numbersIn('gather', 'rows', rows, { min: 0, max: count - 1, integer: true }));
  if (checked.length === 0) throw new InputError('empty', 'gather: rows must hold at least one index, got none');
  return record(gatherOp, [input], { rows: checked });
}
