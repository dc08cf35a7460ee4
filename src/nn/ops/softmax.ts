import { checkOptions, nothingMore } from '../../data/options.js';
import { record } from '../record.js';
import { axisOf, axisView } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { requireTensor } from './operand.js';

export const softmaxOp: Op<{ readonly axis: number }, undefined> = {
  name: 'softmax',
  forward([x], { axis }) {
    const { outer, length, inner } = axisView(x!.shape, axis);
    const data = new Float64Array(x!.size);
    for (let p = 0; p < outer * inner; p++) {
      const start = Math.floor(p / inner) * length * inner + (p % inner);
      let most = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < length; i++) most = Math.max(most, x!.data[start + i * inner]!);
      let total = 0;
      for (let i = 0; i < length; i++) total += data[start + i * inner] = Math.exp(x!.data[start + i * inner]! - most);
      for (let i = 0; i < length; i++) data[start + i * inner]! /= total;
    }
    return { data, shape: x!.shape };
  },
  backward(gradient, { attributes: { axis }, output }, [into]) {
    const { outer, length, inner } = axisView(output.shape, axis);
    const y = output.data;
    for (let p = 0; p < outer * inner; p++) {
      const start = Math.floor(p / inner) * length * inner + (p % inner);
      let along = 0;
      for (let i = 0; i < length; i++) along += gradient[start + i * inner]! * y[start + i * inner]!;
      for (let i = 0; i < length; i++) {
        into![start + i * inner]! += y[start + i * inner]! * (gradient[start + i * inner]! - along);
      }
    }
  },
};

/**
 * e^x over its sum along an axis (default the last); the largest value is taken out first, so that
 * it overflows for no input.
 *
 * @throws ShapeError on an axis that x does not have.
 *
 * @example
 * import { softmax, tensor } from 'clusterlens/nn';
 * console.log(softmax(tensor([[0, 0], [0, Math.log(3)]])).data.map((p) => Math.round(p * 100) / 100));
 * // Float64Array(4) [ 0.5, 0.5, 0.25, 0.75 ]
 */
export function softmax(x: Tensor, options?: { readonly axis?: number | undefined }, ...more: []): Tensor {
  nothingMore('softmax', more, [x, options]);
  const { axis } = checkOptions('softmax', options, ['axis']);
  const input = requireTensor('softmax', 'x', x);
  return record(softmaxOp, [input], { axis: axisOf('softmax', axis ?? -1, input.shape) });
}
