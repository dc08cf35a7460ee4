/** The mean, from the sum in the order of the values; NaN of none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sum of squared differences from `centre`; from the mean it is n times the variance. */
export function squaresAround(centre: number, values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return sum;
}

/** Mean and standard deviation of values that are all there are (denominator n). */
export function meanAndSd(values: ArrayLike<number>): { mean: number; sd: number } {
  const mean = meanOf(values);
  return { mean, sd: Math.sqrt(squaresAround(mean, values) / values.length) };
}

/** Mean of each of d columns over the rows `chosen` (default: all); zeros over none. */
export function columnMeans(rows: ArrayLike<number>, d: number, chosen?: ArrayLike<number>): Float64Array {
  const n = chosen === undefined ? rows.length / d : chosen.length;
  const means = new Float64Array(d);
  for (let p = 0; p < n; p++) {
    const at = (chosen === undefined ? p : chosen[p]!) * d;
    for (let c = 0; c < d; c++) means[c]! += rows[at + c]! / n;
  }
  return means;
}
