/**
 * Columns less their mean, divided by their population standard deviation; a constant column becomes
 * 0. Each column is first shifted by its first value, so that the mean of a far column is not lost.
 */
export function standardizedColumns(points: Float64Array, n: number, d: number): Float64Array {
  const out = new Float64Array(n * d);
  for (let c = 0; c < d; c++) {
    const origin = points[c]!;
    let mean = 0;
    let largest = 0;
    for (let i = 0; i < n; i++) mean += (points[i * d + c]! - origin) / n;
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(points[i * d + c]! - origin - mean));
    if (largest === 0) continue;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += ((points[i * d + c]! - origin - mean) / largest) ** 2;
    const sd = Math.sqrt(squares / n);
    for (let i = 0; i < n; i++) out[i * d + c] = (points[i * d + c]! - origin - mean) / largest / sd;
  }
  return out;
}
