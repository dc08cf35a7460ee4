import { classCounts } from '../../kernels/class-counts.js';
import { silhouetteWidth } from '../../kernels/cluster-means.js';

/** Silhouette width of each row from the n x n distances of n rows; a row that is alone scores 0. Cost O(n (n + k)). */
export function matrixWidths(distances: Float64Array, labels: Int32Array, k: number): Float64Array {
  const n = labels.length;
  const counts = classCounts(labels, k);
  const sums = new Float64Array(k);
  const widths = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    sums.fill(0);
    for (let j = 0; j < n; j++) sums[labels[j]!]! += distances[i * n + j]!;
    const own = labels[i]!;
    if (counts[own]! < 2) continue;
    let nearest = Infinity;
    for (let c = 0; c < k; c++) {
      if (c !== own && counts[c]! > 0) nearest = Math.min(nearest, sums[c]! / counts[c]!);
    }
    widths[i] = silhouetteWidth(sums[own]! / (counts[own]! - 1), nearest);
  }
  return widths;
}

/** Their mean. */
export function matrixSilhouette(distances: Float64Array, labels: Int32Array, k: number): number {
  return matrixWidths(distances, labels, k).reduce((sum, width) => sum + width, 0) / labels.length;
}
