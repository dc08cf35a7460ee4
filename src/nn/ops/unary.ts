import { nothingMore } from '../../data/options.js';
import { tanh as tanhOf } from '../kernels/tanh.js';
import { record } from '../record.js';
import { showIndex } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { outsideDomain, requireTensor } from './operand.js';

interface Elementwise {
  readonly name: string;
  /** Value at x. */
  readonly f: (x: number) => number;
  /** Derivative at x, where y is the value. */
  readonly df: (x: number, y: number) => number;
  /** Where the function is defined; everywhere when absent. */
  readonly domain?: { readonly rule: string; readonly remedy: string; readonly holds: (x: number) => boolean };
}

function elementwise({ name, f, df, domain }: Elementwise): Op<null, undefined> {
  return {
    name,
    forward([x]) {
      const { data, shape } = x!;
      const outside = domain === undefined ? -1 : data.findIndex((value) => !domain.holds(value));
      if (outside >= 0) {
        throw outsideDomain(name, domain!.rule, data[outside]!, showIndex(outside, shape), domain!.remedy);
      }
      const y = new Float64Array(data.length);
      for (let p = 0; p < y.length; p++) y[p] = f(data[p]!);
      return { data: y, shape };
    },
    backward(gradient, { inputs, output }, [into]) {
      const x = inputs[0]!.data;
      const y = output.data;
      // A zero gradient stays zero even where the derivative is infinite (the root at 0).
      for (let p = 0; p < y.length; p++) if (gradient[p] !== 0) into![p]! += gradient[p]! * df(x[p]!, y[p]!);
    },
  };
}

function sigmoidOf(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x); // never overflows for a negative x
  return e / (1 + e);
}

export const negOp = /* @__PURE__ */ elementwise({ name: 'neg', f: (x) => -x, df: () => -1 });
export const expOp = /* @__PURE__ */ elementwise({ name: 'exp', f: Math.exp, df: (_x, y) => y });
export const logOp = /* @__PURE__ */ elementwise({
  name: 'log',
  f: Math.log,
  df: (x) => 1 / x,
  domain: { rule: 'values > 0', remedy: 'add a small constant, or use logSumExp', holds: (x) => x > 0 },
});
export const sqrtOp = /* @__PURE__ */ elementwise({
  name: 'sqrt',
  f: Math.sqrt,
  df: (_x, y) => 0.5 / y,
  domain: { rule: 'values >= 0', remedy: 'clip the input with relu', holds: (x) => x >= 0 },
});
export const squareOp = /* @__PURE__ */ elementwise({ name: 'square', f: (x) => x * x, df: (x) => 2 * x });
export const absOp = /* @__PURE__ */ elementwise({ name: 'abs', f: Math.abs, df: Math.sign });
export const reluOp = /* @__PURE__ */ elementwise({
  name: 'relu',
  f: (x) => Math.max(x, 0),
  df: (x) => (x > 0 ? 1 : 0),
});
export const tanhOp = /* @__PURE__ */ elementwise({ name: 'tanh', f: tanhOf, df: (_x, y) => 1 - y * y });
export const sigmoidOp = /* @__PURE__ */ elementwise({ name: 'sigmoid', f: sigmoidOf, df: (_x, y) => y * (1 - y) });

function apply(op: Op<null, undefined>, x: Tensor, more: readonly unknown[]): Tensor {
  nothingMore(op.name, more, [x]);
  return record(op, [requireTensor(op.name, 'x', x)], null);
}

/**
 * -x, of any shape.
 *
 * @example
 * import { neg, tensor } from 'clusterlens/nn';
 * console.log(neg(tensor([-2, 3])).data); // Float64Array(2) [ 2, -3 ]
 */
export function neg(x: Tensor, ...more: []): Tensor {
  return apply(negOp, x, more);
}

/**
 * e^x.
 *
 * @throws InputError not-finite above x = 709.78, where it overflows.
 *
 * @example
 * import { exp, tensor } from 'clusterlens/nn';
 * console.log(exp(tensor([0, 1])).data[1] === Math.E); // true
 */
export function exp(x: Tensor, ...more: []): Tensor {
  return apply(expOp, x, more);
}

/**
 * Natural logarithm.
 *
 * @throws InputError out-of-range where x <= 0.
 *
 * @example
 * import { log, tensor } from 'clusterlens/nn';
 * console.log(log(tensor([1, Math.E])).data); // Float64Array(2) [ 0, 1 ]
 */
export function log(x: Tensor, ...more: []): Tensor {
  return apply(logOp, x, more);
}

/**
 * Square root. The derivative at 0 is infinite: a gradient other than 0 that arrives there is a
 * GradientError not-finite-gradient (use `norm` for lengths of vectors).
 *
 * @throws InputError out-of-range where x < 0.
 *
 * @example
 * import { sqrt, tensor } from 'clusterlens/nn';
 * console.log(sqrt(tensor([4, 9])).data); // Float64Array(2) [ 2, 3 ]
 */
export function sqrt(x: Tensor, ...more: []): Tensor {
  return apply(sqrtOp, x, more);
}

/**
 * x^2.
 *
 * @throws InputError not-finite where it overflows.
 *
 * @example
 * import { square, tensor } from 'clusterlens/nn';
 * console.log(square(tensor([-2, 3])).data); // Float64Array(2) [ 4, 9 ]
 */
export function square(x: Tensor, ...more: []): Tensor {
  return apply(squareOp, x, more);
}

/**
 * |x|; derivative 0 at 0.
 *
 * @example
 * import { abs, tensor } from 'clusterlens/nn';
 * console.log(abs(tensor([-2, 3])).data); // Float64Array(2) [ 2, 3 ]
 */
export function abs(x: Tensor, ...more: []): Tensor {
  return apply(absOp, x, more);
}

/**
 * max(x, 0); derivative 0 at 0.
 *
 * @example
 * import { relu, sum, tensor } from 'clusterlens/nn';
 * const x = tensor([-2, 3], { requiresGrad: true });
 * sum(relu(x)).backward();
 * console.log(relu(x).data, x.grad); // Float64Array(2) [ 0, 3 ] Float64Array(2) [ 0, 1 ]
 */
export function relu(x: Tensor, ...more: []): Tensor {
  return apply(reluOp, x, more);
}

/**
 * Hyperbolic tangent, from -1 to 1 (which rounding reaches beyond |x| = 19).
 *
 * @example
 * import { tanh, tensor } from 'clusterlens/nn';
 * console.log(tanh(tensor([0, 20])).data); // Float64Array(2) [ 0, 1 ]
 */
export function tanh(x: Tensor, ...more: []): Tensor {
  return apply(tanhOp, x, more);
}

/**
 * 1 / (1 + e^-x), from 0 to 1; never overflows.
 *
 * @example
 * import { sigmoid, tensor } from 'clusterlens/nn';
 * console.log(sigmoid(tensor([0, Math.log(3)])).data.map((p) => Math.round(p * 100) / 100));
 * // Float64Array(2) [ 0.5, 0.75 ]
 */
export function sigmoid(x: Tensor, ...more: []): Tensor {
  return apply(sigmoidOp, x, more);
}
