import { now } from './clock.js';

const { setImmediate: soonest = setTimeout } = globalThis as { setImmediate?: (act: () => void) => unknown };

/** Slices of time, between which other events pass: timers, input, messages. */
export interface Slices {
  /** Whether the present slice is over. */
  over(): boolean;
  /**
   * Runs a function in a new slice, after the events that wait. Where there is `setImmediate` that takes
   * no time; a timer waits for a millisecond or more.
   */
  next(act: () => void): void;
}

/** The first slice begins now; each lasts for so many milliseconds. */
export function slices(length: number): Slices {
  let since = now();
  return {
    over: () => now() - since >= length,
    next(act) {
      soonest(() => {
        since = now();
        act();
      });
    },
  };
}
