import type { Rng } from '../../core/rng.js';
import { framingOf } from '../../kernels/frame.js';
import { columnMeans } from '../../statistics/mean.js';
import { principalAxes } from '../../statistics/principal-axes.js';
import { rowOrder } from '../../statistics/row-order.js';

/** The box that reference rows are drawn from: along the principal components, or along the columns. */
export type ReferenceBox = 'pca' | 'ranges';

export const REFERENCE_BOXES: readonly ReferenceBox[] = ['pca', 'ranges'];

/** The columns as they are, as axes. */
function columnAxes(d: number): Float64Array {
  const axes = new Float64Array(d * d);
  for (let a = 0; a < d; a++) axes[a * d + a] = 1;
  return axes;
}

/** Least and largest coordinate of the rows along each axis. */
function extremes(rows: Float64Array, n: number, d: number, axes: Float64Array) {
  const low = new Float64Array(d).fill(Infinity);
  const high = new Float64Array(d).fill(-Infinity);
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < d; a++) {
      let along = 0;
      for (let c = 0; c < d; c++) along += rows[i * d + c]! * axes[a * d + c]!;
      low[a] = Math.min(low[a]!, along);
      high[a] = Math.max(high[a]!, along);
    }
  }
  return { low, high };
}

/**
 * Makes a function that draws n rows uniformly from the smallest box around the points, in units of
 * the input: data without clusters, with the extent of the points and, with 'pca', roughly their
 * shape (Tibshirani, Walther and Hastie 2001, section 4, choices b and a). Cost O(n d^2 + d^3), and
 * O(n d^2) a draw.
 */
export function referenceBox(
  points: Float64Array,
  n: number,
  d: number,
  box: ReferenceBox,
): (rng: Rng) => Float64Array {
  const { origin, unit } = framingOf(points, n, d);
  // In an order that rests on what they are: sums that end in other digits turn the axes.
  const order = rowOrder({ n, d, points, labels: new Int32Array(n) });
  const rows = new Float64Array(n * d);
  order.forEach((i, p) => {
    for (let c = 0; c < d; c++) rows[p * d + c] = (points[i * d + c]! - origin[c]!) / unit;
  });
  const mean = columnMeans(rows, d);
  for (let p = 0; p < rows.length; p++) rows[p]! -= mean[p % d]!;
  const axes = box === 'pca' ? principalAxes(rows, n, d) : columnAxes(d);
  const { low, high } = extremes(rows, n, d, axes);
  return (rng) => {
    const out = new Float64Array(n * d);
    const row = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      row.set(mean);
      for (let a = 0; a < d; a++) {
        const along = low[a]! + (high[a]! - low[a]!) * rng.uniform();
        for (let c = 0; c < d; c++) row[c]! += along * axes[a * d + c]!;
      }
      for (let c = 0; c < d; c++) out[i * d + c] = row[c]! * unit + origin[c]!;
    }
    return out;
  };
}
