/** Taylor coefficients of cos and sin, 1 / k! with alternating signs, lowest first. */
function coefficients(first: number): number[] {
  const list = [1];
  for (let k = first; list.length < 10; k += 2) list.push(-list[list.length - 1]! / ((k + 1) * (k + 2)));
  return list;
}

const COS = /* @__PURE__ */ coefficients(0);
const SIN = /* @__PURE__ */ coefficients(1);

function horner(series: readonly number[], x: number): number {
  let sum = 0;
  for (let k = series.length - 1; k >= 0; k--) sum = sum * x + series[k]!;
  return sum;
}

/**
 * cos(pi t) for 0 <= t <= 1, by a series on an eighth of the circle: additions and multiplications
 * only, because Math.cos rounds differently from engine to engine. Absolute error below 1e-15.
 */
export function cosPi(t: number): number {
  if (t > 0.5) return -cosPi(1 - t);
  if (t <= 0.25) return horner(COS, Math.PI * t * (Math.PI * t));
  const angle = Math.PI * (0.5 - t);
  return angle * horner(SIN, angle * angle);
}
