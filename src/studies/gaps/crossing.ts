import { kMeans } from '../../statistics/k-means.js';
import type { TouchingGaps } from './all-gaps.js';
import { contentOrder } from './content-halves.js';
import { eachNeighborhood } from './neighborhoods.js';
import { sketched } from './sketched.js';

/** Rows whose neighbours are looked at, at most. */
const SCORED = 600;

interface Size {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly seed: number;
}

/** The half of its group that 2-means puts each row in; 0 for rows of groups that are too small. */
function halvesOf(rows: Float64Array, own: Int32Array, order: Int32Array, { n, d, k, seed }: Size): Int32Array {
  const half = new Int32Array(n);
  const members: number[][] = Array.from({ length: k }, () => []);
  for (const i of order) members[own[i]!]?.push(i);
  for (const group of members) {
    if (group.length < 4) continue;
    const data = new Float64Array(group.length * d);
    group.forEach((i, position) => {
      data.set(rows.subarray(i * d, i * d + d), position * d);
    });
    const { labels: cut } = kMeans(data, group.length, d, 2, { seed, restarts: 2, iterations: 20 });
    group.forEach((i, position) => {
      half[i] = cut[position]!;
    });
  }
  return half;
}

type Touching = Pick<TouchingGaps, 'rows' | 'own' | 'prints'>;
type Pairs = readonly (readonly [number, number])[];

/**
 * How many of the nearest neighbours lie across the border of two groups that touch, and how many across a cut by
 * 2-means of one of them, summed over the pairs.
 */
export function crossings(touching: Touching, pairs: Pairs, size: Size): { borders: number; cuts: number } {
  const { own, prints } = touching;
  const { n, k } = size;
  const { rows, d } = sketched(touching.rows, n, size.d);
  const order = contentOrder(prints);
  const half = halvesOf(rows, own, order, { ...size, d });
  const across = new Float64Array(k * k);
  const grouped = order.filter((i) => own[i]! >= 0);
  const count = (i: number, squares: Float64Array, reach: number) => {
    for (const j of grouped) {
      if (squares[j]! > reach) continue;
      if (own[i] !== own[j] || half[i] !== half[j]) across[own[i]! * k + own[j]!]!++;
    }
  };
  eachNeighborhood(rows, d, grouped.subarray(0, SCORED), count, grouped);
  let [borders, cuts] = [0, 0];
  for (const [a, b] of pairs) {
    borders += across[a * k + b]! + across[b * k + a]!;
    cuts += (across[a * k + a]! + across[b * k + b]!) / 2;
  }
  return { borders, cuts };
}

/**
 * Neighbours across the borders over neighbours across cuts of the groups. A border that cuts a cloud is crossed about
 * as often as another cut of it; one between groups more rarely, whatever their shape. null where no neighbour lies
 * across a cut.
 */
export function crossingRatio(touching: Touching, pairs: Pairs, size: Size): number | null {
  const { borders, cuts } = crossings(touching, pairs, size);
  return cuts > 0 ? borders / cuts : null;
}
