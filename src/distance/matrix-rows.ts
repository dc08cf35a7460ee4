import type { RowsPlace } from '../kernels/row-distances.js';
import type { DistanceSource } from './source.js';

/** First column that has to be computed for a run of successive rows: that of the diagonal where distances are symmetric. */
function firstColumn({ symmetric }: DistanceSource, rows: Int32Array): number {
  return symmetric ? rows[0]! : 0;
}

/** Distances from a run of successive rows, in the units of the input, without what `mirrorRows` fills in. */
export function matrixRows(source: DistanceSource, rows: Int32Array): Float64Array {
  const from = firstColumn(source, rows);
  const width = source.n - from;
  const run = new Float64Array(rows.length * width);
  fillRun(source, rows, run, { from, at: 0, stride: width });
  return run;
}

/** Puts what `matrixRows` gave for `rows` into the n x n matrix, on both sides of its diagonal. */
export function placeRows(matrix: Float64Array, n: number, rows: Int32Array, run: Float64Array): void {
  const width = run.length / rows.length;
  const from = n - width;
  for (let s = 0; s < rows.length; s++) {
    matrix.set(run.subarray(s * width, (s + 1) * width), (rows[0]! + s) * n + from);
  }
  if (from === rows[0]) mirrorRows(matrix, n, rows);
}

/** The n x n matrix itself, a run of rows at a time. */
export function fillMatrix(source: DistanceSource, runs: readonly Int32Array[], matrix: Float64Array): void {
  const { n, symmetric } = source;
  for (const rows of runs) {
    const from = firstColumn(source, rows);
    fillRun(source, rows, matrix, { from, at: rows[0]! * n + from, stride: n, behind: symmetric });
    if (symmetric) mirrorRows(matrix, n, rows);
  }
}

function fillRun(source: DistanceSource, rows: Int32Array, out: Float64Array, place: RowsPlace): void {
  const { n, unit } = source;
  source.fillRows(rows, out, place);
  if (unit === 1) return;
  for (let s = 0; s < rows.length; s++) {
    const at = place.at + s * place.stride;
    for (let t = at; t < at + n - place.from; t++) out[t]! *= unit;
  }
}

/** Copies what a run of rows has behind the diagonal to the columns below it, eight at a time: a line of the cache is read once. */
function mirrorRows(matrix: Float64Array, n: number, rows: Int32Array): void {
  const first = rows[0]!;
  const end = first + rows.length;
  for (let j = first + 1; j < end; j++) for (let i = first; i < j; i++) matrix[j * n + i] = matrix[i * n + j]!;
  let j = end;
  for (; j + 8 <= n; j += 8) {
    for (let i = first; i < end; i++) {
      const from = i * n + j;
      const to = j * n + i;
      matrix[to] = matrix[from]!;
      matrix[to + n] = matrix[from + 1]!;
      matrix[to + 2 * n] = matrix[from + 2]!;
      matrix[to + 3 * n] = matrix[from + 3]!;
      matrix[to + 4 * n] = matrix[from + 4]!;
      matrix[to + 5 * n] = matrix[from + 5]!;
      matrix[to + 6 * n] = matrix[from + 6]!;
      matrix[to + 7 * n] = matrix[from + 7]!;
    }
  }
  for (; j < n; j++) {
    for (let i = first; i < end; i++) matrix[j * n + i] = matrix[i * n + j]!;
  }
}
