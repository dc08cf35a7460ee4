import { Rng } from '../core/rng.js';

/**
 * Rows drawn without replacement, in proportion to the clusters' sizes and at least two of each
 * (one of a singleton), so that every cluster's mean has a variance. The result can therefore hold
 * somewhat more than `size` rows; it is sorted.
 */
export function stratifiedSample(
  rows: { readonly n: number; readonly k: number; readonly labels: Int32Array; readonly counts: Int32Array },
  size: number,
  seed: number,
): Int32Array {
  const { n, k, labels, counts } = rows;
  const members: number[][] = Array.from({ length: k }, () => []);
  for (let i = 0; i < n; i++) members[labels[i]!]!.push(i);
  const rng = new Rng(seed);
  const drawn: number[] = [];
  for (let cluster = 0; cluster < k; cluster++) {
    const count = counts[cluster]!;
    const take = Math.min(count, Math.max(2, Math.round((size * count) / n)));
    const pool = members[cluster]!;
    for (let t = 0; t < take; t++) {
      const swap = t + rng.integer(count - t);
      const row = pool[swap]!;
      pool[swap] = pool[t]!;
      pool[t] = row;
      drawn.push(row);
    }
  }
  return Int32Array.from(drawn).sort();
}
