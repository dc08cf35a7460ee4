import { booleanOf, checkOptions, nothingMore } from '../../data/options.js';
import { record } from '../record.js';
import { axisOf, axisView, type Shape } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { requireTensor } from './operand.js';

export interface ReduceOptions {
  /** The axis to reduce, counted from the end when negative. Default: all, to a single number. */
  readonly axis?: number | undefined;
  /** Keep the reduced axis with extent 1, so that the result broadcasts against x. Default false. */
  readonly keepDim?: boolean | undefined;
}

export interface ReduceAttributes {
  readonly axis: number | undefined;
  readonly keepDim: boolean;
}

function reducedShape(shape: Shape, { axis, keepDim }: ReduceAttributes): Shape {
  if (axis === undefined) return keepDim ? shape.map(() => 1) : [];
  return keepDim ? shape.map((extent, at) => (at === axis ? 1 : extent)) : shape.filter((_, at) => at !== axis);
}

/** A line of x: `length` values from `start`, `step` apart. */
type Line = readonly [x: Float64Array, start: number, step: number, length: number];

interface Reduction {
  readonly name: string;
  /** The value of a line. */
  readonly f: (...line: Line) => number;
  /** Adds g times the derivative of the value y of a line to the same line of `into`. */
  readonly df: (into: Float64Array, g: number, y: number, ...line: Line) => void;
}

function reduction({ name, f, df }: Reduction): Op<ReduceAttributes, undefined> {
  return {
    name,
    forward([x], attributes) {
      const { outer, length, inner } = axisView(x!.shape, attributes.axis);
      const data = new Float64Array(outer * inner);
      for (let p = 0; p < data.length; p++) {
        data[p] = f(x!.data, Math.floor(p / inner) * length * inner + (p % inner), inner, length);
      }
      return { data, shape: reducedShape(x!.shape, attributes) };
    },
    backward(gradient, { inputs: [x], attributes, output }, [into]) {
      const { length, inner } = axisView(x!.shape, attributes.axis);
      for (let p = 0; p < gradient.length; p++) {
        const start = Math.floor(p / inner) * length * inner + (p % inner);
        df(into!, gradient[p]!, output.data[p]!, x!.data, start, inner, length);
      }
    },
  };
}

function sumOf(x: Float64Array, start: number, step: number, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += x[start + i * step]!;
  return total;
}

function maxOf(x: Float64Array, start: number, step: number, length: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) if (x[start + i * step]! > most) most = x[start + i * step]!;
  return most;
}

function countOf(value: number, x: Float64Array, start: number, step: number, length: number): number {
  let count = 0;
  for (let i = 0; i < length; i++) if (x[start + i * step] === value) count++;
  return count;
}

export const sumOp = /* @__PURE__ */ reduction({
  name: 'sum',
  f: sumOf,
  df(into, g, _y, _x, start, step, length) {
    for (let i = 0; i < length; i++) into[start + i * step]! += g;
  },
});

export const meanOp = /* @__PURE__ */ reduction({
  name: 'mean',
  f: (x, start, step, length) => sumOf(x, start, step, length) / length,
  df(into, g, _y, _x, start, step, length) {
    for (let i = 0; i < length; i++) into[start + i * step]! += g / length;
  },
});

export const maxOp = /* @__PURE__ */ reduction({
  name: 'max',
  f: maxOf,
  df(into, g, y, x, start, step, length) {
    const share = g / countOf(y, x, start, step, length);
    for (let i = 0; i < length; i++) if (x[start + i * step] === y) into[start + i * step]! += share;
  },
});

export const logSumExpOp = /* @__PURE__ */ reduction({
  name: 'logSumExp',
  f(x, start, step, length) {
    const most = maxOf(x, start, step, length);
    let total = 0;
    for (let i = 0; i < length; i++) total += Math.exp(x[start + i * step]! - most);
    return most + Math.log(total);
  },
  df(into, g, y, x, start, step, length) {
    for (let i = 0; i < length; i++) into[start + i * step]! += g * Math.exp(x[start + i * step]! - y);
  },
});

function reduce(op: Op<ReduceAttributes, undefined>, x: Tensor, options: ReduceOptions | undefined): Tensor {
  const { axis, keepDim } = checkOptions(op.name, options, ['axis', 'keepDim']);
  const input = requireTensor(op.name, 'x', x);
  return record(op, [input], {
    axis: axis === undefined ? undefined : axisOf(op.name, axis, input.shape),
    keepDim: booleanOf(op.name, 'keepDim', keepDim, false),
  });
}

/**
 * Sum over an axis, or over everything, in index order.
 *
 * @throws ShapeError on an axis that x does not have.
 *
 * @example
 * import { sum, tensor } from 'clusterlens/nn';
 * console.log(sum(tensor([[1, 2], [3, 4]])).item(), sum(tensor([[1, 2], [3, 4]]), { axis: -1 }).data);
 * // 10 Float64Array(2) [ 3, 7 ]
 */
export function sum(x: Tensor, options?: ReduceOptions, ...more: []): Tensor {
  nothingMore('sum', more, [x, options]);
  return reduce(sumOp, x, options);
}

/**
 * Mean over an axis, or over everything.
 *
 * @throws ShapeError on an axis that x does not have.
 *
 * @example
 * import { mean, tensor } from 'clusterlens/nn';
 * console.log(mean(tensor([[1, 2], [3, 4]])).item(), mean(tensor([[1, 2], [3, 4]]), { axis: 0 }).data);
 * // 2.5 Float64Array(2) [ 2, 3 ]
 */
export function mean(x: Tensor, options?: ReduceOptions, ...more: []): Tensor {
  nothingMore('mean', more, [x, options]);
  return reduce(meanOp, x, options);
}

/**
 * Largest value over an axis, or over everything. Ties share the gradient equally, so that a
 * permutation of the values permutes the gradient.
 *
 * @throws ShapeError on an axis that x does not have.
 *
 * @example
 * import { max, sum, tensor } from 'clusterlens/nn';
 * const x = tensor([[1, 5], [7, 7]], { requiresGrad: true });
 * const rows = max(x, { axis: 1 });
 * sum(rows).backward();
 * console.log(rows.data, x.grad); // Float64Array(2) [ 5, 7 ] Float64Array(4) [ 0, 1, 0.5, 0.5 ]
 */
export function max(x: Tensor, options?: ReduceOptions, ...more: []): Tensor {
  nothingMore('max', more, [x, options]);
  return reduce(maxOp, x, options);
}

/**
 * log(sum(e^x)) over an axis, or over everything; the largest value is taken out first, so that it
 * overflows for no input.
 *
 * @throws ShapeError on an axis that x does not have.
 *
 * @example
 * import { logSumExp, tensor } from 'clusterlens/nn';
 * console.log(logSumExp(tensor([1000, 1000])).item() === 1000 + Math.LN2); // true
 */
export function logSumExp(x: Tensor, options?: ReduceOptions, ...more: []): Tensor {
  nothingMore('logSumExp', more, [x, options]);
  return reduce(logSumExpOp, x, options);
}
