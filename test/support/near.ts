import { expect } from 'vitest';

/** Equal to `tolerance`, relative to the larger of the two but not finer than `tolerance * scale`. */
export function near(actual: number, expected: number, tolerance: number, scale = 1, what = ''): void {
  if (!isNear(actual, expected, tolerance, scale)) {
    const room = roomOf(actual, expected, tolerance, scale);
    expect.fail(`${what} got ${actual}, expected ${expected} within ${room}`);
  }
}

const roomOf = (actual: number, expected: number, tolerance: number, scale: number) =>
  tolerance * Math.max(Math.abs(actual), Math.abs(expected), scale);

// An assertion of its own for each of a million numbers takes minutes.
function isNear(actual: number, expected: number, tolerance: number, scale: number): boolean {
  if (Object.is(actual, expected) || actual === expected) return true;
  const gap = Math.abs(actual - expected);
  return gap < Number.POSITIVE_INFINITY && gap <= roomOf(actual, expected, tolerance, scale);
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
  for (let i = 0; i < expected.length; i++) {
    if (!isNear(actual[i]!, expected[i]!, tolerance, scale)) {
      near(actual[i]!, expected[i]!, tolerance, scale, `${what}[${i}]`);
    }
  }
}
