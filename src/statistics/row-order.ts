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

const known = new WeakMap<LabeledRows, Int32Array>();

/**
 * The rows in an order that rests on what they are and not on where they stand: by label, then by
 * coordinate from the first column on. Rows that tie are equal, so whatever a seed draws along this order
 * is the same draw however the rows came. Distances are ordered by label and by which distances to which
 * labels a row has. Kept for the object that was given. Cost O(n log n) and few comparisons of coordinates.
 */
export function rowOrder(rows: LabeledRows, { square = false, also = [] }: RowNature = {}): Int32Array {
  const found = also.length === 0 ? known.get(rows) : undefined;
  if (found !== undefined) return found;
  const order = byLabel(rows.labels);
  const columns = square
    ? [rows, ...also].map(({ points }) => ({ d: 1, points: profiles(points, rows.labels) }))
    : [rows, ...also];
  const compare = (i: number, j: number): number => {
    for (const { d, points } of columns) {
      for (let c = 0; c < d; c++) {
        const a = points[i * d + c]!;
        const b = points[j * d + c]!;
        if (a !== b) return a < b ? -1 : 1;
      }
    }
    return i - j;
  };
  eachRun(
    order,
    (p) => rows.labels[order[p]!]!,
    (own) => sortRows(own, columns[0]!, compare),
  );
  if (also.length === 0) known.set(rows, order);
  return order;
}

/** Rows by label, those of one label as they stand. */
function byLabel(labels: Int32Array): Int32Array {
  const next: number[] = [0];
  for (const code of labels) next[code + 1] = (next[code + 1] ?? 0) + 1;
  for (let c = 1; c < next.length; c++) next[c] = next[c - 1]! + (next[c] ?? 0);
  const order = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) order[next[labels[i]!]!++] = i;
  return order;
}

/** Hands on each stretch of the order in which a key is the same. */
function eachRun(order: Int32Array, key: (p: number) => number, visit: (own: Int32Array) => void): void {
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && key(to) === key(from)) to++;
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
  eachRun(
    own,
    (p) => keys[p]!,
    (tied) => tied.sort(compare),
  );
}

/** For each row of distances a number that rests on which distances to which labels it holds, in any order. */
function profiles(points: Float64Array, labels: Int32Array): Float64Array {
  const n = labels.length;
  const value = new Float64Array(1);
  const [low, high] = [0, 1];
  const words = new Uint32Array(value.buffer);
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      value[0] = points[i * n + j]! + 0; // -0 is 0
      let mixed = Math.imul(words[low]! ^ Math.imul(words[high]!, 0x9e3779b9), 0x85ebca6b) ^ labels[j]!;
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
      // Whole numbers, whose sum is exact in any order.
      sums[i]! += (mixed ^ (mixed >>> 13)) >>> 0;
    }
  }
  return sums;
}
