import { Matrix, SVD } from 'ml-matrix';

/** Singular values, largest first, of points from which the column means were taken. */
export function centredSingularValues(data: Float64Array, n: number, d: number): Float64Array {
  const centred = new Matrix(n, d);
  let largest = 0;
  for (let j = 0; j < d; j++) {
    // Counted from the first row, so that equal rows give exact zeros.
    const origin = data[j]!;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += data[i * d + j]! - origin;
    for (let i = 0; i < n; i++) {
      const value = data[i * d + j]! - origin - sum / n;
      centred.set(i, j, value);
      largest = Math.max(largest, Math.abs(value));
    }
  }
  const rank = Math.min(n, d);
  if (largest === 0) return new Float64Array(rank);
  // Scaled to at most 1: squares inside the decomposition neither overflow nor vanish.
  const scaled = centred.div(largest);
  const { diagonal } = new SVD(scaled, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Float64Array.from(diagonal.slice(0, rank), (value) => value * largest);
}

/** exp of the entropy of the singular values taken as shares; 0 for the zero matrix. */
export function effectiveRank(singularValues: Float64Array): number {
  const sum = singularValues.reduce((total, value) => total + value, 0);
  if (sum === 0) return 0;
  let entropy = 0;
  for (const value of singularValues) {
    const share = value / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
