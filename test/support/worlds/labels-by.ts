import { Rng } from '../../../src/core/rng.js';
import { cutTree, wardTree } from '../../../src/statistics/ward.js';
import type { Table } from './draws.js';

function squared(data: Float64Array, d: number, i: number, other: Float64Array, j: number): number {
  let sum = 0;
  for (let c = 0; c < d; c++) sum += (data[i * d + c]! - other[j * d + c]!) ** 2;
  return sum;
}

function lloyd({ data, rows: n, columns: d }: Table, k: number, rng: Rng) {
  const centres = new Float64Array(k * d);
  const nearest = new Float64Array(n).fill(Infinity);
  let pick = rng.integer(n);
  for (let c = 0; c < k; c++) {
    centres.set(data.subarray(pick * d, pick * d + d), c * d);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      nearest[i] = Math.min(nearest[i]!, squared(data, d, i, centres, c));
      sum += nearest[i]!;
    }
    let left = rng.uniform() * sum;
    pick = 0;
    while (pick < n - 1 && left > nearest[pick]!) left -= nearest[pick++]!;
  }
  const labels = new Array<number>(n).fill(-1);
  let inertia = 0;
  for (let round = 0; round < 100; round++) {
    let moved = false;
    inertia = 0;
    for (let i = 0; i < n; i++) {
      let least = Infinity;
      let best = 0;
      for (let c = 0; c < k; c++) {
        const square = squared(data, d, i, centres, c);
        if (square < least) {
          least = square;
          best = c;
        }
      }
      inertia += least;
      if (labels[i] !== best) moved = true;
      labels[i] = best;
    }
    if (!moved) break;
    const counts = new Float64Array(k);
    const sums = new Float64Array(k * d);
    for (let i = 0; i < n; i++) {
      counts[labels[i]!]!++;
      for (let c = 0; c < d; c++) sums[labels[i]! * d + c]! += data[i * d + c]!;
    }
    for (let c = 0; c < k; c++) {
      if (counts[c]! > 0) for (let j = 0; j < d; j++) centres[c * d + j] = sums[c * d + j]! / counts[c]!;
    }
  }
  return { labels, inertia };
}

/** Lloyd's k-means from k-means++ starts, the best of five. Apart from the library's own. */
export function byKMeans(points: Table, k: number, seed: number): number[] {
  const rng = new Rng(seed);
  const runs = Array.from({ length: 5 }, () => lloyd(points, k, rng));
  return runs.reduce((best, run) => (run.inertia < best.inertia ? run : best)).labels;
}

/** Ward's clustering cut into k groups. O(n^2) memory. */
export function byWard({ data, rows, columns }: Table, k: number): number[] {
  return Array.from(cutTree(wardTree(data, new Float64Array(rows).fill(1), rows, columns), rows, k));
}

/** Squared distances of all rows, row by row. */
function squares({ data, rows: n, columns: d }: Table): Float64Array[] {
  const all = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) all[i]![j] = all[j]![i] = squared(data, d, i, data, j);
  return all;
}

/** DBSCAN (Ester 1996) with `least` rows within the root of `reach`; -1 is noise. */
function densityGroups(all: readonly Float64Array[], reach: number, least: number): number[] {
  const n = all.length;
  const core = all.map((line) => line.reduce((count, square) => count + (square <= reach ? 1 : 0), 0) >= least);
  const labels = new Array<number>(n).fill(-1);
  let next = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] !== -1 || !core[i]) continue;
    const queue = [i];
    labels[i] = next;
    while (queue.length > 0) {
      const at = queue.pop()!;
      if (!core[at]) continue;
      for (let j = 0; j < n; j++) {
        if (labels[j] !== -1 || all[at]![j]! > reach) continue;
        labels[j] = next;
        queue.push(j);
      }
    }
    next++;
  }
  return labels;
}

/** DBSCAN with `least` rows within `radius`; -1 is noise. */
export function byDbscan(points: Table, radius: number, least: number): number[] {
  return densityGroups(squares(points), radius * radius, least);
}

/** Shares of the rows that are to have their tenth neighbour within the radius, from wide to narrow. */
const RADII = [0.99, 0.97, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];
const TENTH = 10;

/**
 * DBSCAN as it is tuned by the curve of distances to the tenth neighbour: the widest radius at which the labels are
 * `wanted`; -1 is noise. null: none of thirteen is.
 */
export function byTunedDbscan(points: Table, wanted: (labels: readonly number[]) => boolean): number[] | null {
  const all = squares(points);
  const curve = Float64Array.from(all, (line) => line.slice().sort()[TENTH]!).sort();
  for (const share of RADII) {
    const labels = densityGroups(all, curve[Math.floor(share * (curve.length - 1))]!, TENTH);
    if (wanted(labels)) return labels;
  }
  return null;
}
