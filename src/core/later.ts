const { setImmediate: soonest = setTimeout } = globalThis as { setImmediate?: (act: () => void) => unknown };

/**
 * Runs a function after the events that wait: timers, input, messages. Where there is `setImmediate` that
 * takes no time; a timer waits for a millisecond or more.
 */
export const later = soonest;
