/** Mean, population standard deviation and extremes of pair distances. */
export interface PairSummary {
  readonly mean: number;
  readonly std: number;
  /** Positions of the smallest and the largest; the first on ties. */
  readonly closest: readonly [number, number];
  readonly farthest: readonly [number, number];
}

/** Of the k (k - 1) / 2 entries above the diagonal of a k x k matrix, row-major; k >= 2. */
export function pairSummary(matrix: Float64Array, k: number): PairSummary {
  const pairs = (k * (k - 1)) / 2;
  let sum = 0;
  let closest: readonly [number, number] = [0, 1];
  let farthest: readonly [number, number] = [0, 1];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const v = matrix[i * k + j]!;
      sum += v;
      if (v < matrix[closest[0] * k + closest[1]]!) closest = [i, j];
      if (v > matrix[farthest[0] * k + farthest[1]]!) farthest = [i, j];
    }
  }
  const mean = sum / pairs;
  let squares = 0;
  for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) squares += (matrix[i * k + j]! - mean) ** 2;
  return { mean, std: Math.sqrt(squares / pairs), closest, farthest };
}
