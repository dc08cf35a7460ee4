import type { DistanceSource } from './source.js';

/** Rows computed at a time: as many as fit 8 MB, within bounds. */
const LEAST = 16;
const MOST = 64;
const NUMBERS = 2 ** 20;

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
  const block = Math.min(count, Math.max(LEAST, Math.min(MOST, Math.floor(NUMBERS / n))));
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
