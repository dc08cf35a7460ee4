import { kMeans } from '../../statistics/k-means.js';
import { columnMeans } from '../../statistics/mean.js';
import { shrunkenFactor, whiten } from '../../statistics/whitened.js';

/** Places on a line, in coordinates that some rows have chosen; the cut is at 0. */
export interface SplitLine {
  /** Place of each row of the table that it was made for. */
  readonly places: Float64Array;
  /** Places of the middles of the two sides. */
  readonly middles: readonly [number, number];
}

export const LINES = ['centres', 'whitened', 'whitened-rows', 'linkage'] as const;
export type LineName = (typeof LINES)[number];

/** Width of the window that looks for the emptiest place, in distances between the two centres. */
const WINDOW = 0.25;

function gathered(rows: Float64Array, d: number, chosen: Int32Array): Float64Array {
  const out = new Float64Array(chosen.length * d);
  chosen.forEach((i, position) => {
    out.set(rows.subarray(i * d, i * d + d), position * d);
  });
  return out;
}

/** Rows without their mean, or without those of their sides, in the coordinates in which the makers are round. */
function rounded(rows: Float64Array, d: number, makers: Int32Array, sides: readonly Int32Array[]): Float64Array | null {
  const within = rows.slice();
  for (const side of sides) {
    const mean = columnMeans(rows, d, side);
    for (const i of side) for (let c = 0; c < d; c++) within[i * d + c]! -= mean[c]!;
  }
  const factor = shrunkenFactor(within, d, makers);
  if (factor === null) return null;
  const mean = columnMeans(rows, d, makers);
  const out = rows.map((v, at) => v - mean[at % d]!);
  whiten(out, out.length / d, d, factor);
  return out;
}

function twoMeans(rows: Float64Array, d: number, makers: Int32Array, seed: number): readonly [Int32Array, Int32Array] {
  const { labels } = kMeans(gathered(rows, d, makers), makers.length, d, 2, { seed, restarts: 3 });
  return [makers.filter((_, i) => labels[i] === 0), makers.filter((_, i) => labels[i] === 1)];
}

const middle = (values: Float64Array) => values.slice().sort()[values.length >> 1]!;

/** The emptiest place between the centres at -1/2 and 1/2: the middle of all equally empty ones. */
function emptiest(places: Float64Array): number {
  const sorted = places.slice().sort();
  let fewest = Infinity;
  let from = 0;
  let to = 0;
  let low = 0;
  let high = 0;
  for (let step = -32; step <= 32; step++) {
    const at = step / 64;
    while (low < sorted.length && sorted[low]! < at - WINDOW / 2) low++;
    while (high < sorted.length && sorted[high]! <= at + WINDOW / 2) high++;
    if (high - low < fewest) {
      fewest = high - low;
      from = at;
      to = at;
    } else if (high - low === fewest && to === (step - 1) / 64) to = at;
  }
  return (from + to) / 2;
}

/** Places all rows on the line between the centres of two sides, cut at the emptiest place of the makers. */
function lineThrough(
  rows: Float64Array,
  d: number,
  makers: Int32Array,
  sides: readonly [Int32Array, Int32Array],
): SplitLine | null {
  const [p, q] = [columnMeans(rows, d, sides[0]), columnMeans(rows, d, sides[1])];
  let square = 0;
  for (let c = 0; c < d; c++) square += (q[c]! - p[c]!) ** 2;
  if (!(square > 0)) return null;
  const n = rows.length / d;
  const places = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (rows[i * d + c]! - (p[c]! + q[c]!) / 2) * (q[c]! - p[c]!);
    places[i] = sum / square;
  }
  const made = Float64Array.from(makers, (i) => places[i]!);
  const cut = emptiest(made);
  const [left, right] = [made.filter((v) => v < cut), made.filter((v) => v >= cut)];
  if (left.length === 0 || right.length === 0) return null;
  return { places: places.map((v) => v - cut), middles: [middle(left) - cut, middle(right) - cut] };
}

/**
 * Lines along which the makers fall into two: between the centres of 2-means; between the same centres
 * where the rows inside the two sides are round; and between the centres of 2-means where all rows are
 * round, for groups side by side that are longer than they are apart; and between the two parts that a
 * linkage found. Rows that are no makers are placed only.
 */
export function splitLines(
  rows: Float64Array,
  d: number,
  makers: Int32Array,
  linkage: readonly [Int32Array, Int32Array] | null,
  seed: number,
): Record<LineName, SplitLine | null> {
  const sides = twoMeans(rows, d, makers, seed);
  const within = rounded(rows, d, makers, sides);
  const round = rounded(rows, d, makers, [makers]);
  return {
    centres: lineThrough(rows, d, makers, sides),
    whitened: within === null ? null : lineThrough(within, d, makers, sides),
    'whitened-rows': round === null ? null : lineThrough(round, d, makers, twoMeans(round, d, makers, seed)),
    linkage: linkage === null ? null : lineThrough(rows, d, makers, linkage),
  };
}
