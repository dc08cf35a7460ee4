import { kMeans } from '../../statistics/k-means.js';
import { columnMeans } from '../../statistics/mean.js';

/** Rows of the other half that a prototype stands for, about. */
const ROWS_EACH = 12;

/** Places that together follow the shape of a group: its mean, or the centres of its parts. */
export interface Prototypes {
  readonly at: Float64Array;
  readonly group: Int32Array;
}

/** Prototypes of every group from the training rows, at most `most` a group. */
export function prototypesOf(
  rows: Float64Array,
  d: number,
  labels: Int32Array,
  k: number,
  training: Int32Array,
  { most, seed }: { readonly most: number; readonly seed: number },
): Prototypes {
  const members: number[][] = Array.from({ length: k }, () => []);
  for (const i of training) members[labels[i]!]!.push(i);
  const parts = members.map((own) => {
    const data = new Float64Array(own.length * d);
    own.forEach((i, position) => {
      data.set(rows.subarray(i * d, i * d + d), position * d);
    });
    const count = Math.min(most, Math.floor(own.length / ROWS_EACH));
    if (count >= 2) return kMeans(data, own.length, d, count, { seed, restarts: 1, iterations: 20 }).centers;
    return own.length === 0 ? new Float64Array(0) : columnMeans(data, d);
  });
  const sizes = parts.map((part) => part.length / d);
  const at = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    at.set(part, from);
    from += part.length;
  }
  return { at, group: Int32Array.from(sizes.flatMap((size, g) => new Array<number>(size).fill(g))) };
}
