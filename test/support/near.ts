import { expect } from 'vitest';

/** Equal to `tolerance`, relative to the larger of the two but not finer than `tolerance * scale`. */
export function near(actual: number, expected: number, tolerance: number, scale = 1, what = ''): void {
  if (Object.is(actual, expected) || actual === expected) return;
  const room = tolerance * Math.max(Math.abs(actual), Math.abs(expected), scale);
  const gap = Math.abs(actual - expected);
  expect(
    gap < Number.POSITIVE_INFINITY && gap <= room,
    `${what} got ${actual}, expected ${expected} within ${room}`,
  ).toBe(true);
}

/** `near` for each element. */
export function allNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  scale = 1,
  what = '',
): void {
  expect(actual.length, `${what} length`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) near(actual[i]!, expected[i]!, tolerance, scale, `${what}[${i}]`);
}
