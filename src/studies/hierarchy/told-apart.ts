import { eachSquares } from '../../kernels/row-distances.js';
import { normalTail } from '../../statistics/normal-tail.js';
import { shrunkenFactor, whiten } from '../../statistics/whitened.js';
import type { ToldApart } from './hierarchy-types.js';

/** Additions that the nearest rows may cost: in very many columns fewer rows ask. */
const EFFORT = 3e8;

interface Rows {
  readonly rows: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly labels: Int32Array;
}

/** The classes of the two sides of each merge. */
export function sidesOfMerges(left: Int32Array, right: Int32Array, k: number): [number[], number[]][] {
  const below: number[][] = Array.from({ length: k }, (_, c) => [c]);
  return Array.from(left, (l, m) => {
    const sides: [number[], number[]] = [below[l]!, below[right[m]!]!];
    below.push([...sides[0], ...sides[1]]);
    return sides;
  });
}

/** Rows with their class means as centres, in coordinates in which the training rows are round within classes. */
function whiteFold({ rows, n, d, k, labels }: Rows, training: Int32Array) {
  const sizes = new Float64Array(k);
  const means = new Float64Array(k * d);
  for (const i of training) {
    sizes[labels[i]!]!++;
    for (let c = 0; c < d; c++) means[labels[i]! * d + c]! += rows[i * d + c]!;
  }
  for (let a = 0; a < k; a++) for (let c = 0; c < d; c++) means[a * d + c]! /= Math.max(1, sizes[a]!);
  const within = rows.slice();
  for (const i of training) for (let c = 0; c < d; c++) within[i * d + c]! -= means[labels[i]! * d + c]!;
  const factor = shrunkenFactor(within, d, training);
  const white = rows.slice();
  if (factor !== null) {
    whiten(white, n, d, factor);
    whiten(means, k, d, factor);
  }
  return { white, means, sizes };
}

/** Sums the rows of each side that are put right, and all rows of the side. */
class Tally {
  readonly right = [0, 0];
  readonly all = [0, 0];
  add(side: number, credit: number): void {
    this.right[side]! += credit;
    this.all[side]!++;
  }
  /** Balanced accuracy, and its z under chance; `variance` in units of that of independent rows. */
  score(variance: number): { accuracy: number; z: number } {
    const [a, b] = this.all as [number, number];
    if (a === 0 || b === 0) return { accuracy: 0.5, z: 0 };
    const accuracy = (this.right[0]! / a + this.right[1]! / b) / 2;
    return { accuracy, z: (accuracy - 0.5) / Math.sqrt((variance * (0.25 / a + 0.25 / b)) / 4) };
  }
}

const credit = (own: number, other: number) => (own < other ? 1 : own === other ? 0.5 : 0);

function byCentre(data: Rows, fold: Int32Array, folds: number, sides: readonly [number[], number[]][]): Tally[] {
  const { n, d, k, labels } = data;
  const tallies = sides.map(() => new Tally());
  const all = Int32Array.from({ length: n }, (_, i) => i);
  for (let f = 0; f < folds; f++) {
    const { white, means, sizes } = whiteFold(
      data,
      all.filter((i) => fold[i] !== f),
    );
    const held: number[][] = Array.from({ length: k }, () => []);
    for (const i of all) if (fold[i] === f) held[labels[i]!]!.push(i);
    sides.forEach((pair, m) => {
      const centres = pair.map((side) => {
        const centre = new Float64Array(d);
        const weight = side.reduce((sum, c) => sum + sizes[c]!, 0);
        for (const a of side) {
          for (let c = 0; c < d; c++) centre[c]! += (sizes[a]! * means[a * d + c]!) / Math.max(1, weight);
        }
        return centre;
      });
      const distance = [0, 0];
      pair.forEach((side, s) => {
        for (const c of side) {
          for (const i of held[c]!) {
            for (const t of [0, 1]) {
              let square = 0;
              for (let j = 0; j < d; j++) square += (white[i * d + j]! - centres[t]![j]!) ** 2;
              distance[t] = square;
            }
            tallies[m]!.add(s, credit(distance[s]!, distance[1 - s]!));
          }
        }
      });
    });
  }
  return tallies;
}

/** Each asking row goes with its nearest other row of the two sides; it has not chosen itself. */
function byRow({ rows, n, d, k, labels }: Rows, sides: readonly [number[], number[]][]): Tally[] {
  const tallies = sides.map(() => new Tally());
  const stride = Math.max(1, Math.ceil((n * n * d) / EFFORT));
  const asking = Int32Array.from({ length: Math.ceil(n / stride) }, (_, i) => i * stride);
  const nearest = new Float64Array(k);
  const where = Array.from({ length: k }, (_, c): (readonly [number, 0 | 1])[] =>
    sides.flatMap((pair, m): (readonly [number, 0 | 1])[] => {
      if (pair[0].includes(c)) return [[m, 0]];
      return pair[1].includes(c) ? [[m, 1]] : [];
    }),
  );
  eachSquares({ points: rows, d, order: asking }, { points: rows, d }, (p, squares, at) => {
    const i = asking[p]!;
    nearest.fill(Infinity);
    for (let j = 0; j < n; j++)
      if (j !== i && squares[at + j]! < nearest[labels[j]!]!) nearest[labels[j]!] = squares[at + j]!;
    for (const [m, s] of where[labels[i]!]!) {
      const near = sides[m]!.map((side) => side.reduce((least, c) => Math.min(least, nearest[c]!), Infinity));
      tallies[m]!.add(s, credit(near[s]!, near[1 - s]!));
    }
  });
  return tallies;
}

/**
 * For each merge of a tree of classes, how well rows that were held out tell its sides apart: by the nearest centre
 * after whitening within classes (training folds against held-out ones), and by the nearest row, which sees sides of
 * one mean too. Cost O(folds n d^2 + n^2 d).
 */
export function toldApart(
  data: Rows,
  fold: Int32Array,
  folds: number,
  sides: readonly [number[], number[]][],
): ToldApart[] {
  const centre = byCentre(data, fold, folds, sides);
  const row = byRow(data, sides);
  return sides.map((_, m) => {
    const tried = [
      { rule: 'centre' as const, ...centre[m]!.score(1) },
      // Two rows that are nearest to each other are right or wrong together.
      { rule: 'row' as const, ...row[m]!.score(2) },
    ];
    const best = tried[1]!.accuracy > tried[0]!.accuracy ? tried[1]! : tried[0]!;
    const p = Math.min(1, 2 * Math.min(...tried.map(({ z }) => normalTail(z))));
    return { balancedAccuracy: best.accuracy, rule: best.rule, p };
  });
}
