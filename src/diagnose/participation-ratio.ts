import { centredFrame } from '../kernels/frame.js';

const WIDEST = 256;
const ROWS = 400;

/**
 * Effective rank of points: (sum l)^2 / sum l^2 over the eigenvalues l of their covariance, from 1 to
 * min(n - 1, d); 0 when all rows are equal. Wide data use the products of at most 400 rows, spread evenly,
 * which have the same eigenvalues.
 */
export function participationRatio(points: Float64Array, n: number, d: number): number {
  const { rows } = centredFrame(points, n, d);
  let trace = 0;
  let squares = 0;
  if (d <= WIDEST) {
    const covariance = new Float64Array(d * d);
    for (let i = 0; i < n; i++) {
      for (let a = 0; a < d; a++) {
        const v = rows[i * d + a]!;
        for (let b = 0; b <= a; b++) covariance[a * d + b]! += v * rows[i * d + b]!;
      }
    }
    for (let a = 0; a < d; a++) {
      trace += covariance[a * d + a]!;
      for (let b = 0; b <= a; b++) squares += (a === b ? 1 : 2) * covariance[a * d + b]! ** 2;
    }
  } else {
    const m = Math.min(n, ROWS);
    for (let s = 0; s < m; s++) {
      const i = Math.floor((s * n) / m);
      for (let t = 0; t <= s; t++) {
        const j = Math.floor((t * n) / m);
        let dot = 0;
        for (let c = 0; c < d; c++) dot += rows[i * d + c]! * rows[j * d + c]!;
        if (s === t) trace += dot;
        squares += (s === t ? 1 : 2) * dot * dot;
      }
    }
  }
  return squares === 0 ? 0 : (trace * trace) / squares;
}
