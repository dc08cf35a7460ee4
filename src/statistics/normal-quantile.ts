import { normalTail } from './normal-tail.js';

/** The z that a standard normal exceeds with probability `tail`, in (0, 0.5]; to 1e-12. */
export function normalQuantile(tail: number): number {
  let low = 0;
  let high = 40;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > tail) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Effect, in standard deviations of its null, that a one-sided test at `level` finds with 80% power.
 */
export function visibleEffect(level: number): number {
  return normalQuantile(level) + normalQuantile(0.2);
}
