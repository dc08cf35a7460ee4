import { gatherRows } from '../../kernels/cluster-order.js';
import { dipTest } from '../../statistics/dip.js';
import { contentHalves } from '../gaps/content-halves.js';
import { borderCrossing } from './border.js';
import { linkageSplit } from './linkage-split.js';
import { LINES, type LineName, type SplitLine, splitLines } from './split-lines.js';
import { spreadTies } from './spread-ties.js';

/** What the rows that did not make a line say of the split along it. */
export interface JudgedLine {
  readonly by: LineName;
  /** Of "one mode along the line", corrected for the lines that were tried. */
  readonly p: number;
  /** See `borderCrossing`: the larger of the two halves. */
  readonly crossing: number;
  /** The line of the half that shows two modes more clearly in the rows of the other. */
  readonly line: SplitLine;
}

export interface JudgedLines {
  readonly lines: readonly JudgedLine[];
  /** The rows of each half, and the sides (0 or 1 for each row of all) that its linkage finds. */
  readonly halves: readonly [Int32Array, Int32Array];
  readonly parts: readonly (Int8Array | null)[];
  /** `borderCrossing` of these sides, the larger of the halves; Infinity where they put less than a share of rows on the same. */
  readonly linkageCrossing: (same: number) => number;
}

/** Share of rows that two halves must put on the same sides, to be judged together. */
const SAME = 0.9;

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

/**
 * Lines along which rows may fall into two, with two modes at `level`. Each half of the rows makes lines for the
 * other, which judges them: nothing is judged by rows that made it. `least` rows make a side.
 */
export function judgedLines(
  rows: Float64Array,
  d: number,
  prints: Uint32Array,
  { seed, level, least }: { readonly seed: number; readonly level: number; readonly least: number },
): JudgedLines {
  const n = rows.length / d;
  const half = contentHalves(prints, new Int32Array(n), 1);
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const halves = [all.filter((i) => half[i] === 0), all.filter((i) => half[i] === 1)] as const;
  const parts = halves.map((makers) => linkageSplit(rows, d, makers, Math.ceil(least / 2)));
  const judges = [halves[1], halves[0]] as const;
  const made = halves.map((makers, h) => {
    const part = parts[h]!;
    const linked = [0, 1].map((side) => makers.filter((i) => part !== null && part[i] === side));
    return splitLines(rows, d, makers, part === null ? null : [linked[0]!, linked[1]!], seed);
  });
  const judging = judges.map((chosen) => ({
    chosen,
    rows: gatherRows(rows, d, chosen),
    prints: Uint32Array.from(chosen, (i) => prints[i]!),
  }));
  const crossingOf = (sides: readonly ((i: number) => boolean)[]) =>
    Math.max(
      ...judging.map((own, h) => {
        const labels = Int32Array.from(own.chosen, (i) => (sides[h]!(i) ? 1 : 0));
        return borderCrossing(own.rows, own.prints, labels, [[0, 1]], { d, k: 2, seed });
      }),
    );
  const found = LINES.flatMap((by): JudgedLine[] => {
    const [x, y] = [made[0]![by], made[1]![by]];
    if (x === null || y === null) return [];
    const lines = [x, y] as const;
    const dips = lines.map((line, h) => dipTest(spreadTies(placesOf(line, judges[h]!))).p);
    const side = (line: SplitLine) => (i: number) => line.places[i]! >= 0;
    const sign = agreement(side(x), side(y), n, SAME);
    // Twice the mean of two p is a p, however they depend on each other (Vovk and Wang 2020).
    const together =
      sign === 0
        ? dips[0]! + dips[1]!
        : dipTest(Float64Array.from([...scaled(x, judges[0], 1), ...scaled(y, judges[1], sign)])).p;
    const p = Math.min(1, LINES.length * together);
    if (p > level) return [];
    return [
      {
        by,
        p,
        crossing: crossingOf(lines.map(side)),
        line: dips[1]! < dips[0]! ? y : x,
      },
    ];
  });
  const linkageCrossing = (same: number) => {
    const [x, y] = parts.map((part) => (i: number) => part![i] === 1);
    return parts.includes(null) || agreement(x!, y!, n, same) === 0 ? Infinity : crossingOf([x!, y!]);
  };
  return { lines: found, halves, parts, linkageCrossing };
}
