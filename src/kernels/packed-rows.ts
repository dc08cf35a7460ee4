import { BLOCK, type BlockMetric, packedWidth, WIDE } from './block-metric.js';
import type { Framing } from './frame.js';

/** Rows to be packed: where they are, in which order, and in which frame they are wanted. */
export interface RowSet {
  /** Row-major. */
  readonly points: Float64Array;
  readonly d: number;
  /** Row of `points` at each position; default: as they stand. */
  readonly order?: Int32Array | undefined;
  /** Applied while packing; default: none. */
  readonly framing?: Framing | undefined;
}

/**
 * Copies the rows at positions from .. to - 1 into blocks of four, column by column: column c of
 * row r of a block stands at 4 c + r. Blocks follow one another from `at`; the last one may be
 * filled in part.
 */
export function packRows(
  set: RowSet,
  from: number,
  to: number,
  f: Float64Array,
  at: number,
  metric: BlockMetric,
): void {
  const { points, d, order, framing } = set;
  const size = BLOCK * packedWidth(metric, d);
  for (let p = from; p < to; p++) {
    const source = (order === undefined ? p : order[p]!) * d;
    let o = at + ((p - from) >> 2) * size + ((p - from) & 3);
    let square = 0;
    for (let c = 0; c < d; c++) {
      let v = points[source + c]!;
      if (framing !== undefined) v = (v - framing.origin[c]!) / framing.unit;
      f[o] = v;
      square += v * v;
      o += 4;
    }
    if (metric === WIDE) f[o] = square;
  }
}
