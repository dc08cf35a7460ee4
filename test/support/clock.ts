import { vi } from 'vitest';
import * as clock from '../../src/core/clock.js';

/**
 * Until mocks are restored, the library's clock goes on by so many milliseconds at every look at it, and
 * stands in between: what depends on time then is the same on any machine.
 */
export function clockWithStep(milliseconds: number): void {
  let time = 0;
  vi.spyOn(clock, 'now').mockImplementation(() => {
    time += milliseconds;
    return time;
  });
}

/** Turns of the event loop from the call on until its promise has settled. */
export async function turnsOf(call: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const turn = () => {
    if (over) return;
    turns++;
    setImmediate(turn);
  };
  setImmediate(turn);
  await call();
  over = true;
  return turns;
}

/** Resolves after so many turns of the event loop. */
export async function afterTurns(count: number): Promise<void> {
  for (let t = 0; t < count; t++) await new Promise((resolve) => setImmediate(resolve));
}
