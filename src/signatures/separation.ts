export interface SignatureSeparation {
  /** Mean distance over `within`: how many within-class spreads lie between two classes; null when `within` is. */
  readonly overall: number | null;
  /**
   * sqrt(sum of squared distances of rows from their centre / (rows - classes)), over all compared
   * classes; null when every class has one row, since nothing then tells the spread.
   */
  readonly within: number | null;
  /**
   * The same for each pair, with the spread of its two classes; 0 on the diagonal and for two equal
   * classes without spread, Infinity for unequal ones, null for two classes of one row.
   */
  readonly pairs: ReadonlyArray<ReadonlyArray<number | null>>;
}

/** Distance in spreads; `freedom` is rows minus classes. */
function separated(distance: number, scatter: number, freedom: number): number | null {
  if (freedom === 0) return null;
  return distance === 0 ? 0 : distance / Math.sqrt(scatter / freedom);
}

export function separationOf(
  matrix: Float64Array,
  mean: number,
  scatter: Float64Array,
  sizes: readonly number[],
  unit: number,
): SignatureSeparation {
  const k = sizes.length;
  const total = scatter.reduce((sum, v) => sum + v, 0);
  const freedom = sizes.reduce((sum, m) => sum + m - 1, 0);
  const pair = (i: number, j: number) =>
    i === j ? 0 : separated(matrix[i * k + j]!, scatter[i]! + scatter[j]!, sizes[i]! + sizes[j]! - 2);
  return {
    overall: separated(mean, total, freedom),
    within: freedom === 0 ? null : Math.sqrt(total / freedom) * unit,
    pairs: sizes.map((_, i) => sizes.map((_, j) => pair(i, j))),
  };
}
