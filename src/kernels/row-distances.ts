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

/** Numbers that the distances of some rows, and the rows, may take to stay in a near cache. */
const NUMBERS = 2 ** 15;

/**
 * Calls `visit` with the position of each row of `x` in ascending order and its squared distances to all rows of
 * `y`: to row j at squares[at + j], until it returns. Where `y` is small it is packed once.
 */
export function eachSquares(
  x: RowSet,
  y: RowSet,
  visit: (position: number, squares: Float64Array, at: number) => void,
): void {
  const { d } = x;
  const m = rowCount(x);
  const n = rowCount(y);
  const stride = Math.ceil(n / BLOCK) * BLOCK;
  const rows = Math.min(Math.ceil(m / TILE), Math.max(1, Math.floor(NUMBERS / Math.max(stride, d) / TILE))) * TILE;
  const panel = Math.min(panelColumns(d, COPIED), Math.ceil(n / TILE) * TILE);
  const panelAt = rows * d;
  const strip = panelAt + panel * d;
  withEngine(undefined, strip + rows * stride, ({ memory, fill }) => {
    for (let s0 = 0; s0 < m; s0 += rows) {
      const s1 = Math.min(s0 + rows, m);
      packRows(x, s0, s1, memory, 0, SQUARES);
      for (let j0 = 0; j0 < n; j0 += panel) {
        const j1 = Math.min(j0 + panel, n);
        if (s0 === 0 || n > panel) packRows(y, j0, j1, memory, panelAt, SQUARES);
        for (let i = 0; i < s1 - s0; i += TILE) {
          fill(SQUARES, i * d, Math.min(TILE, s1 - s0 - i), panelAt, j1 - j0, d, strip + i * stride + j0, stride);
        }
      }
      for (let s = s0; s < s1; s++) visit(s, memory, strip + (s - s0) * stride);
    }
  });
}

/** Squared distances between all rows of a set, row by row. */
export function squaresWithin(rows: RowSet): Float64Array {
  const n = rowCount(rows);
  const out = new Float64Array(n * n);
  eachSquares(rows, rows, (i, squares, at) => out.set(squares.subarray(at, at + n), i * n));
  return out;
}
