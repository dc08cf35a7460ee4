import { ShapeError } from '../../core/errors.js';
import { nothingMore } from '../../data/options.js';
import { addMatmul, addMatmulTransposed, addTransposedMatmul } from '../../kernels/matmul.js';
import { record } from '../record.js';
import { showShape } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { requireMatrix, requireTensor } from './operand.js';

export const linearOp: Op<null, undefined> = {
  name: 'linear',
  forward([x, weight, bias]) {
    const [n, wide] = x!.shape as [number, number];
    const out = weight!.shape[0]!;
    const data = new Float64Array(n * out);
    for (let i = 0; i < n; i++) data.set(bias!.data, i * out);
    addMatmulTransposed(x!.data, weight!.data, data, n, wide, out);
    return { data, shape: [n, out] };
  },
  backward(gradient, { inputs: [x, weight] }, [intoX, intoWeight, intoBias]) {
    const [n, wide] = x!.shape as [number, number];
    const out = weight!.shape[0]!;
    if (intoX) addMatmul(gradient, weight!.data, intoX, n, out, wide);
    if (intoWeight) addTransposedMatmul(gradient, x!.data, intoWeight, out, n, wide);
    if (intoBias) for (let p = 0; p < gradient.length; p++) intoBias[p % out]! += gradient[p]!;
  },
};

/**
 * x W^T + b for x (n x in), weight W (out x in, PyTorch's layout) and bias b (out).
 *
 * Cost 2 n in out.
 *
 * @throws ShapeError shape-mismatch.
 *
 * @example
 * import { linear, tensor } from 'clusterlens/nn';
 * console.log(linear(tensor([[1, 2]]), tensor([[1, 1], [0, 3]]), tensor([0.5, 0])).data);
 * // Float64Array(2) [ 3.5, 6 ]
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor, ...more: []): Tensor {
  nothingMore('linear', more, [x, weight, bias]);
  const rows = requireMatrix('linear', 'x', x);
  const matrix = requireMatrix('linear', 'weight', weight);
  const offset = requireTensor('linear', 'bias', bias);
  const [out, wide] = matrix.shape;
  if (rows.shape[1] !== wide || offset.shape.length !== 1 || offset.size !== out) {
    throw new ShapeError(
      'shape-mismatch',
      `linear: needs x [n, in], weight [out, in] and bias [out], got ${showShape(rows.shape)}, ` +
        `${showShape(matrix.shape)} and ${showShape(offset.shape)}`,
    );
  }
  return record(linearOp, [rows, matrix, offset], null);
}
