/**
 * Columns with mean 0 and population standard deviation 1. A column whose values are all equal
 * becomes exact zeros: it is measured from its first value, so rounding cannot make it vary. Each
 * column is scaled by its own extent before squares are taken, so they neither overflow nor vanish.
 */
export function zScores(points: Float64Array, n: number, d: number): Float64Array {
  const rows = new Float64Array(n * d);
  for (let c = 0; c < d; c++) {
    const origin = points[c]!;
    let extent = 0;
    for (let i = 0; i < n; i++) extent = Math.max(extent, Math.abs(points[i * d + c]! - origin));
    if (extent === 0) continue;
    let mean = 0;
    for (let i = 0; i < n; i++) mean += (points[i * d + c]! - origin) / extent;
    mean /= n;
    let square = 0;
    for (let i = 0; i < n; i++) {
      const v = (points[i * d + c]! - origin) / extent - mean;
      rows[i * d + c] = v;
      square += v * v;
    }
    const deviation = Math.sqrt(square / n);
    for (let i = 0; i < n; i++) rows[i * d + c]! /= deviation;
  }
  return rows;
}
