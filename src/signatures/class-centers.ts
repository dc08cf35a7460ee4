import { eachRow } from '../distance/each-row.js';
import type { ResolvedMetric } from '../distance/metric.js';
import { clusterCentroids } from '../kernels/cluster-moments.js';
import { median } from '../statistics/median.js';
import { TIE } from '../statistics/tie.js';
import type { Center } from './options.js';

/** Rows by class, as positions. */
function membersOf(labels: Int32Array, k: number): number[][] {
  const members = Array.from({ length: k }, (): number[] => []);
  labels.forEach((c, i) => {
    members[c]!.push(i);
  });
  return members;
}

function gather(rows: Float64Array, d: number, members: readonly number[], out: Float64Array, o: number): void {
  members.forEach((i, p) => {
    out.set(rows.subarray(i * d, (i + 1) * d), o + p * d);
  });
}

/** Whether row i is less than row j in the first coordinate in which they differ. */
function comesBefore(rows: Float64Array, d: number, i: number, j: number): boolean {
  for (let c = 0; c < d; c++) {
    const difference = rows[i * d + c]! - rows[j * d + c]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The member with the least sum of distances; of those that tie the one with the least coordinates, whatever the order of rows. */
function medoidOf(where: string, rows: Float64Array, d: number, members: readonly number[], metric: ResolvedMetric) {
  const m = members.length;
  const block = new Float64Array(m * d);
  gather(rows, d, members, block, 0);
  const source = metric.source(where, { points: block, n: m, d });
  const sums = new Float64Array(m);
  eachRow(source, (p, distances) => {
    for (let q = 0; q < m; q++) sums[p]! += distances[q]!;
  });
  // On a line every even class has two medoids, equal but for the rounding of their sums.
  const least = sums.reduce((smallest, sum) => Math.min(smallest, sum), Number.POSITIVE_INFINITY);
  const tied = members.filter((_, p) => sums[p]! <= least * (1 + TIE));
  return tied.reduce((best, i) => (comesBefore(rows, d, i, best) ? i : best));
}

/**
 * The centre of each class 0..k-1, k x d row-major. Cost O(n d); the median O(n d log n), the medoid
 * O(sum of m^2 d) over classes of m rows.
 */
export function classCenters(
  where: string,
  center: Center,
  rows: Float64Array,
  d: number,
  labels: Int32Array,
  k: number,
  metric: ResolvedMetric,
): Float64Array {
  if (center === 'mean') return clusterCentroids(rows, d, labels, k).means;
  const centers = new Float64Array(k * d);
  membersOf(labels, k).forEach((members, cluster) => {
    if (center === 'medoid') gather(rows, d, [medoidOf(where, rows, d, members, metric)], centers, cluster * d);
    else for (let c = 0; c < d; c++) centers[cluster * d + c] = median(members.map((i) => rows[i * d + c]!));
  });
  return centers;
}

/** Sum of squared distances of each class's rows from its centre, in the units of `rows`. */
export function classScatter(
  where: string,
  centers: Float64Array,
  rows: Float64Array,
  d: number,
  labels: Int32Array,
  k: number,
  metric: ResolvedMetric,
): Float64Array {
  const scatter = new Float64Array(k);
  membersOf(labels, k).forEach((members, cluster) => {
    const m = members.length;
    const block = new Float64Array((m + 1) * d);
    block.set(centers.subarray(cluster * d, (cluster + 1) * d));
    gather(rows, d, members, block, d);
    const source = metric.source(where, { points: block, n: m + 1, d });
    const distances = new Float64Array(m + 1);
    source.fillRows(Int32Array.of(0), distances);
    for (let p = 1; p <= m; p++) scatter[cluster]! += (distances[p]! * source.unit) ** 2;
  });
  return scatter;
}
