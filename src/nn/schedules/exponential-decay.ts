import { checkOptions, nothingMore, requireNumber } from '../../data/options.js';
import { integerPower } from '../integer-power.js';
import { type Schedule, schedule } from './schedule.js';

export interface ExponentialDecayOptions {
  /** Factor from one epoch or step to the next, in (0, 1]. */
  readonly gamma: number;
}

/**
 * gamma^t: PyTorch's `ExponentialLR`.
 *
 * @throws InputError out-of-range, wrong-type, not-finite or unknown-option.
 *
 * @example
 * import { exponentialDecay } from 'clusterlens/nn';
 * const schedule = exponentialDecay({ gamma: 0.5 });
 * console.log([0, 1, 2].map((t) => schedule.factor(t))); // [ 1, 0.5, 0.25 ]
 */
export function exponentialDecay(options: ExponentialDecayOptions, ...more: []): Schedule {
  nothingMore('exponentialDecay', more, [options]);
  const given = checkOptions('exponentialDecay', options, ['gamma']);
  const gamma = requireNumber('exponentialDecay', 'gamma', given.gamma, { min: Number.MIN_VALUE, max: 1 });
  return schedule('exponentialDecay', { gamma }, (t) => integerPower(gamma, t));
}
