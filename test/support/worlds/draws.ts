import type { Rng } from '../../../src/core/rng.js';

/** Row-major points in the form that every public function takes. */
export interface Table {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** A direction drawn evenly from the sphere. */
export function direction(rng: Rng, d: number): Float64Array {
  const u = Float64Array.from({ length: d }, () => rng.normal());
  const length = Math.hypot(...u);
  return u.map((v) => v / length);
}

/** d orthonormal rows, by Gram and Schmidt. */
export function rotation(rng: Rng, d: number): Float64Array[] {
  const axes: Float64Array[] = [];
  while (axes.length < d) {
    const u = direction(rng, d);
    for (const axis of axes) {
      let dot = 0;
      for (let c = 0; c < d; c++) dot += u[c]! * axis[c]!;
      for (let c = 0; c < d; c++) u[c]! -= dot * axis[c]!;
    }
    const length = Math.hypot(...u);
    if (length > 1e-6) axes.push(u.map((v) => v / length));
  }
  return axes;
}

/** Square root of a chi-squared variable over its degrees of freedom, `freedom` whole. */
export function rootOfChi(rng: Rng, freedom: number): number {
  let sum = 0;
  for (let f = 0; f < freedom; f++) sum += rng.normal() ** 2;
  return Math.sqrt(sum / freedom);
}

/** Fills a table row by row. */
export function tableOf(n: number, d: number, row: (i: number) => ArrayLike<number>): Table {
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) data.set(Float64Array.from(row(i)), i * d);
  return { data, rows: n, columns: d };
}

/** The rows of a table one by one. */
export function rowsOf({ data, rows, columns }: Table): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}
