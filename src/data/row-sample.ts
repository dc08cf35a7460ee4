import { Rng } from '../core/rng.js';
import type { Label } from '../core/types.js';
import { type LabeledRows, rowsByClass } from '../statistics/row-order.js';
import { rowNameOf } from './row-name.js';

/**
 * At most about `size` rows, drawn by class without replacement: in proportion to the class sizes
 * with at least two rows of each class that has two; where there are too many classes for that,
 * whole classes are drawn. Sorted; all rows when there are no more than `size`. The draw depends neither on
 * the order of rows nor on the names of classes; `square`: the points are distances.
 */
export function sampleRows(data: LabeledRows, size: number, seed: number, square = false): Int32Array {
  const { n } = data;
  if (n <= size) return Int32Array.from({ length: n }, (_, i) => i);
  const rng = new Rng(seed);
  const members = rowsByClass(data, { square });
  const take = new Float64Array(members.length);
  if (2 * members.length <= size) {
    members.forEach(({ length }, c) => {
      take[c] = Math.min(length, Math.max(2, Math.floor((size * length) / n)));
    });
  } else {
    let left = size;
    for (const c of rng.shuffle(Int32Array.from(members.keys()))) {
      take[c] = Math.min(left, members[c]!.length);
      left -= take[c]!;
    }
  }
  const rows: number[] = [];
  // Selection sampling (Knuth): each row is taken with what is still wanted over what is still unseen.
  members.forEach((own, c) => {
    let unseen = own.length;
    for (const i of own) {
      if (take[c]! > 0 && rng.uniform() * unseen < take[c]!) {
        rows.push(i);
        take[c]!--;
      }
      unseen--;
    }
  });
  return Int32Array.from(rows).sort();
}

/** The rows whose class is not this one; -1: all rows. */
export function rowsOutside(labels: Int32Array, code: number): Int32Array {
  return Int32Array.from(labels.keys()).filter((i) => labels[i] !== code);
}

/** A part of a dataset, with labels numbered anew; `square`: the points are distances. */
export interface Part {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly points: Float64Array;
  readonly labels: Int32Array;
  readonly classes: readonly Label[];
  readonly counts: Int32Array;
  /** Row of the caller's input at each row, where rows were left out; else each row is that of its number. */
  readonly rows?: Int32Array | undefined;
}

export function partOf(data: Part, rows: Int32Array, square = false): Part {
  const { d } = data;
  const n = rows.length;
  const width = square ? n : d;
  const points = new Float64Array(n * width);
  const present = new Int32Array(data.k);
  for (let p = 0; p < n; p++) {
    const i = rows[p]!;
    present[data.labels[i]!]!++;
    if (square) for (let q = 0; q < n; q++) points[p * n + q] = data.points[i * d + rows[q]!]!;
    else for (let c = 0; c < d; c++) points[p * d + c] = data.points[i * d + c]!;
  }
  const code = new Int32Array(data.k).fill(-1);
  const classes: Label[] = [];
  const counts: number[] = [];
  present.forEach((count, c) => {
    if (count === 0) return;
    code[c] = classes.length;
    classes.push(data.classes[c]!);
    counts.push(count);
  });
  const labels = Int32Array.from(rows, (i) => code[data.labels[i]!]!);
  const kept = rows.map(rowNameOf(data));
  return { n, d: width, k: classes.length, points, labels, classes, counts: Int32Array.from(counts), rows: kept };
}

/** A part as points and labels that every public function takes. */
export function asInput(part: Part): [{ data: Float64Array; rows: number; columns: number }, Label[]] {
  return [{ data: part.points, rows: part.n, columns: part.d }, Array.from(part.labels, (c) => part.classes[c]!)];
}
