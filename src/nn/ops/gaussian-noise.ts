import { InputError, show } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { record } from '../record.js';
import type { Op, Tensor } from '../tensor.js';
import { requireTensor } from './operand.js';

export interface GaussianNoiseAttributes {
  /** Standard deviation of the noise. */
  readonly deviation: number;
  /** Where the noise is drawn from: one normal number for each element, in order. */
  readonly rng: Rng;
}

export const gaussianNoiseOp: Op<GaussianNoiseAttributes, undefined> = {
  name: 'gaussianNoise',
  forward([x], { deviation, rng }) {
    return { data: x!.data.map((value) => value + deviation * rng.normal()), shape: x!.shape };
  },
  backward(gradient, _node, [into]) {
    for (let p = 0; p < gradient.length; p++) into![p]! += gradient[p]!;
  },
};

/**
 * x plus independent normal noise of mean 0 and standard deviation `deviation` (0 or more, default 1).
 * The noise is drawn from `rng`, which moves on. Bishop 1995, doi:10.1162/neco.1995.7.1.108.
 *
 * @throws InputError out-of-range or wrong-type.
 *
 * @example
 * import { gaussianNoise, Rng, tensor } from 'clusterlens/nn';
 * const rng = new Rng(1);
 * const noisy = gaussianNoise(tensor([1, 1]), { deviation: 0.1, rng });
 * console.log(noisy.data.map((value) => Math.round(value * 100) / 100)); // Float64Array(2) [ 1.02, 0.96 ]
 */
export function gaussianNoise(
  x: Tensor,
  options: { readonly deviation?: number | undefined; readonly rng: Rng },
  ...more: []
): Tensor {
  nothingMore('gaussianNoise', more, [x, options]);
  const loose = checkOptions('gaussianNoise', options, ['deviation', 'rng']);
  const input = requireTensor('gaussianNoise', 'x', x);
  const deviation = numberIn('gaussianNoise', 'deviation', loose.deviation, { min: 0 }, 1);
  if (!(loose.rng instanceof Rng)) {
    throw new InputError(
      'wrong-type',
      `gaussianNoise: rng must be an Rng, got ${show(loose.rng)}; make one with new Rng(seed)`,
    );
  }
  return record(gaussianNoiseOp, [input], { deviation, rng: loose.rng });
}
