/**
 * Runs `act` after the events that wait: timers, input, messages. Where there is `setImmediate` that takes
 * no time; a timer waits for a millisecond or more.
 */
export const { setImmediate: later = setTimeout } = globalThis as { setImmediate?: (act: () => void) => unknown };
