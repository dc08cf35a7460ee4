import { Rng } from '../core/rng.js';
import { type LabeledRows, rowOrder } from './row-order.js';

/**
 * Rows drawn without replacement, in proportion to the clusters' sizes and at least two of each
 * (one of a singleton), so that every cluster's mean has a variance. The result can therefore hold
 * somewhat more than `size` rows; it is sorted. The draw does not depend on the order of rows;
 * `square`: the points are distances.
 */
export function stratifiedSample(
  rows: LabeledRows & { readonly k: number; readonly counts: Int32Array },
  size: number,
  seed: number,
  square = false,
): Int32Array {
  const { n, k, labels, counts } = rows;
  const members: number[][] = Array.from({ length: k }, () => []);
  for (const i of rowOrder(rows, { square })) members[labels[i]!]!.push(i);
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
