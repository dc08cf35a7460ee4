import { InputError, show } from '../../core/errors.js';
import { checkOptions, nothingMore, numberIn, requireNumber } from '../../data/options.js';
import { constantRate } from './constant-rate.js';
import { type Schedule, schedule } from './schedule.js';

export interface LinearWarmupOptions {
  /** Epochs or steps until the full rate is reached, at least 1. */
  readonly length: number;
  /** Factor at t = 0, in (0, 1]. Default 1/3. */
  readonly startFactor?: number | undefined;
  /** What follows; its own time starts when the warm-up ends. Default constantRate(). */
  readonly after?: Schedule | undefined;
}

/**
 * startFactor + (1 - startFactor) t / length while t < length, then `after.factor(t - length)`:
 * PyTorch's `LinearLR` followed by another schedule.
 *
 * @throws InputError out-of-range, wrong-type, not-finite or unknown-option.
 *
 * @example
 * import { cosineDecay, linearWarmup } from 'clusterlens/nn';
 * const schedule = linearWarmup({ length: 4, startFactor: 0.2, after: cosineDecay({ length: 10 }) });
 * console.log([0, 2, 4, 9].map((t) => schedule.factor(t).toFixed(2))); // [ '0.20', '0.60', '1.00', '0.50' ]
 */
export function linearWarmup(options: LinearWarmupOptions, ...more: []): Schedule {
  nothingMore('linearWarmup', more, [options]);
  const where = 'linearWarmup';
  const given = checkOptions(where, options, ['length', 'startFactor', 'after']);
  const length = requireNumber(where, 'length', given.length, { min: 1, integer: true });
  const range = { min: Number.MIN_VALUE, max: 1 };
  const startFactor = numberIn(where, 'startFactor', given.startFactor, range, 1 / 3);
  const after = given.after === undefined ? constantRate() : readSchedule(where, 'after', given.after);
  const settings = { length, startFactor, after: JSON.stringify([after.name, after.settings]) };
  return schedule(where, settings, (t) =>
    t < length
      ? startFactor + ((1 - startFactor) * t) / length
      : requireNumber(where, 'factor of after', after.factor(t - length), { min: 0 }),
  );
}

/** A schedule that a user hands in, ours or their own. */
export function readSchedule(where: string, name: string, value: unknown): Schedule {
  const { name: own, factor, settings } = (value ?? {}) as Partial<Schedule>;
  if (typeof own === 'string' && typeof factor === 'function' && typeof settings === 'object' && settings !== null) {
    return value as Schedule;
  }
  throw new InputError(
    'wrong-type',
    `${where}: ${name} must be a schedule such as cosineDecay({ length: 50 }), or { name, settings, factor(t) }, got ${show(value)}`,
  );
}
