import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FlatMatrix } from '../core/types.js';
import { columnMeans } from '../statistics/mean.js';

/** Rows in the plane of the first two principal components of `rows`. */
export interface PrincipalPlane {
  /** Share of the variance of `rows` that the plane shows, 0 to 1. */
  readonly shown: number;
  /** The coordinates of any rows of the same columns in it. */
  readonly project: (rows: FlatMatrix) => number[][];
}

/** null where there is no plane: one column, or rows that are all the same. Cost O(n d^2 + d^3). */
export function principalPlane({ data, rows: n, columns: d }: FlatMatrix): PrincipalPlane | null {
  if (d < 2 || n < 3) return null;
  const mean = columnMeans(data, d);
  const covariance = Matrix.zeros(d, d);
  const centred = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) centred[j] = data[i * d + j]! - mean[j]!;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b <= a; b++) covariance.set(a, b, covariance.get(a, b) + centred[a]! * centred[b]!);
    }
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) covariance.set(b, a, covariance.get(a, b));
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  if (!(total > 0)) return null;
  // Eigenvalues ascend. The sign of a vector is free: its largest entry shall be positive.
  const axes = [d - 1, d - 2].map((column) => {
    const axis = vectors.getColumn(column);
    const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    return axis.map((value) => (largest < 0 ? -value : value));
  });
  return {
    shown: (Math.max(0, values[d - 1]!) + Math.max(0, values[d - 2]!)) / total,
    project: (rows) =>
      Array.from({ length: rows.rows }, (_, i) =>
        axes.map((axis) => axis.reduce((sum, weight, j) => sum + weight * (rows.data[i * d + j]! - mean[j]!), 0)),
      ),
  };
}
