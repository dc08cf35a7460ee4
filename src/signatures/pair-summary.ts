import { TIE } from '../statistics/tie.js';

/** Mean, population standard deviation and extremes of pair distances. */
export interface PairSummary {
  readonly mean: number;
  readonly std: number;
  /** Positions of the smallest and the largest; of those that tie (to 1e-12) the first. */
  readonly closest: readonly [number, number];
  readonly farthest: readonly [number, number];
}

/** Of the k (k - 1) / 2 entries above the diagonal of a k x k matrix, row-major; k >= 2. */
export function pairSummary(matrix: Float64Array, k: number): PairSummary {
  const pairs = (k * (k - 1)) / 2;
  let sum = 0;
  let [least, most] = [Infinity, 0];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const v = matrix[i * k + j]!;
      sum += v;
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
  }
  const first = (fits: (v: number) => boolean): readonly [number, number] => {
    for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) if (fits(matrix[i * k + j]!)) return [i, j];
    return [0, 1];
  };
  const closest = first((v) => v <= least * (1 + TIE));
  const farthest = first((v) => v >= most * (1 - TIE));
  const mean = sum / pairs;
  let squares = 0;
  for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) squares += (matrix[i * k + j]! - mean) ** 2;
  return { mean, std: Math.sqrt(squares / pairs), closest, farthest };
}
