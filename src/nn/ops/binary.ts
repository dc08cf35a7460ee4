import { nothingMore } from '../../data/options.js';
import { record } from '../record.js';
import { broadcastIndex, broadcastShape, showIndex, sizeOf } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { type Operand, outsideDomain, requireOperand } from './operand.js';

interface Pairwise {
  readonly name: string;
  /** Value for elements x of the first and y of the second operand, after broadcasting. */
  readonly f: (x: number, y: number) => number;
  /** Derivatives by x and by y. */
  readonly dx: (x: number, y: number) => number;
  readonly dy: (x: number, y: number) => number;
  /** Throws where the second operand is outside of the domain. */
  readonly check?: (b: Tensor) => void;
}

type Indices = readonly [Int32Array | null, Int32Array | null];

function pairwise({ name, f, dx, dy, check }: Pairwise): Op<null, Indices> {
  return {
    name,
    forward([a, b]) {
      check?.(b!);
      const shape = broadcastShape(name, a!.shape, b!.shape);
      const ia = broadcastIndex(a!.shape, shape);
      const ib = broadcastIndex(b!.shape, shape);
      const data = new Float64Array(sizeOf(shape));
      for (let p = 0; p < data.length; p++) data[p] = f(a!.data[ia?.[p] ?? p]!, b!.data[ib?.[p] ?? p]!);
      return { data, shape, saved: [ia, ib] };
    },
    backward(gradient, { inputs, saved: [ia, ib] }, [intoA, intoB]) {
      const a = inputs[0]!.data;
      const b = inputs[1]!.data;
      for (let p = 0; p < gradient.length; p++) {
        const i = ia?.[p] ?? p;
        const j = ib?.[p] ?? p;
        if (intoA) intoA[i]! += gradient[p]! * dx(a[i]!, b[j]!);
        if (intoB) intoB[j]! += gradient[p]! * dy(a[i]!, b[j]!);
      }
    },
  };
}

export const addOp = /* @__PURE__ */ pairwise({ name: 'add', f: (x, y) => x + y, dx: () => 1, dy: () => 1 });
export const subOp = /* @__PURE__ */ pairwise({ name: 'sub', f: (x, y) => x - y, dx: () => 1, dy: () => -1 });
export const mulOp = /* @__PURE__ */ pairwise({ name: 'mul', f: (x, y) => x * y, dx: (_x, y) => y, dy: (x) => x });
export const divOp = /* @__PURE__ */ pairwise({
  name: 'div',
  f: (x, y) => x / y,
  dx: (_x, y) => 1 / y,
  dy: (x, y) => -x / y / y,
  check({ data, shape }) {
    const zero = data.indexOf(0);
    if (zero < 0) return;
    throw outsideDomain('div', 'a divisor other than 0', 0, showIndex(zero, shape), 'add a small constant to it');
  },
});

/**
 * a + b, broadcast by NumPy's rule.
 *
 * @throws ShapeError shape-mismatch.
 *
 * @example
 * import { add, tensor } from 'clusterlens/nn';
 * console.log(add(tensor([[1, 2], [3, 4]]), tensor([10, 20])).data); // Float64Array(4) [ 11, 22, 13, 24 ]
 */
export function add(a: Operand, b: Operand, ...more: []): Tensor {
  nothingMore('add', more, [a, b]);
  return record(addOp, [requireOperand('add', 'a', a), requireOperand('add', 'b', b)], null);
}

/**
 * a - b, broadcast by NumPy's rule.
 *
 * @throws ShapeError shape-mismatch.
 *
 * @example
 * import { sub, tensor } from 'clusterlens/nn';
 * console.log(sub(1, tensor([0.25, 0.5])).data); // Float64Array(2) [ 0.75, 0.5 ]
 */
export function sub(a: Operand, b: Operand, ...more: []): Tensor {
  nothingMore('sub', more, [a, b]);
  return record(subOp, [requireOperand('sub', 'a', a), requireOperand('sub', 'b', b)], null);
}

/**
 * a b, element by element, broadcast by NumPy's rule.
 *
 * @throws ShapeError shape-mismatch.
 *
 * @example
 * import { mul, sum, tensor } from 'clusterlens/nn';
 * const x = tensor([2, 3], { requiresGrad: true });
 * sum(mul(x, x)).backward();
 * console.log(x.grad); // Float64Array(2) [ 4, 6 ]
 */
export function mul(a: Operand, b: Operand, ...more: []): Tensor {
  nothingMore('mul', more, [a, b]);
  return record(mulOp, [requireOperand('mul', 'a', a), requireOperand('mul', 'b', b)], null);
}

/**
 * a / b, broadcast by NumPy's rule.
 *
 * @throws InputError out-of-range where b is 0, not-finite where it overflows; ShapeError shape-mismatch.
 *
 * @example
 * import { div, tensor } from 'clusterlens/nn';
 * console.log(div(tensor([1, 2]), 4).data); // Float64Array(2) [ 0.25, 0.5 ]
 */
export function div(a: Operand, b: Operand, ...more: []): Tensor {
  nothingMore('div', more, [a, b]);
  return record(divOp, [requireOperand('div', 'a', a), requireOperand('div', 'b', b)], null);
}
