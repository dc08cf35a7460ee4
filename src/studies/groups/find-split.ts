import { gatherRows } from '../../kernels/cluster-order.js';
import { dipTest } from '../../statistics/dip.js';
import { contentHalves } from '../gaps/content-halves.js';
import { contactOf } from './contact.js';
import { linkageSplit } from './linkage-split.js';
import { LINES, type LineName, type SplitLine, splitLines } from './split-lines.js';
import { spreadTies } from './spread-ties.js';

/** A split of rows in two, judged on rows that did not make it. */
export interface Split {
  /** Of "one mode across the cut": the best of four lines, corrected for the choice; null: found by linkage alone. */
  readonly p: number | null;
  readonly by: LineName;
  /** See `contactOf`: the lesser of the two halves. */
  readonly contact: number;
  /** 0 or 1 for each row. */
  readonly sides: Int8Array;
}

/** Sides of fewer rows are outliers, not groups. */
const LEAST_ROWS = 8;
/** Nor are sides of a lesser share. */
const LEAST_SHARE = 0.05;
/** Below this many rows nothing is judged. */
export const FEWEST = 2 * LEAST_ROWS;
/** Share of rows that two halves must put on the same sides, to be judged together. */
const SAME = 0.9;
/** Rows from which linkage is trusted alone: chance does not leave such gaps in both halves of 400 rows. */
const LINKAGE_ROWS = 400;
const LINKAGE_APART = 0.95;

/**
 * A ring, or an arm of a spiral, has two modes on a line and no gap. So there must be two modes on the stretch between the
 * middles of the sides too, where what is bent is nearly straight; or the sides keep apart where they come closest, in small
 * classes whose stretch has few rows. The levels were chosen on simulated bent clouds; docs/groups.md has the rates.
 */
function apart(contact: number, local: number): boolean {
  return LINES.length * local <= 0.05 || (contact >= 0.75 && local <= 0.1) || contact >= 0.97;
}

interface Judged {
  readonly p: number;
  readonly local: number;
  readonly contact: number;
  /** The half whose line shows two modes more clearly in the rows of the other. */
  readonly half: 0 | 1;
}

function placesOf(line: SplitLine, judges: Int32Array): Float64Array {
  return Float64Array.from(judges, (i) => line.places[i]!);
}

/** 1 where two splits of all rows put most of them on the same sides, -1 where on opposite sides, else 0. */
function agreement(x: (i: number) => boolean, y: (i: number) => boolean, n: number, least: number): number {
  let same = 0;
  for (let i = 0; i < n; i++) if (x(i) === y(i)) same++;
  return same >= least * n ? 1 : n - same >= least * n ? -1 : 0;
}

/** Places in units in which the middles of the sides are 1 apart, and the cut is at 0. */
function scaled(line: SplitLine, judges: Int32Array, sign: number): Float64Array {
  const unit = sign / (line.middles[1] - line.middles[0]);
  return spreadTies(placesOf(line, judges)).map((v) => v * unit);
}

function judgeLines(
  rows: Float64Array,
  d: number,
  lines: readonly [SplitLine, SplitLine],
  halves: readonly [Int32Array, Int32Array],
  level: number,
): Judged | null {
  const n = rows.length / d;
  const judges = [halves[1], halves[0]] as const;
  const dips = lines.map((line, h) => {
    const at = placesOf(line, judges[h]!);
    const [low, high] = line.middles;
    return { whole: dipTest(spreadTies(at)).p, local: dipTest(spreadTies(at.filter((v) => v >= low && v <= high))).p };
  });
  const side = (line: SplitLine) => (i: number) => line.places[i]! >= 0;
  const sign = agreement(side(lines[0]), side(lines[1]), n, SAME);
  // Twice the mean of two p is a p, however they depend on each other (Vovk and Wang 2020).
  const apart = dips[0]!.whole + dips[1]!.whole;
  const together =
    sign === 0
      ? apart
      : dipTest(Float64Array.from([...scaled(lines[0], judges[0], 1), ...scaled(lines[1], judges[1], sign)])).p;
  const p = Math.min(1, LINES.length * together);
  if (p > level) return null;
  const contact = lines.map((line, h) =>
    contactOf(
      rows,
      d,
      judges[h]!.filter((i) => line.places[i]! < 0),
      judges[h]!.filter((i) => line.places[i]! >= 0),
    ),
  );
  return {
    p,
    local: dips[0]!.local + dips[1]!.local,
    contact: Math.min(...contact),
    half: dips[1]!.whole < dips[0]!.whole ? 1 : 0,
  };
}

function largeEnough(sides: Int8Array): boolean {
  const right = sides.reduce((sum, v) => sum + v, 0);
  const least = Math.max(LEAST_ROWS, Math.ceil(LEAST_SHARE * sides.length));
  return Math.min(right, sides.length - right) >= least;
}

/** The two sides of a linkage on all rows, if both halves find nearly the same ones with nothing between them. */
function linkageAlone(
  rows: Float64Array,
  d: number,
  parts: readonly (Int8Array | null)[],
  halves: readonly Int32Array[],
): Split | null {
  const n = rows.length / d;
  const [x, y] = parts;
  if (n < LINKAGE_ROWS || x == null || y == null) return null;
  if (
    agreement(
      (i) => x[i] === 1,
      (i) => y[i] === 1,
      n,
      LINKAGE_APART,
    ) === 0
  )
    return null;
  const contact = Math.min(
    ...[x, y].map((part, h) =>
      contactOf(
        rows,
        d,
        halves[1 - h]!.filter((i) => part[i] === 0),
        halves[1 - h]!.filter((i) => part[i] === 1),
        Math.ceil(n / 40),
      ),
    ),
  );
  if (contact < LINKAGE_APART) return null;
  return { p: null, by: 'linkage', contact, sides: x };
}

/**
 * The best split of rows in two groups with a gap between them, or null. Each half of the rows makes
 * lines for the other, which judges them: Hartigan's dip on the places along the line says whether there is
 * one mode, and a gap must also be there where the two sides come closest (a ring has two modes on a line
 * and no gap), or along the stretch between the middles of the sides. Nothing is judged by rows that made it.
 *
 * @param rows n x d in a frame. @param prints see `fingerprints`. @param level largest p of a split.
 * Cost O(n^2 d).
 */
export function findSplit(
  rows: Float64Array,
  d: number,
  prints: Uint32Array,
  { seed, level }: { readonly seed: number; readonly level: number },
): Split | null {
  const n = rows.length / d;
  if (n < FEWEST) return null;
  const half = contentHalves(prints, new Int32Array(n), 1);
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const halves = [all.filter((i) => half[i] === 0), all.filter((i) => half[i] === 1)] as const;
  const parts = halves.map((makers) =>
    linkageSplit(rows, d, makers, Math.max(LEAST_ROWS / 2, Math.ceil(LEAST_SHARE * makers.length))),
  );
  const made = halves.map((makers, h) => {
    const part = parts[h]!;
    const linked = [0, 1].map((side) => makers.filter((i) => part !== null && part[i] === side));
    return splitLines(rows, d, makers, part === null ? null : [linked[0]!, linked[1]!], seed);
  });
  let best: (Judged & { by: LineName }) | null = null;
  for (const by of LINES) {
    const [x, y] = [made[0]![by], made[1]![by]];
    if (x === null || y === null) continue;
    const judged = judgeLines(rows, d, [x, y], halves, level);
    if (judged === null || !apart(judged.contact, judged.local)) continue;
    const better = best === null || judged.p < best.p || (judged.p === best.p && judged.contact > best.contact);
    if (better) best = { ...judged, by };
  }
  if (best === null) {
    const linked = linkageAlone(rows, d, parts, halves);
    return linked !== null && largeEnough(linked.sides) ? linked : null;
  }
  const line = made[best.half]![best.by]!;
  const sides = Int8Array.from(line.places, (v) => (v < 0 ? 0 : 1));
  return largeEnough(sides) ? { p: best.p, by: best.by, contact: best.contact, sides } : null;
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
