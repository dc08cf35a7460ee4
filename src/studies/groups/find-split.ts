import { gatherRows } from '../../kernels/cluster-order.js';
import { CROSSED } from '../gaps/crossing.js';
import { type JudgedLine, type JudgedLines, judgedLines } from './judged-lines.js';
import type { LineName } from './split-lines.js';

/** A split of rows in two, judged on rows that did not make it. */
export interface Split {
  /** Of "one mode across the cut": the best of four lines, corrected for the choice; null: found by linkage alone. */
  readonly p: number | null;
  readonly by: LineName;
  /** See `borderCrossing`: the larger of the two halves. */
  readonly crossing: number;
  /** 0 or 1 for each row. */
  readonly sides: Int8Array;
}

/** Sides of fewer rows are outliers, not groups. */
const LEAST_ROWS = 8;
/** Nor are sides of a lesser share. */
const LEAST_SHARE = 0.05;
/** Below this many rows nothing is judged. */
export const FEWEST = 2 * LEAST_ROWS;
/** Linkage is trusted alone from so many rows on, where both halves put this share of them on the same sides. */
const LINKAGE_ROWS = 200;
const LINKAGE_SAME = 0.95;

function largeEnough(sides: Int8Array): boolean {
  const right = sides.reduce((sum, v) => sum + v, 0);
  const least = Math.max(LEAST_ROWS, Math.ceil(LEAST_SHARE * sides.length));
  return Math.min(right, sides.length - right) >= least;
}

/** The two sides of a linkage on all rows, if both halves find nearly the same ones and neighbours stay on their side. */
function linkageAlone({ halves, parts, linkageCrossing }: JudgedLines): Split | null {
  const n = halves[0].length + halves[1].length;
  const [sides] = parts;
  if (n < LINKAGE_ROWS || sides == null) return null;
  const crossing = linkageCrossing(LINKAGE_SAME);
  return crossing < CROSSED ? { p: null, by: 'linkage', crossing, sides } : null;
}

/**
 * The best split of rows in two groups with a gap between them, or null. Each half of the rows makes
 * lines for the other, which judges them: Hartigan's dip on the places along the line says whether there is
 * one mode, and neighbours must stay on their side of the border (a ring has two modes on a line and no gap).
 * Nothing is judged by rows that made it.
 *
 * @param rows n x d in a frame. @param prints see `fingerprints`. @param level largest p of a split.
 * Cost O(n^2 d).
 */
function findSplit(
  rows: Float64Array,
  d: number,
  prints: Uint32Array,
  { seed, level }: { readonly seed: number; readonly level: number },
): Split | null {
  const n = rows.length / d;
  if (n < FEWEST) return null;
  const least = Math.max(LEAST_ROWS, Math.ceil(LEAST_SHARE * n));
  const judged = judgedLines(rows, d, prints, { seed, level, least });
  const best = judged.lines
    .filter(({ crossing }) => crossing < CROSSED)
    .reduce<JudgedLine | null>(
      (first, one) =>
        first === null || one.p < first.p || (one.p === first.p && one.crossing < first.crossing) ? one : first,
      null,
    );
  if (best === null) {
    const linked = linkageAlone(judged);
    return linked !== null && largeEnough(linked.sides) ? linked : null;
  }
  const sides = Int8Array.from(best.line.places, (v) => (v < 0 ? 0 : 1));
  return largeEnough(sides) ? { p: best.p, by: best.by, crossing: best.crossing, sides } : null;
}

/** Splits again and again: the group of each row, and the splits that made the groups. */
export function splitIntoGroups(
  rows: Float64Array,
  d: number,
  prints: Uint32Array,
  settings: { readonly seed: number; readonly level: number; readonly most: number },
): {
  readonly groupOf: Int32Array;
  readonly groups: number;
  readonly splits: readonly (Split & { rows: Int32Array })[];
} {
  const n = rows.length / d;
  const splits: (Split & { rows: Int32Array })[] = [];
  const waiting = [Int32Array.from({ length: n }, (_, i) => i)];
  const done: Int32Array[] = [];
  while (waiting.length > 0) {
    const chosen = waiting.shift()!;
    const split =
      waiting.length + done.length + 1 >= settings.most
        ? null
        : findSplit(
            gatherRows(rows, d, chosen),
            d,
            Uint32Array.from(chosen, (i) => prints[i]!),
            settings,
          );
    if (split === null) {
      done.push(chosen);
      continue;
    }
    splits.push({ ...split, rows: chosen });
    for (const side of [0, 1]) waiting.push(chosen.filter((_, p) => split.sides[p] === side));
  }
  const groupOf = new Int32Array(n);
  done.sort((x, y) => y.length - x.length || x[0]! - y[0]!);
  done.forEach((chosen, g) => {
    for (const i of chosen) groupOf[i] = g;
  });
  return { groupOf, groups: done.length, splits };
}
