import { nearestFew } from '../../kernels/nearest-few.js';

/**
 * For each labeling the share of the m nearest rows of each row that have its label. Rows that tie for the
 * last places share them. `distances` is n x n, m <= n - 1. Cost O(n^2).
 */
export function nearShares(distances: Float64Array, labelings: readonly Int32Array[], m: number): Float64Array[] {
  const n = labelings[0]!.length;
  const shares = labelings.map(() => new Float64Array(n));
  const few = nearestFew(m);
  const near: number[] = [];
  const last: number[] = [];
  for (let i = 0; i < n; i++) {
    few.read(distances.subarray(i * n, (i + 1) * n), i);
    const reach = few.gaps[m - 1]!;
    near.length = 0;
    last.length = 0;
    for (let j = 0; j < n; j++) {
      const distance = distances[i * n + j]!;
      if (j !== i && distance <= reach) (distance < reach ? near : last).push(j);
    }
    labelings.forEach((labels, p) => {
      const same = (rows: number[]) => rows.reduce((sum, j) => sum + (labels[j] === labels[i] ? 1 : 0), 0);
      shares[p]![i] = (same(near) + (same(last) * (m - near.length)) / last.length) / m;
    });
  }
  return shares;
}
