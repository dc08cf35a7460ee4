import { type KernelChoice, withEngine } from './block-engine.js';
import { BLOCK, type BlockMetric, packedWidth } from './block-metric.js';
import { packRows, type RowSet } from './packed-rows.js';
import { panelColumns, TILE } from './panel.js';

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
 * Distances from each of `rows` to all n rows of the set, or to those from `place.from` on: what
 * `kernels/fill` gives row by row, to the bit unless the metric is `WIDE`. Cost m n d; some tens of
 * rows at a time pay for the packing.
 */
export function fillRows(
  set: RowSet & { readonly metric: BlockMetric },
  rows: Int32Array,
  out: Float64Array,
  place?: RowsPlace,
  choice?: KernelChoice,
): void {
  const { points, d, metric } = set;
  const n = points.length / d;
  const { from, at: start, stride, behind = false } = place ?? { from: 0, at: 0, stride: n };
  const m = rows.length;
  const width = packedWidth(metric, d);
  const panel = panelColumns(d, COPIED);
  const panelAt = Math.ceil(m / BLOCK) * BLOCK * width;
  const strip = panelAt + panel * width;
  withEngine(choice, strip + TILE * panel, ({ memory, fill }) => {
    packRows({ points, d, order: rows }, 0, m, memory, 0, metric);
    for (let j0 = from; j0 < n; j0 += panel) {
      const columns = Math.min(panel, n - j0);
      packRows(set, j0, j0 + columns, memory, panelAt, metric);
      for (let i0 = 0; i0 < m; i0 += TILE) {
        const i1 = Math.min(i0 + TILE, m);
        // A multiple of TILE, since runs and panels begin at one.
        const before = behind ? Math.max(0, rows[i0]! - j0) : 0;
        if (before >= columns) break;
        fill(metric, i0 * width, i1 - i0, panelAt + before * width, columns - before, d, strip + before, panel);
        for (let i = i0; i < i1; i++) {
          const at = strip + (i - i0) * panel;
          out.set(memory.subarray(at + before, at + columns), start + i * stride + j0 + before - from);
        }
      }
    }
  });
}
