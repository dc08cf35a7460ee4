import { slices } from '../../core/slices.js';

/** Longest time between two visits to the event loop, in milliseconds. */
const HOLD = 40;

/**
 * A function to be awaited between batches: from time to time it lets the event loop turn, so that
 * timers, input and abort signals are served while a run computes.
 */
export function breather(): () => Promise<void> {
  const { over, next } = slices(HOLD);
  return async () => {
    if (over()) await new Promise<void>(next);
  };
}
