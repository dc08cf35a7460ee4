import type { FlatMatrix } from 'clusterlens';

/** Row-major numbers that belong to the caller. */
export type Matrix = FlatMatrix & { readonly data: Float64Array };

export interface Standardizer {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Mean and population standard deviation of each column; a column that does not vary gets deviation 1. */
export function fitStandardizer(rows: readonly Float64Array[]): Standardizer {
  const d = rows[0]!.length;
  const mean = new Float64Array(d);
  const deviation = new Float64Array(d);
  for (const row of rows) for (let c = 0; c < d; c++) mean[c]! += row[c]! / rows.length;
  for (const row of rows) for (let c = 0; c < d; c++) deviation[c]! += (row[c]! - mean[c]!) ** 2 / rows.length;
  // The mean of equal values may be off by a rounding, which must not become the unit of held-out rows.
  const varies = (square: number, c: number) => Math.sqrt(square) > 1e-12 * Math.abs(mean[c]!);
  return { mean, deviation: deviation.map((square, c) => (varies(square, c) ? Math.sqrt(square) : 1)) };
}

export function standardize(rows: readonly Float64Array[], { mean, deviation }: Standardizer): Matrix {
  const d = mean.length;
  const data = new Float64Array(rows.length * d);
  rows.forEach((row, i) => {
    for (let c = 0; c < d; c++) data[i * d + c] = (row[c]! - mean[c]!) / deviation[c]!;
  });
  return { data, rows: rows.length, columns: d };
}
