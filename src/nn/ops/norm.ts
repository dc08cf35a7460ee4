import { ShapeError } from '../../core/errors.js';
import { axisView } from '../shape.js';
import { type Op, record, type Tensor } from '../tensor.js';
import { overflow, requireTensor } from './operand.js';

/**
 * Rows shorter than this are zero vectors: they have no direction, and their squares underflow.
 */
export const ZERO_LENGTH = 1e-150;

/** Euclidean length of a row; the largest entry is taken out, so that no square over- or underflows. */
function lengthOf(x: Float64Array, start: number, width: number): number {
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

export const l2NormalizeOp: Op<null, Float64Array> = {
  name: 'l2Normalize',
  forward([x]) {
    const { outer, length: width } = axisView(x!.shape, x!.shape.length - 1);
    const lengths = new Float64Array(outer);
    const data = new Float64Array(x!.size);
    for (let i = 0; i < outer; i++) {
      lengths[i] = lengthOf(x!.data, i * width, width);
      if (lengths[i] === 0) continue;
      if (lengths[i] === Number.POSITIVE_INFINITY) throw overflow('l2Normalize', `the length of row ${i}`);
      for (let j = i * width; j < (i + 1) * width; j++) data[j] = x!.data[j]! / lengths[i]!;
    }
    return { data, shape: x!.shape, saved: lengths };
  },
  // dx = (g - y (y g)) / |x|: the part of the gradient along the row changes only its length.
  backward(gradient, { output, saved: lengths }, [into]) {
    const y = output.data;
    const width = y.length / lengths.length;
    for (let i = 0; i < lengths.length; i++) {
      if (lengths[i] === 0) continue;
      let along = 0;
      for (let j = i * width; j < (i + 1) * width; j++) along += gradient[j]! * y[j]!;
      for (let j = i * width; j < (i + 1) * width; j++) into![j]! += (gradient[j]! - y[j]! * along) / lengths[i]!;
    }
  },
};

function requireRows(where: string, x: unknown): Tensor {
  const input = requireTensor(where, 'x', x);
  if (input.shape.length > 0) return input;
  throw new ShapeError('shape-mismatch', `${where}: x must have at least one axis, got a single number`);
}

/** Euclidean length of each row (last axis). A zero vector has length 0 and gradient 0. */
export function norm(x: Tensor): Tensor {
  return record(normOp, [requireRows('norm', x)], null);
}

/**
 * Each row (last axis) divided by its Euclidean length. A zero vector (every entry below 1e-150)
 * stays zero and has gradient 0; it shows as a row of zeros in the result.
 */
export function l2Normalize(x: Tensor): Tensor {
  return record(l2NormalizeOp, [requireRows('l2Normalize', x)], null);
}
