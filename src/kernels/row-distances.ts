import { type KernelChoice, withEngine } from './block-engine.js';
import { type Formula, SQUARES } from './formula.js';
import { BLOCK, packedWidth, packRows, panelColumns, type RowSet, rowCount, TILE } from './packed-rows.js';

/** Which columns of a matrix to fill, and where. */
export interface RowsPlace {
  /** First column. */
  readonly from: number;
  /** Where the first number goes. */
  readonly at: number;
  /** Numbers from one row to the next. */
  readonly stride: number;
  /** The rows are successive, and numbers before their diagonal may be left out. Default no. */
  readonly behind?: boolean | undefined;
}

/** Numbers that are copied at once from the kernels to their row. */
const COPIED = 512;

/**
 * Distances from each row of `x` to all rows of `y`, or to those from `place.from` on: one row of `out` after
 * the other, or as `place` says. A distance has the same bits whatever other rows are asked for, unless the
 * formula is `WIDE`. Cost m n d; some tens of rows at a time pay for the packing.
 */
export function rowDistances(
  x: RowSet,
  y: RowSet,
  formula: Formula,
  out: Float64Array,
  place?: RowsPlace,
  choice?: KernelChoice,
): void {
  const { d } = y;
  const m = rowCount(x);
  const n = rowCount(y);
  const { from, at: start, stride, behind = false } = place ?? { from: 0, at: 0, stride: n };
  const width = packedWidth(formula, d);
  const panel = panelColumns(d, COPIED);
  const panelAt = Math.ceil(m / BLOCK) * BLOCK * width;
  const strip = panelAt + panel * width;
  withEngine(choice, strip + TILE * panel, ({ memory, fill }) => {
    packRows(x, 0, m, memory, 0, formula);
    for (let j0 = from; j0 < n; j0 += panel) {
      const columns = Math.min(panel, n - j0);
      packRows(y, j0, j0 + columns, memory, panelAt, formula);
      for (let i0 = 0; i0 < m; i0 += TILE) {
        const i1 = Math.min(i0 + TILE, m);
        // A multiple of TILE, since runs and panels begin at one.
        const before = behind ? Math.max(0, x.order![i0]! - j0) : 0;
        if (before >= columns) break;
        fill(formula, i0 * width, i1 - i0, panelAt + before * width, columns - before, d, strip + before, panel);
        for (let i = i0; i < i1; i++) {
          const at = strip + (i - i0) * panel;
          out.set(memory.subarray(at + before, at + columns), start + i * stride + j0 + before - from);
        }
      }
    }
  });
}

/** Rows taken at a time, so that they and their distances stay in a near cache. */
const LEAST = 16;
const MOST = 1024;
const NUMBERS = 2 ** 16;

/** Calls `visit` with the position of each row of `x` and its squared distances to all rows of `y`, which it may overwrite. */
export function eachSquares(x: RowSet, y: RowSet, visit: (position: number, squares: Float64Array) => void): void {
  const m = rowCount(x);
  const n = rowCount(y);
  const most = Math.min(m, Math.max(LEAST, Math.min(MOST, Math.floor(NUMBERS / Math.max(n, x.d)))));
  const out = new Float64Array(most * n);
  for (let s0 = 0; s0 < m; s0 += most) {
    const size = Math.min(most, m - s0);
    const order = Int32Array.from({ length: size }, (_, s) => x.order?.[s0 + s] ?? s0 + s);
    rowDistances({ ...x, order }, y, SQUARES, out);
    for (let s = 0; s < size; s++) visit(s0 + s, out.subarray(s * n, (s + 1) * n));
  }
}

/** Squared distances between all rows of a set, row by row. */
export function squaresWithin(rows: RowSet): Float64Array {
  const n = rowCount(rows);
  const out = new Float64Array(n * n);
  eachSquares(rows, rows, (i, squares) => out.set(squares, i * n));
  return out;
}

/** Writes the squared distances from row i to all rows. For many rows ask for them together: this packs all of them. */
export function squaresFrom(i: number, rows: RowSet, out: Float64Array): void {
  rowDistances({ ...rows, order: Int32Array.of(i) }, rows, SQUARES, out);
}
