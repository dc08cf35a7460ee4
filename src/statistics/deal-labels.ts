import type { Rng } from '../core/rng.js';

/** Deals the labels of some rows anew among them, in place; `rows` in an order that rests on what they are. */
export function dealLabels(labels: Int32Array, rows: Int32Array, rng: Rng): Int32Array {
  const own = new Int32Array(rows.length);
  for (let p = 0; p < rows.length; p++) own[p] = labels[rows[p]!]!;
  rng.shuffle(own);
  for (let p = 0; p < rows.length; p++) labels[rows[p]!] = own[p]!;
  return labels;
}
