import { describe, expect, it } from 'vitest';
import * as lens from '../../src/index.js';
import { callables, invoke, outcome, soundCall } from '../support/sound-calls.js';

/** A Sequential takes any number of steps. */
const OF_ANY_LENGTH = ['Sequential'];

describe('an argument beyond those that a function takes is an error', () => {
  const calls = callables().filter(({ name }) => !OF_ANY_LENGTH.includes(name));

  it.each(calls)('$entry $name', async ({ entry, name, value }) => {
    const { args, options } = soundCall(entry, name);
    // Every place is filled, so that what follows is beyond the last.
    const full = [...args(), ...(options === null ? [] : [options])];
    for (const surplus of [{}, { seed: 1 }, 'macro', 0, false, null]) {
      const found = await outcome(() => invoke(value, [...full, surplus]));
      expect(found, String(JSON.stringify(surplus))).toHaveProperty('error');
      const { error } = found as { error: lens.ClusterlensError };
      expect(error).toBeInstanceOf(lens.InputError);
      expect(error.code).toBe('unknown-option');
      expect(error.message).toMatch(new RegExp(`^${name}\\b`));
    }
  });

  it.each(calls)('$entry $name, but for undefined', async ({ entry, name, value }) => {
    const { args, options } = soundCall(entry, name);
    const found = await outcome(() => invoke(value, [...args(), ...(options === null ? [] : [options]), undefined]));
    expect(found).toHaveProperty('value');
  });
});
