import type { Part } from '../../data/row-sample.js';
import { normalTail } from '../../statistics/normal-tail.js';

/** P(X >= x) of a chi-square, by the cube root of Wilson and Hilferty (1931): to two digits from 1 degree on. */
function chiSquareTail(x: number, freedom: number): number {
  const width = 2 / (9 * freedom);
  return normalTail((Math.cbrt(x / freedom) - (1 - width)) / Math.sqrt(width));
}

/** The first place at which a value stands. */
function placeOf(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Whether the values of a column differ between classes: p of Kruskal and Wallis (1952) with ties, for each of
 * several sets of rows. Ranks, so that a few far values decide nothing. 1 for a column that does not vary.
 * The column is sorted once: cost O(n log n), and O(n) for each set.
 */
export function betweenClasses(
  { points, n, d, k, labels }: Part,
  sets: readonly Int32Array[],
  column: number,
): number[] {
  const values = Float64Array.from({ length: n }, (_, i) => points[i * d + column]!);
  const sorted = values.slice().sort();
  const places = Int32Array.from(values, (value) => placeOf(sorted, value));
  return sets.map((rows) => kruskalWallis(rows, places, labels, k));
}

/** From the places of the values: equal values have equal places. */
function kruskalWallis(rows: Int32Array, places: Int32Array, labels: Int32Array, k: number): number {
  const n = rows.length;
  const rankAt = new Float64Array(places.length);
  for (const i of rows) rankAt[places[i]!]!++;
  let before = 0;
  let ties = 0;
  for (let place = 0; place < rankAt.length; place++) {
    const equal = rankAt[place]!;
    if (equal === 0) continue;
    // The mean of the places that equal values share, from the middle of all.
    rankAt[place] = (2 * before + equal - n) / 2;
    before += equal;
    ties += equal ** 3 - equal;
  }
  const correction = 1 - ties / (n ** 3 - n);
  if (!(correction > 0)) return 1;
  const sums = new Float64Array(k);
  const counts = new Int32Array(k);
  for (const i of rows) {
    sums[labels[i]!]! += rankAt[places[i]!]!;
    counts[labels[i]!]!++;
  }
  let between = 0;
  let classes = 0;
  for (let c = 0; c < k; c++) {
    if (counts[c] === 0) continue;
    classes++;
    between += sums[c]! ** 2 / counts[c]!;
  }
  if (classes < 2) return 1;
  return chiSquareTail((12 * between) / (n * (n + 1)) / correction, classes - 1);
}
