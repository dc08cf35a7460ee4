import { expect } from 'vitest';

/** Fails, and names the file and what it lacks or has too much, unless `place` lists what it must list. */
export function expectComplete(place: string, listed: readonly string[], needed: readonly string[]): void {
  const missing = needed.filter((name) => !listed.includes(name));
  const surplus = listed.filter((name) => !needed.includes(name));
  expect({ missing, surplus }, `${place} lacks [${missing}] and has too much [${surplus}]`).toEqual({
    missing: [],
    surplus: [],
  });
}
