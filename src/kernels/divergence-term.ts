import { logOnePlus } from './log-one-plus.js';

/**
 * (1 + t) ln(1 + t) - t for t >= -1, 1 at -1: what a cell with p = q (1 + t) adds, in units of q, to the
 * relative entropy sum of p ln(p / q) when p and q have the same total. Never negative, and exact to
 * a few units in the last place near 0, where the sum of p ln(p / q) cancels.
 */
export function divergenceTerm(t: number): number {
  if (t === -1) return 1; // 0 ln 0 = 0: p is nothing beside q
  if (t > 0.1 || t < -0.1) return (1 + t) * logOnePlus(t) - t;
  // t^2 (1/2 - t/6 + t^2/12 - ...): the next term is below 1e-16 of the first.
  let series = 0;
  for (let m = 16; m >= 2; m--) series = 1 / (m * (m - 1)) - t * series;
  return t * t * series;
}
