/**
 * base to a non-negative integer power by repeated squaring: multiplications only, because Math.pow
 * rounds differently from engine to engine. Relative error below exponent * 2^-52.
 */
export function integerPower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
