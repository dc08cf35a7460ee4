/**
 * The rows less their column means, divided by the largest coordinate that this leaves; zeros where all
 * rows are equal. Columns are counted from their first value, so that equal values give exact zeros, and
 * no square of what comes back overflows. Cost O(n d).
 */
export function centredRows(points: Float64Array, n: number, d: number): Float64Array {
  const rows = new Float64Array(n * d);
  // Halves, so that the difference of two numbers of any size is a number.
  const offset = (p: number, c: number) => points[p]! / 2 - points[c]! / 2;
  let largest = 0;
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let p = c; p < rows.length; p += d) mean += offset(p, c) / n;
    for (let p = c; p < rows.length; p += d) {
      rows[p] = offset(p, c) - mean;
      largest = Math.max(largest, Math.abs(rows[p]!));
    }
  }
  if (largest > 0) for (let p = 0; p < rows.length; p++) rows[p]! /= largest;
  return rows;
}
