import { kMeans } from '../../statistics/k-means.js';
import { normalTail } from '../../statistics/normal-tail.js';
import type { TouchingGaps } from './all-gaps.js';
import { contentOrder } from './content-halves.js';
import { eachNeighborhood } from './neighborhoods.js';
import { sketched } from './sketched.js';

/** Rows whose neighbours are looked at, at most. */
const SCORED = 600;

/**
 * Neighbours across a border over neighbours across cuts, from which on the border is itself a cut. Two normal groups with
 * a Bayes error of 3% that k-means finds show about as many; docs/borders.md has the rates of this bound and of others.
 */
export const CROSSED = 0.5;

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

/** Neighbours across borders and across cuts, and the chance of so many across borders at the bound. */
export interface Crossings {
  readonly borders: number;
  readonly cuts: number;
  readonly p: number;
}

/**
 * How many of the nearest neighbours lie across the border of two groups that touch, and how many across a cut by
 * 2-means of one of them, summed over the pairs. A border that cuts a cloud is crossed about as often as another cut of it;
 * one between groups more rarely, whatever their shape. p is of the excess over CROSSED, row by row.
 */
export function crossings(touching: Touching, pairs: Pairs, size: Size): Crossings {
  const { own, prints } = touching;
  const { n, k } = size;
  const { rows, d } = sketched(touching.rows, n, size.d);
  const order = contentOrder(prints);
  const half = halvesOf(rows, own, order, { ...size, d });
  const beside = new Float64Array(k);
  const touch = new Uint8Array(k * k);
  for (const [a, b] of pairs) {
    beside[a]!++;
    beside[b]!++;
    touch[a * k + b] = 1;
    touch[b * k + a] = 1;
  }
  const grouped = order.filter((i) => own[i]! >= 0);
  let [borders, cuts, spread, scored] = [0, 0, 0, 0];
  const count = (i: number, squares: Float64Array, reach: number) => {
    const g = own[i]!;
    let [border, cut] = [0, 0];
    for (const j of grouped) {
      if (squares[j]! > reach) continue;
      if (own[j] !== g) border += touch[g * k + own[j]!]!;
      // A cut counts half for each pair that its group is in.
      else if (half[i] !== half[j]) cut += beside[g]! / 2;
    }
    borders += border;
    cuts += cut;
    spread += (border - CROSSED * cut) ** 2;
    scored++;
  };
  eachNeighborhood(rows, d, grouped.subarray(0, SCORED), count, grouped);
  const excess = borders - CROSSED * cuts;
  // Neighbours are mutual as a rule, so that most are counted from both sides.
  const deviation = Math.sqrt(2 * Math.max(0, spread - excess ** 2 / scored));
  return { borders, cuts, p: deviation > 0 ? normalTail(excess / deviation) : 1 };
}
