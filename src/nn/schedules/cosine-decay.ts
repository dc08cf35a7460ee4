import { checkOptions, nothingMore, numberIn, requireNumber } from '../../data/options.js';
import { cosPi } from '../cos-pi.js';
import { type Schedule, schedule } from './schedule.js';

export interface CosineDecayOptions {
  /** Epochs or steps from the full rate to the floor, at least 1 (PyTorch's `T_max`). */
  readonly length: number;
  /** Factor at the end, 0 to 1 (PyTorch's `eta_min` over the learning rate). Default 0. */
  readonly floor?: number | undefined;
}

/**
 * floor + (1 - floor) (1 + cos(pi t / length)) / 2: the closed form of PyTorch's `CosineAnnealingLR`
 * (Loshchilov and Hutter 2017, arXiv:1608.03983). After `length` it stays at the floor, where
 * PyTorch climbs again. The cosine is our own series, so that every engine gives the same bits.
 *
 * @throws InputError out-of-range, wrong-type, not-finite or unknown-option.
 *
 * @example
 * import { cosineDecay } from 'clusterlens/nn';
 * const schedule = cosineDecay({ length: 10, floor: 0.1 });
 * console.log([0, 5, 10, 20].map((t) => schedule.factor(t).toFixed(2))); // [ '1.00', '0.55', '0.10', '0.10' ]
 */
export function cosineDecay(options: CosineDecayOptions, ...more: []): Schedule {
  nothingMore('cosineDecay', more, [options]);
  const given = checkOptions('cosineDecay', options, ['length', 'floor']);
  const length = requireNumber('cosineDecay', 'length', given.length, { min: 1, integer: true });
  const floor = numberIn('cosineDecay', 'floor', given.floor, { min: 0, max: 1 }, 0);
  return schedule('cosineDecay', { length, floor }, (t) =>
    t >= length ? floor : floor + ((1 - floor) * (1 + cosPi(t / length))) / 2,
  );
}
