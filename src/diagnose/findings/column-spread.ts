import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame } from '../../kernels/frame.js';
import type { Context } from './context.js';

/** Pooled variance inside classes of each column, in squared units of the frame. */
export function withinVariances({ raw }: Context): Float64Array {
  const { n, d, k, labels, points } = raw;
  const { rows } = centredFrame(points, n, d);
  const { means } = clusterMoments(rows, d, labels, k);
  const out = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) out[c]! += (rows[i * d + c]! - means[labels[i]! * d + c]!) ** 2 / n;
  }
  return out;
}

/** Share of the mean row in the mean squared length of rows. */
export function offsetShare({ data }: Context): number {
  const { n, d, points } = data;
  const mean = new Float64Array(d);
  let square = 0;
  let largest = 0;
  for (const v of points) largest = Math.max(largest, Math.abs(v));
  if (largest === 0) return 0;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const v = points[i * d + c]! / largest;
      mean[c]! += v / n;
      square += (v * v) / n;
    }
  }
  return mean.reduce((sum, v) => sum + v * v, 0) / square;
}
