import { singularValues } from '../../kernels/singular-values.js';

/** Singular values, largest first, of points from which the column means were taken. */
export function centredSingularValues(data: Float64Array, n: number, d: number): Float64Array {
  const centred = new Float64Array(n * d);
  for (let j = 0; j < d; j++) {
    // Counted from the first row, so that equal rows give exact zeros.
    const origin = data[j]!;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += data[i * d + j]! - origin;
    for (let i = 0; i < n; i++) centred[i * d + j] = data[i * d + j]! - origin - sum / n;
  }
  return singularValues(centred, n, d);
}

/** exp of the entropy of the singular values taken as shares; 0 for the zero matrix. */
export function effectiveRank(values: Float64Array): number {
  // Shares of the largest first: the sum of huge values must not overflow.
  const largest = values[0]!;
  if (largest === 0) return 0;
  const sum = values.reduce((total, value) => total + value / largest, 0);
  let entropy = 0;
  for (const value of values) {
    const share = value / largest / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
