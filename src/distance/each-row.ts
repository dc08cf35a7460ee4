import type { DistanceSource } from './source.js';

/** Rows computed at a time: as many as fit 8 MB, within bounds. */
const LEAST = 16;
const MOST = 64;
const NUMBERS = 2 ** 20;

function rowsAtATime(rows: number, columns: number): number {
  return Math.min(rows, Math.max(LEAST, Math.min(MOST, Math.floor(NUMBERS / columns))));
}

/**
 * Calls `visit` with some rows at a time, in ascending order (or the order of `rows`), and their
 * distances to all n rows, one row after the other. `distances` is the caller's to overwrite until it
 * returns.
 */
export function eachBlock(
  source: DistanceSource,
  rows: Int32Array | undefined,
  visit: (rows: Int32Array, distances: Float64Array, s0: number) => void,
): void {
  const { n } = source;
  const count = rows === undefined ? n : rows.length;
  const block = rowsAtATime(count, n);
  const out = new Float64Array(block * n);
  for (let s0 = 0; s0 < count; s0 += block) {
    const size = Math.min(block, count - s0);
    const chosen =
      rows === undefined ? Int32Array.from({ length: size }, (_, s) => s0 + s) : rows.subarray(s0, s0 + size);
    source.fillRows(chosen, out);
    visit(chosen, out.subarray(0, size * n), s0);
  }
}

/** `eachBlock`, row by row. */
export function eachRow(
  source: DistanceSource,
  visit: (i: number, distances: Float64Array, s: number) => void,
  rows?: Int32Array,
): void {
  const { n } = source;
  eachBlock(source, rows, (chosen, distances, s0) => {
    for (let s = 0; s < chosen.length; s++) visit(chosen[s]!, distances.subarray(s * n, (s + 1) * n), s0 + s);
  });
}

/** Calls `visit` with each row i in ascending order and its distances to rows i + 1 .. n - 1. */
export function eachRowOnward(source: DistanceSource, visit: (i: number, onward: Float64Array) => void): void {
  const { n } = source;
  const block = rowsAtATime(n, n);
  const out = new Float64Array(block * n);
  for (let from = 0; from < n; from += block) {
    const rows = Int32Array.from({ length: Math.min(block, n - from) }, (_, s) => from + s);
    const stride = n - from;
    source.fillRows(rows, out, { from, at: 0, stride, behind: true });
    for (let s = 0; s < rows.length; s++) visit(from + s, out.subarray(s * stride + s + 1, (s + 1) * stride));
  }
}

/**
 * Distances among some rows, by their places in `rows`: from one to all of them. With `ahead` the rows behind it
 * are computed too, for whoever asks in ascending order.
 */
export function distancesAmong(source: DistanceSource, rows: Int32Array, ahead = true): (p: number) => Float64Array {
  const size = rows.length;
  const block = ahead ? rowsAtATime(size, size) : 1;
  const out = new Float64Array(block * size);
  let [from, to] = [0, 0];
  return (p) => {
    if (p < from || p >= to) {
      [from, to] = [p, Math.min(p + block, size)];
      source.fillPairs(rows.subarray(from, to), rows, out);
    }
    return out.subarray((p - from) * size, (p - from + 1) * size);
  };
}
