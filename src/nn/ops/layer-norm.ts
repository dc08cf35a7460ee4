import { ShapeError } from '../../core/errors.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { record } from '../record.js';
import { showShape } from '../shape.js';
import type { Op, Tensor } from '../tensor.js';
import { overflow, requireTensor } from './operand.js';

export interface LayerNormAttributes {
  /** Added to the variance of a row, which may be 0. Default 1e-5. */
  readonly eps: number;
}

/** Normalised rows, and the reciprocal standard deviation of each. */
type Saved = { readonly normalised: Float64Array; readonly scale: Float64Array };

export const layerNormOp: Op<LayerNormAttributes, Saved> = {
  name: 'layerNorm',
  forward([x, weight, bias], { eps }) {
    const width = weight!.size;
    const rows = x!.size / width;
    const data = new Float64Array(x!.size);
    const normalised = new Float64Array(x!.size);
    const scale = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const start = i * width;
      let mean = 0;
      for (let j = 0; j < width; j++) mean += x!.data[start + j]!;
      mean /= width;
      let variance = 0;
      for (let j = 0; j < width; j++) variance += (x!.data[start + j]! - mean) ** 2;
      if (variance === Number.POSITIVE_INFINITY) throw overflow('layerNorm', `the variance of row ${i}`);
      scale[i] = 1 / Math.sqrt(variance / width + eps);
      for (let j = 0; j < width; j++) {
        const value = (x!.data[start + j]! - mean) * scale[i]!;
        normalised[start + j] = value;
        data[start + j] = value * weight!.data[j]! + bias!.data[j]!;
      }
    }
    return { data, shape: x!.shape, saved: { normalised, scale } };
  },
  // dx = (g - mean(g) - z mean(g z)) / sd, where g is the gradient times the weight and z the normalised row.
  backward(gradient, { inputs, saved: { normalised, scale } }, [intoX, intoWeight, intoBias]) {
    const weight = inputs[1]!.data;
    const width = weight.length;
    for (let i = 0; i < scale.length; i++) {
      const start = i * width;
      let sum = 0;
      let along = 0;
      for (let j = 0; j < width; j++) {
        const g = gradient[start + j]!;
        const z = normalised[start + j]!;
        if (intoWeight) intoWeight[j]! += g * z;
        if (intoBias) intoBias[j]! += g;
        sum += g * weight[j]!;
        along += g * weight[j]! * z;
      }
      if (!intoX) continue;
      for (let j = 0; j < width; j++) {
        const g = gradient[start + j]! * weight[j]!;
        intoX[start + j]! += (g - sum / width - (normalised[start + j]! * along) / width) * scale[i]!;
      }
    }
  },
};

/**
 * Each row (last axis) minus its mean, over the root of its biased variance plus eps, times weight
 * plus bias (both of the length of a row). A constant row gives the bias.
 * Ba, Kiros and Hinton 2016, arXiv:1607.06450.
 *
 * @throws ShapeError shape-mismatch.
 *
 * @example
 * import { layerNorm, tensor } from 'clusterlens/nn';
 * const normalised = layerNorm(tensor([[1, 3]]), { weight: tensor([1, 1]), bias: tensor([0, 5]) });
 * console.log(normalised.data.map(Math.round)); // Float64Array(2) [ -1, 6 ]
 */
export function layerNorm(
  x: Tensor,
  options: { readonly weight: Tensor; readonly bias: Tensor; readonly eps?: number | undefined },
  ...more: []
): Tensor {
  nothingMore('layerNorm', more, [x, options]);
  const loose = checkOptions('layerNorm', options, ['weight', 'bias', 'eps']);
  const rows = requireTensor('layerNorm', 'x', x);
  const weight = requireTensor('layerNorm', 'weight', loose.weight);
  const bias = requireTensor('layerNorm', 'bias', loose.bias);
  const width = rows.shape[rows.shape.length - 1];
  if (width === undefined || [weight, bias].some(({ shape }) => shape.length !== 1 || shape[0] !== width)) {
    throw new ShapeError(
      'shape-mismatch',
      `layerNorm: needs x [..., width], weight [width] and bias [width], got ${showShape(rows.shape)}, ` +
        `${showShape(weight.shape)} and ${showShape(bias.shape)}`,
    );
  }
  const eps = numberIn('layerNorm', 'eps', loose.eps, { min: Number.MIN_VALUE }, 1e-5);
  return record(layerNormOp, [rows, weight, bias], { eps });
}
