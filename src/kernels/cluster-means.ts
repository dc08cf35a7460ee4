import type { FillKernel } from './fill.js';

/** What a silhouette is made of, per row. */
export interface ClusterMeans {
  /** Mean distance to the other members of the row's own cluster; 0 for the only member. */
  readonly own: Float64Array;
  /** Least mean distance to the members of another cluster. */
  readonly nearest: Float64Array;
  /** That other cluster; the first in label order on ties. */
  readonly neighbor: Int32Array;
}

export function emptyClusterMeans(n: number): ClusterMeans {
  return {
    own: new Float64Array(n),
    nearest: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    neighbor: new Int32Array(n).fill(-1),
  };
}

const ROWS = 16;
const COLUMNS = 128;

/**
 * Mean distances from each row to each cluster, reduced to the own and the nearest other cluster,
 * for rows sorted by cluster. Each pair is computed once and added to both rows: to the row sums of
 * the first, and to `columnSums` of the second, which is complete when the first row's cluster is
 * done. So the memory is O(n + k), and clusters reach every row in label order.
 *
 * Cost n^2 d / 2 multiply-adds.
 */
export function clusterMeans(
  rows: Float64Array,
  n: number,
  d: number,
  offsets: Int32Array,
  fill: FillKernel,
): ClusterMeans {
  const k = offsets.length - 1;
  const result = emptyClusterMeans(n);
  const { own, nearest, neighbor } = result;
  const columnSums = new Float64Array(n);
  const rowSums = new Float64Array(ROWS * k);
  const tile = new Float64Array(COLUMNS);
  for (let cluster = 0; cluster < k; cluster++) {
    const start = offsets[cluster]!;
    const end = offsets[cluster + 1]!;
    const size = end - start;
    columnSums.fill(0, start);
    for (let i0 = start; i0 < end; i0 += ROWS) {
      const i1 = Math.min(i0 + ROWS, end);
      rowSums.fill(0);
      for (let other = cluster; other < k; other++) {
        const to = offsets[other + 1]!;
        for (let j0 = other === cluster ? i0 + 1 : offsets[other]!; j0 < to; j0 += COLUMNS) {
          const j1 = Math.min(j0 + COLUMNS, to);
          for (let i = i0; i < i1; i++) {
            const from = Math.max(j0, i + 1);
            if (from >= j1) continue;
            fill(rows, i * d, rows, d, from, j1, tile, 0);
            let sum = rowSums[(i - i0) * k + other]!;
            for (let j = from; j < j1; j++) {
              const distance = tile[j - from]!;
              sum += distance;
              columnSums[j]! += distance;
            }
            rowSums[(i - i0) * k + other] = sum;
          }
        }
      }
      for (let i = i0; i < i1; i++) {
        const at = (i - i0) * k;
        // Pairs with earlier rows of the cluster came in as columns, and are complete by now.
        own[i] = size > 1 ? (rowSums[at + cluster]! + columnSums[i]!) / (size - 1) : 0;
        for (let other = cluster + 1; other < k; other++) {
          const mean = rowSums[at + other]! / (offsets[other + 1]! - offsets[other]!);
          if (mean < nearest[i]!) {
            nearest[i] = mean;
            neighbor[i] = other;
          }
        }
      }
    }
    for (let j = end; j < n; j++) {
      const mean = columnSums[j]! / size;
      if (mean < nearest[j]!) {
        nearest[j] = mean;
        neighbor[j] = cluster;
      }
    }
  }
  return result;
}
