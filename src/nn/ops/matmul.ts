import { ShapeError } from '../../core/errors.js';
import { nothingMore } from '../../data/options.js';
import { addMatmul, addMatmulTransposed, addTransposedMatmul } from '../../kernels/matmul.js';
import { record } from '../record.js';
import { showShape } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { requireMatrix } from './operand.js';

export const matmulOp: Op<null, undefined> = {
  name: 'matmul',
  forward([a, b]) {
    const [n, k] = a!.shape as [number, number];
    const m = b!.shape[1]!;
    const data = new Float64Array(n * m);
    addMatmul(a!.data, b!.data, data, n, k, m);
    return { data, shape: [n, m] };
  },
  backward(gradient, { inputs: [a, b] }, [intoA, intoB]) {
    const [n, k] = a!.shape as [number, number];
    const m = b!.shape[1]!;
    if (intoA) addMatmulTransposed(gradient, b!.data, intoA, n, m, k);
    if (intoB) addTransposedMatmul(a!.data, gradient, intoB, k, n, m);
  },
};

/**
 * Matrix product a b of (n x k) and (k x m).
 *
 * Cost 2 n k m.
 *
 * @throws ShapeError shape-mismatch.
 *
 * @example
 * import { matmul, tensor } from 'clusterlens/nn';
 * console.log(matmul(tensor([[1, 2], [3, 4]]), tensor([[1], [10]])).data); // Float64Array(2) [ 21, 43 ]
 */
export function matmul(a: Tensor, b: Tensor, ...more: []): Tensor {
  nothingMore('matmul', more, [a, b]);
  const left = requireMatrix('matmul', 'a', a);
  const right = requireMatrix('matmul', 'b', b);
  if (left.shape[1] !== right.shape[0]) {
    throw new ShapeError(
      'shape-mismatch',
      `matmul: columns of a must equal rows of b, got ${showShape(left.shape)} and ${showShape(right.shape)}`,
    );
  }
  return record(matmulOp, [left, right], null);
}
