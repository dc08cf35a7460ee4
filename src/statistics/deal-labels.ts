import type { Rng } from '../core/rng.js';

/** Deals the labels of some rows anew among them, in place; `rows` in an order that rests on what they are. */
export function dealLabels(labels: Int32Array, rows: Int32Array, rng: Rng): Int32Array {
  const own = rng.shuffle(Int32Array.from(rows, (i) => labels[i]!));
  rows.forEach((i, position) => {
    labels[i] = own[position]!;
  });
  return labels;
}
