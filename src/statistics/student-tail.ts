/**
 * P(T >= t) of Student's t with a whole number of degrees of freedom, by the finite series of
 * Abramowitz and Stegun, 26.7.3 and 26.7.4.
 */
export function studentTail(t: number, freedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const square = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = 0;
  for (let j = odd ? 1 : 0; j <= freedom - 2; j += 2) {
    sum += term;
    term *= (square * (j + 1)) / (j + 2);
  }
  const inside = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  // Beyond the digits of the series the tail is below this, and never 0.
  return Math.max(Number.EPSILON, (t >= 0 ? 1 - inside : 1 + inside) / 2);
}
