/**
 * ln(1 + t) for t > -1, accurate near 0. The rounding error of 1 + t is divided out again (Kahan),
 * so that only `Math.log` is needed.
 */
export function logOnePlus(t: number): number {
  const u = 1 + t;
  return u === 1 ? t : Math.log(u) * (t / (u - 1));
}
