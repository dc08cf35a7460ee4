import { type Formula, WIDE } from './formula.js';
import type { Framing } from './frame.js';

/** Rows of a packed block. */
export const BLOCK = 4;
/** Rows whose distances to a panel of columns one call of a kernel computes: their slices fit the first-level cache. */
export const TILE = 16;

const COLUMNS = 128;
const NUMBERS = 2 ** 16;

/**
 * Rows of a panel, the side that stays packed while tiles pass: a multiple of `TILE`, at most `most`, that fits
 * the second-level cache.
 */
export function panelColumns(d: number, most = COLUMNS): number {
  return Math.max(TILE, Math.min(most, Math.floor(NUMBERS / d / TILE) * TILE));
}

/** Numbers that one packed row takes. */
export function packedWidth(formula: Formula, d: number): number {
  return formula === WIDE ? d + 1 : d;
}

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

export function rowCount({ points, d, order }: RowSet): number {
  return order?.length ?? points.length / d;
}

/**
 * Copies the rows at positions from .. to - 1 into blocks of four, column by column: column c of
 * row r of a block stands at 4 c + r. Blocks follow one another from `at`; what is missing in the
 * last one is filled up with its last row.
 */
export function packRows(set: RowSet, from: number, to: number, f: Float64Array, at: number, formula: Formula): void {
  const { points, d, order } = set;
  const { origin, scale } = set.framing ?? { origin: new Float64Array(d), scale: 1 };
  const start = (p: number) => (order === undefined ? p : order[p]!) * d;
  let o = at;
  for (let p = from; p < to; p += BLOCK) {
    const last = to - 1;
    const rows = [p, Math.min(p + 1, last), Math.min(p + 2, last), Math.min(p + 3, last)] as const;
    packBlock(points, start(rows[0]), start(rows[1]), start(rows[2]), start(rows[3]), d, origin, scale, f, o);
    o += BLOCK * d;
    if (formula !== WIDE) continue;
    addSquares(f, o - BLOCK * d, o);
    o += BLOCK;
  }
}

/** One block, from the rows that start at a0 .. a3. */
function packBlock(
  points: Float64Array,
  a0: number,
  a1: number,
  a2: number,
  a3: number,
  d: number,
  origin: Float64Array,
  scale: number,
  f: Float64Array,
  at: number,
): void {
  for (let c = 0, o = at; c < d; c++, o += 4) {
    const from = origin[c]!;
    f[o] = (points[a0 + c]! - from) * scale;
    f[o + 1] = (points[a1 + c]! - from) * scale;
    f[o + 2] = (points[a2 + c]! - from) * scale;
    f[o + 3] = (points[a3 + c]! - from) * scale;
  }
}

/** The squared lengths of the four rows of a block, behind it. */
function addSquares(f: Float64Array, at: number, end: number): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let o = at; o < end; o += 4) {
    s0 += f[o]! * f[o]!;
    s1 += f[o + 1]! * f[o + 1]!;
    s2 += f[o + 2]! * f[o + 2]!;
    s3 += f[o + 3]! * f[o + 3]!;
  }
  f[end] = s0;
  f[end + 1] = s1;
  f[end + 2] = s2;
  f[end + 3] = s3;
}
