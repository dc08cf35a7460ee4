import { nothingMore } from '../../data/options.js';
import { type AdamOptions, adamLike } from './adam-like.js';
import type { Optimizer } from './optimizer.js';

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980) with the formulas of PyTorch's `Adam`: at step t
 * g = gradient + weightDecay p; m = beta1 m + (1 - beta1) g; s = beta2 s + (1 - beta2) g^2;
 * p -= rate / (1 - beta1^t) m / (sqrt(s) / sqrt(1 - beta2^t) + eps).
 *
 * @throws InputError out-of-range, wrong-type, not-finite or unknown-option.
 *
 * @example
 * import { adam } from 'clusterlens/nn';
 * const optimizer = adam({ learningRate: 0.1 });
 * const start = { parameters: Float64Array.of(1), gradient: Float64Array.of(4) };
 * const { parameters, state } = optimizer.update(optimizer.init(1), start);
 * console.log(parameters[0]!.toFixed(3), state.step); // 0.900 1
 */
export function adam(options?: AdamOptions, ...more: []): Optimizer {
  nothingMore('adam', more, [options]);
  return adamLike('adam', options, { decoupled: false, weightDecay: 0 });
}
