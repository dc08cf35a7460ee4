import type { Points } from '../../core/types.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import { binomialTail } from '../../statistics/binomial-tail.js';
import { isConventional } from './conventional-placeholder.js';

export interface PlaceholderValuesOptions {
  /** Fewest rows that hold the value, an integer >= 2. Default 3. */
  readonly fewest?: number | undefined;
}

export interface PlaceholderValue {
  /** Counted from 0. */
  readonly column: number;
  readonly value: number;
  /** The rows that hold it, ascending. */
  readonly rows: Int32Array;
  /** Whether the value is one that stands for missing values by custom, as -999, 9999, -1 or 0. */
  readonly conventional: boolean;
  /** Distance to the nearest other value of the column. */
  readonly gap: number;
  /** Interquartile range of the other values. */
  readonly spread: number;
  /** Least and largest of the other values. */
  readonly rest: readonly [least: number, largest: number];
}

export interface PlaceholderValuesResult {
  /** In the order of the columns. */
  readonly values: readonly PlaceholderValue[];
  /** Rows that hold one of them, ascending. */
  readonly rows: Int32Array;
  readonly n: number;
  readonly d: number;
}

/** Other values of the column that it takes to know their spread, and how many of them differ. */
const FEWEST_OTHERS = 10;
const FEWEST_DIFFERENT = 5;
/** A value by custom: the gap in interquartile ranges, and in lengths of the tail of a twentieth on its side. */
const RANGES = 1.5;
const TAILS = 2;
/** Any other value: the gap in interquartile ranges, and in ranges of the rest. */
const FAR_RANGES = 3;
/** A column of so many different values for its rows is one of measurements, which do not repeat exactly. */
const MEASURED = 0.9;
/** Level at which a negative value is more frequent than those within one gap of the edge: a tail gets thinner. */
const FREQUENT = 1e-4;

function quantile(sorted: Float64Array, from: number, to: number, share: number): number {
  return sorted[from + Math.round(share * (to - 1 - from))]!;
}

function differentValues(sorted: Float64Array, from: number, to: number): number {
  let different = to > from ? 1 : 0;
  for (let i = from + 1; i < to; i++) if (sorted[i] !== sorted[i - 1]) different++;
  return different;
}

type Judged = Omit<PlaceholderValue, 'column' | 'rows'>;

/** The value at one end of sorted[from .. to), where it stands far from the rest; null otherwise. */
function atEnd(
  sorted: Float64Array,
  [from, to]: readonly [number, number],
  side: 'low' | 'high',
  { fewest, alone }: { readonly fewest: number; readonly alone: boolean },
): (Judged & { readonly count: number }) | null {
  const low = side === 'low';
  const value = low ? sorted[from]! : sorted[to - 1]!;
  let count = 0;
  while (count < to - from && sorted[low ? from + count : to - 1 - count] === value) count++;
  const [a, b] = low ? [from + count, to] : [from, to - count];
  const others = b - a;
  if (count < fewest || others < Math.max(FEWEST_OTHERS, count)) return null;
  const different = differentValues(sorted, a, b);
  if (different < FEWEST_DIFFERENT) return null;
  const rest = [sorted[a]!, sorted[b - 1]!] as const;
  const edge = low ? rest[0] : rest[1];
  const gap = Math.abs(value - edge);
  const spread = quantile(sorted, a, b, 0.75) - quantile(sorted, a, b, 0.25);
  const tail = Math.abs(quantile(sorted, a, b, low ? 0.05 : 0.95) - edge);
  const conventional = isConventional(value);
  const found = { value, conventional, gap, spread, rest, count };
  const range = rest[1] - rest[0];
  if (gap >= range && gap >= FAR_RANGES * spread && (conventional || !alone)) return found;
  if (!conventional || different < FEWEST_OTHERS) return null;
  if (spread > 0 && gap >= RANGES * spread && gap >= TAILS * tail) return found;
  // Below a column that is nowhere else negative.
  if (!low || value >= 0 || edge < 0) return null;
  let beside = 0;
  while (beside < others && sorted[a + beside]! <= edge + gap) beside++;
  return different >= MEASURED * others || binomialTail(count, count + beside, 0.5) < FREQUENT ? found : null;
}

/** Whether the least or the largest value stands in so many rows: most columns need no sort. */
function endsRepeat(values: Float64Array, fewest: number): boolean {
  let least = Infinity;
  let largest = -Infinity;
  let atLeast = 0;
  let atLargest = 0;
  for (const value of values) {
    if (value < least) {
      least = value;
      atLeast = 0;
    }
    if (value > largest) {
      largest = value;
      atLargest = 0;
    }
    if (value === least) atLeast++;
    if (value === largest) atLargest++;
  }
  return Math.max(atLeast, atLargest) >= fewest;
}

/** Placeholders of one column, of both ends, one after the other. */
function ofColumn(values: Float64Array, settings: { readonly fewest: number; readonly alone: boolean }): Judged[] {
  if (!endsRepeat(values, settings.fewest)) return [];
  const sorted = values.slice().sort();
  let bounds: [number, number] = [0, sorted.length];
  const found: Judged[] = [];
  for (;;) {
    const low = atEnd(sorted, bounds, 'low', settings);
    const high = low === null ? atEnd(sorted, bounds, 'high', settings) : null;
    const { count, ...one } = low ?? high ?? { count: 0 };
    if (!('value' in one)) return found;
    found.push(one);
    bounds = low === null ? [bounds[0], bounds[1] - count] : [bounds[0] + count, bounds[1]];
  }
}

/** Whether at least `fewest` of some rows differ from each other: copies of one row repeat every value. */
function differ(points: Float64Array, d: number, rows: Int32Array, fewest: number): boolean {
  const kept: number[] = [];
  for (const i of rows) {
    const same = kept.some((j) => {
      for (let c = 0; c < d; c++) if (points[i * d + c] !== points[j * d + c]) return false;
      return true;
    });
    if (!same) kept.push(i);
    if (kept.length >= fewest) return true;
  }
  return false;
}

/** `placeholderValues` of what has been read. */
export function findPlaceholders(
  { points, n, d }: { readonly points: Float64Array; readonly n: number; readonly d: number },
  fewest = 3,
): PlaceholderValuesResult {
  const values: PlaceholderValue[] = [];
  const column = new Float64Array(n);
  const hit = new Uint8Array(n);
  for (let c = 0; c < d; c++) {
    for (let i = 0; i < n; i++) column[i] = points[i * d + c]!;
    for (const one of ofColumn(column, { fewest, alone: d === 1 })) {
      const rows = Int32Array.from(hit.keys()).filter((i) => column[i] === one.value);
      if (d > 1 && !differ(points, d, rows, fewest)) continue;
      values.push({ column: c, ...one, rows });
      for (const i of rows) hit[i] = 1;
    }
  }
  return { values, rows: Int32Array.from(hit.keys()).filter((i) => hit[i] === 1), n, d };
}

/**
 * Values that stand for missing ones: -999, 9999, -1 in a column that is nowhere else negative, or 0 in a column
 * that is far from 0. Such a value repeats exactly and stands apart from all other values of its column.
 *
 * The value is the smallest or the largest of its column. At least `fewest` rows hold it, and at most half of the
 * rows. There are at least 10 other values, of which 5 differ. Its gap to the nearest other value is at least as
 * large as the range of the others, and at least 3 of their interquartile ranges.
 *
 * Values that stand for missing ones by custom (0, -1, digits of nines or eights, ends of integer types, 1e20 and
 * beyond) need less. With 10 different others a gap of 1.5 interquartile ranges is enough (Tukey's fence for
 * outliers), if it is also twice the length of the tail of a twentieth on that side. A negative one of these needs
 * no gap where no other value is negative and either the others hardly repeat, or it is more frequent than the
 * values within one gap of the edge (binomial, level 1e-4). Rows that are copies of each other count once. So zeros
 * of counts, of sparse rows and of pixels are no placeholders. docs/columns.md has the rates.
 *
 * Cost O(n d log n).
 * @param points n x d.
 * @throws InputError and ShapeError for bad input.
 *
 * @example
 * import { placeholderValues } from 'clusterlens';
 * const points = Array.from({ length: 60 }, (_, i) => [i % 15 === 3 ? -999 : 20 + Math.sin(7 * i), i / 60]);
 * const { values, rows } = placeholderValues(points);
 * console.log(values[0]?.column, values[0]?.value, rows); // 0 -999 Int32Array(4) [ 3, 18, 33, 48 ]
 */
export function placeholderValues(
  points: Points,
  options?: PlaceholderValuesOptions,
  ...more: []
): PlaceholderValuesResult {
  const where = 'placeholderValues';
  nothingMore(where, more, [points, options]);
  const given = checkOptions(where, options, ['fewest']);
  const { data, n, d } = readPoints(where, points);
  const fewest = numberIn(where, 'fewest', given.fewest, { min: 2, integer: true }, 3);
  return findPlaceholders({ points: data, n, d }, fewest);
}
