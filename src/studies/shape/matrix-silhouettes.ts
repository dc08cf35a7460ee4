import { silhouetteWidth } from '../../kernels/silhouette-width.js';

/** Mean silhouette width of labels over the n x n distances of n rows; a row that is alone scores 0. Cost O(n (n + k)). */
export function matrixSilhouette(distances: Float64Array, labels: Int32Array, k: number): number {
  const n = labels.length;
  const counts = new Float64Array(k);
  for (const c of labels) counts[c]!++;
  const sums = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < n; i++) {
    sums.fill(0);
    for (let j = 0; j < n; j++) sums[labels[j]!]! += distances[i * n + j]!;
    const own = labels[i]!;
    if (counts[own]! < 2) continue;
    let nearest = Infinity;
    for (let c = 0; c < k; c++) {
      if (c !== own && counts[c]! > 0) nearest = Math.min(nearest, sums[c]! / counts[c]!);
    }
    total += silhouetteWidth(sums[own]! / (counts[own]! - 1), nearest);
  }
  return total / n;
}
