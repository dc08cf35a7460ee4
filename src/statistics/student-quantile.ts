import { normalTail } from './normal-tail.js';
import { studentTail } from './student-tail.js';

/** Degrees of freedom from which on the normal distribution is as good. */
const NORMAL = 10_000;

/**
 * The t that Student's t with a whole number of degrees of freedom exceeds with probability `tail`, in
 * [1e-9, 0.5]; to 12 digits. Cost O(freedom).
 */
export function studentQuantile(tail: number, freedom: number): number {
  const above = (t: number) => (freedom >= NORMAL ? normalTail(t) : studentTail(t, freedom));
  let low = 0;
  let high = 2;
  while (above(high) > tail && high < 1e12) high *= 2;
  for (let step = 0; step < 60 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2;
    if (above(middle) > tail) low = middle;
    else high = middle;
  }
  return high;
}
