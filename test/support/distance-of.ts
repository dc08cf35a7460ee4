import { CHEBYSHEV, EUCLIDEAN, type Formula, MANHATTAN, SQUARES } from '../../src/kernels/formula.js';

const absolute = (a: number, b: number) => Math.abs(a - b);
const square = (a: number, b: number) => (a - b) * (a - b);

/** The distance from the row at x[xi] to the row at y[yi] by definition, column by column; `WIDE` is Euclidean. */
export function distanceOf(
  formula: Formula,
  x: Float64Array,
  xi: number,
  y: Float64Array,
  yi: number,
  d: number,
): number {
  const term = formula === MANHATTAN || formula === CHEBYSHEV ? absolute : square;
  let [sum, largest] = [0, 0];
  for (let c = 0; c < d; c++) {
    const v = term(x[xi + c]!, y[yi + c]!);
    sum += v;
    largest = Math.max(largest, v);
  }
  if (formula === CHEBYSHEV) return largest;
  return formula === SQUARES || formula === MANHATTAN ? sum : Math.sqrt(sum);
}

export const FORMULAS = { SQUARES, EUCLIDEAN, MANHATTAN, CHEBYSHEV };
