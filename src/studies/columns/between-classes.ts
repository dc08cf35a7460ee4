import type { Part } from '../../data/row-sample.js';
import { normalTail } from '../../statistics/normal-tail.js';

/** P(X >= x) of a chi-square, by the cube root of Wilson and Hilferty (1931): to two digits from 1 degree on. */
function chiSquareTail(x: number, freedom: number): number {
  const width = 2 / (9 * freedom);
  return normalTail((Math.cbrt(x / freedom) - (1 - width)) / Math.sqrt(width));
}

/** A place at which a value stands. */
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
 * Whether the values of a column differ between classes: p of Kruskal and Wallis (1952) with ties, for some rows.
 * Ranks, so that a few far values decide nothing. 1 for a column that does not vary.
 */
export function betweenClasses({ points, d, k, labels }: Part, rows: Int32Array, column: number): number {
  const n = rows.length;
  const values = Float64Array.from(rows, (i) => points[i * d + column]!);
  const sorted = values.slice().sort();
  const rankAt = new Float64Array(n);
  let ties = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    while (to < n && sorted[to] === sorted[from]) to++;
    // The mean of the places that equal values share, from the middle of all.
    rankAt.fill((from + to - n) / 2, from, to);
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const correction = 1 - ties / (n ** 3 - n);
  if (!(correction > 0)) return 1;
  const sums = new Float64Array(k);
  const counts = new Int32Array(k);
  for (let p = 0; p < n; p++) {
    sums[labels[rows[p]!]!]! += rankAt[placeOf(sorted, values[p]!)]!;
    counts[labels[rows[p]!]!]!++;
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
