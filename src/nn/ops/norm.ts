import { ShapeError } from '../../core/errors.js';
import { nothingMore } from '../../data/options.js';
import { record } from '../record.js';
import { axisView } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { overflow, requireTensor } from './operand.js';

/**
 * Rows shorter than this are zero vectors: they have no direction, and their squares underflow.
 */
const ZERO_LENGTH = 1e-150;

/** Euclidean length of a row; the largest entry is taken out, so that no square over- or underflows. */
export function lengthOf(x: Float64Array, start: number, width: number): number {
  let most = 0;
  for (let j = 0; j < width; j++) most = Math.max(most, Math.abs(x[start + j]!));
  if (most < ZERO_LENGTH) return 0;
  let squares = 0;
  for (let j = 0; j < width; j++) squares += (x[start + j]! / most) ** 2;
  return most * Math.sqrt(squares);
}

export const normOp: Op<null, undefined> = {
  name: 'norm',
  forward([x]) {
    const { outer, length } = axisView(x!.shape, x!.shape.length - 1);
    const data = new Float64Array(outer);
    for (let i = 0; i < outer; i++) data[i] = lengthOf(x!.data, i * length, length);
    return { data, shape: x!.shape.slice(0, -1) };
  },
  backward(gradient, { inputs: [x], output }, [into]) {
    const width = x!.size / output.size;
    for (let p = 0; p < x!.size; p++) {
      const i = Math.floor(p / width);
      const length = output.data[i]!;
      if (length > 0) into![p]! += gradient[i]! * (x!.data[p]! / length);
    }
  },
};

/** Rows of x divided by their lengths, which are written to `lengths`; rows without a direction become 0. */
export function normalizeRows(x: Float64Array, width: number, y: Float64Array, lengths: Float64Array): void {
  for (let i = 0; i < lengths.length; i++) {
    const length = lengthOf(x, i * width, width);
    lengths[i] = length;
    if (length === Number.POSITIVE_INFINITY) throw overflow('l2Normalize', `the length of row ${i}`);
    for (let j = i * width; j < (i + 1) * width; j++) y[j] = length === 0 ? 0 : x[j]! / length;
  }
}

/**
 * Adds the gradient by the rows before `normalizeRows`, from the gradient g by the unit rows y:
 * (g - y (y g)) / |x|, since the part of the gradient along the row changes only its length.
 */
export function addNormalizeGradient(
  g: Float64Array,
  y: Float64Array,
  lengths: Float64Array,
  into: Float64Array,
): void {
  const width = y.length / lengths.length;
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i] === 0) continue;
    let along = 0;
    for (let j = i * width; j < (i + 1) * width; j++) along += g[j]! * y[j]!;
    for (let j = i * width; j < (i + 1) * width; j++) into[j]! += (g[j]! - y[j]! * along) / lengths[i]!;
  }
}

export const l2NormalizeOp: Op<null, Float64Array> = {
  name: 'l2Normalize',
  forward([x]) {
    const { outer, length } = axisView(x!.shape, x!.shape.length - 1);
    const lengths = new Float64Array(outer);
    const data = new Float64Array(x!.size);
    normalizeRows(x!.data, length, data, lengths);
    return { data, shape: x!.shape, saved: lengths };
  },
  backward(gradient, { output, saved: lengths }, [into]) {
    addNormalizeGradient(gradient, output.data, lengths, into!);
  },
};

function requireRows(where: string, x: unknown): Tensor {
  const input = requireTensor(where, 'x', x);
  if (input.shape.length > 0) return input;
  throw new ShapeError('shape-mismatch', `${where}: x must have at least one axis, got a single number`);
}

/**
 * Euclidean length of each row (last axis). A zero vector has length 0 and gradient 0.
 *
 * @example
 * import { norm, tensor } from 'clusterlens/nn';
 * console.log(norm(tensor([[3, 4], [0, 0]])).data); // Float64Array(2) [ 5, 0 ]
 */
export function norm(x: Tensor, ...more: []): Tensor {
  nothingMore('norm', more, [x]);
  return record(normOp, [requireRows('norm', x)], null);
}

/**
 * Each row (last axis) divided by its Euclidean length. A zero vector (every entry below 1e-150)
 * stays zero and has gradient 0; it shows as a row of zeros in the result.
 *
 * @example
 * import { l2Normalize, tensor } from 'clusterlens/nn';
 * console.log(l2Normalize(tensor([[3, 4], [0, 0]])).data); // Float64Array(4) [ 0.6, 0.8, 0, 0 ]
 */
export function l2Normalize(x: Tensor, ...more: []): Tensor {
  nothingMore('l2Normalize', more, [x]);
  return record(l2NormalizeOp, [requireRows('l2Normalize', x)], null);
}
