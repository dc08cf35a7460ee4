import { profiles } from './distance-profiles.js';

/** Rows with labels; `points` are n x d coordinates, or n x n distances where that is said. */
export interface LabeledRows {
  readonly n: number;
  readonly d: number;
  readonly points: Float64Array;
  readonly labels: Int32Array;
}

/** What else tells rows apart: whether points are distances, and other columns of the same rows. */
export interface RowNature {
  readonly square?: boolean | undefined;
  readonly also?: readonly { readonly d: number; readonly points: Float64Array }[] | undefined;
}

/** Values of a key; with the place of the row they fill the 53 bits that a number holds exactly. */
const STEPS = 2 ** 25;
const PLACES = 2 ** 27;

/**
 * The rows of each class, in an order that rests on what they are and neither on where they stand nor on how
 * classes are called: rows by coordinate from the first column on; classes by size, the largest first, those of
 * one size by their rows. Rows that tie are equal and classes that tie have equal rows, so whatever a seed
 * draws along this order is the same draw however the rows came and whatever their labels are. Distances are
 * ordered by which distances to which classes a row has. Cost O(n log n) and few comparisons of coordinates.
 */
export function rowsByClass(rows: LabeledRows, { square = false, also = [] }: RowNature = {}): Int32Array[] {
  const { labels } = rows;
  const columns = square
    ? [rows, ...also].map(({ points }) => ({ d: 1, points: profiles(points, labels) }))
    : [rows, ...also];
  const gap = (i: number, j: number): number => {
    for (const { d, points } of columns) {
      for (let c = 0; c < d; c++) {
        const a = points[i * d + c]!;
        const b = points[j * d + c]!;
        if (a !== b) return a < b ? -1 : 1;
      }
    }
    return 0;
  };
  const members = membersOf(labels);
  for (const own of members) sortRows(own, columns[0]!, (i, j) => gap(i, j) || i - j);
  return members.sort((a, b) => {
    if (a.length !== b.length) return b.length - a.length;
    let at = 0;
    while (at < a.length - 1 && gap(a[at]!, b[at]!) === 0) at++;
    return gap(a[at]!, b[at]!) || labels[a[0]!]! - labels[b[0]!]!;
  });
}

/** All rows in the order of `rowsByClass`. */
export function rowOrder(rows: LabeledRows, nature?: RowNature): Int32Array {
  const order = new Int32Array(rows.labels.length);
  let next = 0;
  for (const own of rowsByClass(rows, nature)) {
    order.set(own, next);
    next += own.length;
  }
  return order;
}

/** Rows of each label that has some, as they stand. */
function membersOf(labels: Int32Array): Int32Array[] {
  const counts: number[] = [];
  for (const code of labels) counts[code] = (counts[code] ?? 0) + 1;
  const next = counts.map(() => 0);
  const members = Array.from(counts, (count = 0) => new Int32Array(count));
  labels.forEach((code, i) => {
    members[code]![next[code]!++] = i;
  });
  return members.filter((own) => own.length > 0);
}

/** Hands on each stretch of the order in which a key is the same. */
function eachRun(order: Int32Array, keys: Float64Array, visit: (own: Int32Array) => void): void {
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && keys[to] === keys[from]) to++;
    if (to - from > 1) visit(order.subarray(from, to));
    from = to;
  }
}

/** Sorts rows in place: by the first column in steps, as numbers, which is fast; then those of one step in full. */
function sortRows(
  own: Int32Array,
  { d, points }: { readonly d: number; readonly points: Float64Array },
  compare: (i: number, j: number) => number,
): void {
  // Halves, so that the range of numbers of any size is a number.
  let low = Infinity;
  let high = -Infinity;
  for (const i of own) {
    low = Math.min(low, points[i * d]! / 2);
    high = Math.max(high, points[i * d]! / 2);
  }
  const range = high - low;
  const keys = new Float64Array(own.length);
  if (range > 0) {
    for (let p = 0; p < own.length; p++) {
      keys[p] = Math.floor(((points[own[p]! * d]! / 2 - low) / range) * (STEPS - 1)) * PLACES + p;
    }
    keys.sort();
    const rows = own.slice();
    for (let p = 0; p < own.length; p++) {
      const step = Math.floor(keys[p]! / PLACES);
      own[p] = rows[keys[p]! - step * PLACES]!;
      keys[p] = step;
    }
  }
  eachRun(own, keys, (tied) => tied.sort(compare));
}
