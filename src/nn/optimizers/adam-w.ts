import { nothingMore } from '../../data/options.js';
import { type AdamOptions, adamLike } from './adam-like.js';
import type { Optimizer } from './optimizer.js';

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101), as PyTorch's
 * `AdamW`: p is first multiplied by 1 - rate weightDecay, then stepped as by `adam` without decay.
 *
 * @throws InputError out-of-range, wrong-type, not-finite or unknown-option.
 *
 * @example
 * import { adamW } from 'clusterlens/nn';
 * const optimizer = adamW({ learningRate: 0.1, weightDecay: 0.5 });
 * const start = { parameters: Float64Array.of(1), gradient: Float64Array.of(4) };
 * console.log(optimizer.update(optimizer.init(1), start).parameters[0]!.toFixed(3)); // 0.850
 */
export function adamW(options?: AdamOptions, ...more: []): Optimizer {
  nothingMore('adamW', more, [options]);
  return adamLike('adamW', options, { decoupled: true, weightDecay: 0.01 });
}
