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

/** DBSCAN (Ester 1996) with `least` rows within `radius`; -1 is noise. */
export function byDbscan({ data, rows: n, columns: d }: Table, radius: number, least: number): number[] {
  const near = Array.from({ length: n }, (_, i) => {
    const found: number[] = [];
    for (let j = 0; j < n; j++) if (squared(data, d, i, data, j) <= radius * radius) found.push(j);
    return found;
  });
  const labels = new Array<number>(n).fill(-1);
  let next = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] !== -1 || near[i]!.length < least) continue;
    const queue = [i];
    labels[i] = next;
    while (queue.length > 0) {
      const at = queue.pop()!;
      if (near[at]!.length < least) continue;
      for (const j of near[at]!) {
        if (labels[j] !== -1) continue;
        labels[j] = next;
        queue.push(j);
      }
    }
    next++;
  }
  return labels;
}
