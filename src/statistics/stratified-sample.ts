import { Rng } from '../core/rng.js';
import { type LabeledRows, rowsByClass } from './row-order.js';

/**
 * Rows drawn without replacement, in proportion to the clusters' sizes and at least two of each
 * (one of a singleton), so that every cluster's mean has a variance. The result can therefore hold
 * somewhat more than `size` rows; it is sorted. The draw depends neither on the order of rows nor on the names of classes;
 * `square`: the points are distances.
 */
export function stratifiedSample(rows: LabeledRows, size: number, seed: number, square = false): Int32Array {
  const rng = new Rng(seed);
  const drawn: number[] = [];
  for (const pool of rowsByClass(rows, { square })) {
    const count = pool.length;
    const take = Math.min(count, Math.max(2, Math.round((size * count) / rows.n)));
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
