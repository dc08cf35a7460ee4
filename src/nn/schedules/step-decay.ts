import { checkOptions, nothingMore, numberIn, requireNumber } from '../../data/options.js';
import { integerPower } from '../integer-power.js';
import { type Schedule, schedule } from './schedule.js';

export interface StepDecayOptions {
  /** Epochs or steps between two cuts, at least 1. */
  readonly stepSize: number;
  /** Factor of each cut, in (0, 1]. Default 0.1. */
  readonly gamma?: number | undefined;
}

/**
 * gamma^floor(t / stepSize): PyTorch's `StepLR`.
 *
 * @throws InputError out-of-range, wrong-type, not-finite or unknown-option.
 *
 * @example
 * import { stepDecay } from 'clusterlens/nn';
 * const schedule = stepDecay({ stepSize: 2, gamma: 0.5 });
 * console.log([0, 1, 2, 3, 4].map((t) => schedule.factor(t))); // [ 1, 1, 0.5, 0.5, 0.25 ]
 */
export function stepDecay(options: StepDecayOptions, ...more: []): Schedule {
  nothingMore('stepDecay', more, [options]);
  const given = checkOptions('stepDecay', options, ['stepSize', 'gamma']);
  const stepSize = requireNumber('stepDecay', 'stepSize', given.stepSize, { min: 1, integer: true });
  const gamma = numberIn('stepDecay', 'gamma', given.gamma, { min: Number.MIN_VALUE, max: 1 }, 0.1);
  return schedule('stepDecay', { stepSize, gamma }, (t) => integerPower(gamma, Math.floor(t / stepSize)));
}
