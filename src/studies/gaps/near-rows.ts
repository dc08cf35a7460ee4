import { kMeans } from '../../statistics/k-means.js';
import { eachNeighborhood, everyRow } from './neighborhoods.js';

/** Rows of two groups, those of the first in front. */
export interface PairOfGroups {
  readonly rows: Float64Array;
  readonly n: number;
  readonly first: number;
}

/** Rows near each other: across the border of two groups, and across a cut of one group in two, on average. */
export interface NearRows {
  readonly border: number;
  readonly cut: number;
}

/** The half of its group that 2-means puts each row in; 0 in groups that are too small. */
function halvesOf({ rows, n, first }: PairOfGroups, d: number, seed: number): Int32Array {
  const half = new Int32Array(n);
  for (const [from, to] of [
    [0, first],
    [first, n],
  ] as const) {
    if (to - from < 4) continue;
    const group = rows.slice(from * d, to * d);
    half.set(kMeans(group, to - from, d, 2, { seed, restarts: 2, iterations: 20 }).labels, from);
  }
  return half;
}

/** Squared distances between all rows, and for each row the one up to which rows are its nearest. */
function distancesOf({ rows, n }: PairOfGroups, d: number): { squares: Float64Array; reach: Float64Array } {
  const squares = new Float64Array(n * n);
  const reach = new Float64Array(n);
  eachNeighborhood(rows, d, everyRow(n), (i, from, limit) => {
    squares.set(from, i * n);
    reach[i] = limit;
  });
  return { squares, reach };
}

/**
 * Which rows have most of their nearest neighbours in their own group (editing, Wilson 1972, doi:10.1109/TSMC.1972.4309137):
 * a wrong label here and there is no missing gap.
 */
function edited(squares: Float64Array, reach: Float64Array, { n, first }: PairOfGroups): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) => {
    let [own, other] = [0, 0];
    for (let j = 0; j < n; j++) {
      if (squares[i * n + j]! > reach[i]!) continue;
      if (i < first === j < first) own++;
      else other++;
    }
    return own >= other ? 1 : 0;
  });
}

/** The pair without the rows that most of their neighbours do not agree with. */
export function withoutStrays(pair: PairOfGroups, d: number): PairOfGroups {
  const { rows, n, first } = pair;
  const { squares, reach } = distancesOf(pair, d);
  const own = edited(squares, reach, pair);
  const kept = everyRow(n).filter((i) => own[i] === 1);
  const at = new Float64Array(kept.length * d);
  kept.forEach((i, position) => {
    at.set(rows.subarray(i * d, i * d + d), position * d);
  });
  return { rows: at, n: kept.length, first: kept.filter((i) => i < first).length };
}

/**
 * Counts near rows, of those that most of their neighbours agree with, in two ways: a row's nearest neighbours, however
 * far, which crowded centres do not rule; and rows within the radius at which half of the rows have their neighbours,
 * which grow rare where rows do.
 */
export function nearRows(pair: PairOfGroups, d: number, seed: number): readonly [NearRows, NearRows] {
  const { n, first } = pair;
  const half = halvesOf(pair, d, seed);
  const { squares, reach } = distancesOf(pair, d);
  const own = edited(squares, reach, pair);
  const radius = reach.slice().sort()[Math.floor(n / 2)]!;
  const count = (near: (i: number, square: number) => boolean): NearRows => {
    let [border, cut] = [0, 0];
    for (let i = 0; i < n; i++) {
      if (own[i] === 0) continue;
      for (let j = 0; j < n; j++) {
        if (own[j] === 0 || !near(i, squares[i * n + j]!)) continue;
        if (i < first !== j < first) border++;
        else if (half[i] !== half[j]) cut++;
      }
    }
    return { border, cut: cut / 2 };
  };
  return [count((i, square) => square <= reach[i]!), count((_, square) => square <= radius)];
}
