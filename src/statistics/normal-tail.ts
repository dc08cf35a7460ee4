const ROOT_TWO_PI = 2.5066282746310002;

/** P(Z >= z) of a standard normal: its series near 0, its continued fraction in the tails. Never 0. */
export function normalTail(z: number): number {
  const x = Math.abs(z);
  if (x > 38) return z > 0 ? Number.MIN_VALUE : 1;
  const density = Math.exp((-x * x) / 2) / ROOT_TWO_PI;
  let upper: number;
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let i = 3; term > 1e-17 * sum; i += 2) {
      term *= (x * x) / i;
      sum += term;
    }
    upper = 0.5 - density * sum;
  } else {
    let fraction = 0;
    for (let i = 60; i >= 1; i--) fraction = i / (x + fraction);
    upper = density / (x + fraction);
  }
  return z >= 0 ? upper : 1 - upper;
}
