import { matrixSilhouette } from '../../metrics/internal/matrix-silhouette.js';

const ROUNDS = 30;

/** Nearest medoid of each row; the first of those that tie. */
export function assigned(distances: Float64Array, n: number, medoids: Int32Array): Int32Array {
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let least = Infinity;
    for (let c = 0; c < medoids.length; c++) {
      const distance = distances[i * n + medoids[c]!]!;
      if (distance < least) {
        least = distance;
        labels[i] = c;
      }
    }
  }
  return labels;
}

/** The row of each cluster with the least sum of distances to its cluster; -1 for a cluster without rows. */
export function medoidsOf(distances: Float64Array, labels: Int32Array, k: number): Int32Array {
  const n = labels.length;
  const medoids = new Int32Array(k).fill(-1);
  const least = new Float64Array(k).fill(Infinity);
  for (let i = 0; i < n; i++) {
    const own = labels[i]!;
    let sum = 0;
    for (let j = 0; j < n; j++) if (labels[j] === own) sum += distances[i * n + j]!;
    if (sum < least[own]!) {
      least[own] = sum;
      medoids[own] = i;
    }
  }
  return medoids;
}

/** Assignment and medoids in turns (Park and Jun 2009, doi:10.1016/j.eswa.2008.01.039). */
function alternated(distances: Float64Array, n: number, start: Int32Array): Int32Array {
  let medoids = start;
  let labels = assigned(distances, n, medoids);
  for (let round = 0; round < ROUNDS; round++) {
    const next = medoidsOf(distances, labels, medoids.length).map((row, c) => (row === -1 ? medoids[c]! : row));
    if (next.every((row, c) => row === medoids[c])) break;
    medoids = next;
    labels = assigned(distances, n, medoids);
  }
  return labels;
}

/** The row from which all are nearest, then the row that brings the others nearest, and so on (BUILD of Kaufman and Rousseeuw 1990, chapter 2). */
function greedyStart(distances: Float64Array, n: number, k: number): Int32Array {
  const near = new Float64Array(n).fill(Infinity);
  return Int32Array.from({ length: k }, () => {
    let best = 0;
    let least = Infinity;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += Math.min(near[j]!, distances[i * n + j]!);
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    for (let j = 0; j < n; j++) near[j] = Math.min(near[j]!, distances[best * n + j]!);
    return best;
  });
}

/** The most central row, then the row that is farthest from those taken, and so on (Gonzalez 1985). */
function farthestStart(distances: Float64Array, n: number, k: number): Int32Array {
  const [first] = greedyStart(distances, n, 1);
  const gap = distances.slice(first! * n, (first! + 1) * n);
  const rows = [first!];
  while (rows.length < k) {
    let far = 0;
    for (let j = 1; j < n; j++) if (gap[j]! > gap[far]!) far = j;
    rows.push(far);
    for (let j = 0; j < n; j++) gap[j] = Math.min(gap[j]!, distances[far * n + j]!);
  }
  return Int32Array.from(rows);
}

/** Additions that the greedy start may cost. */
const EFFORT = 2e8;

/**
 * The labels of k compact groups, each row with its nearest medoid, that the silhouette likes best among
 * those which start from the given classes, greedily, and from far rows. They depend on no seed.
 *
 * Cost O(k n^2) time.
 */
export function compactLabels(
  distances: Float64Array,
  given: Int32Array,
  k: number,
): { readonly labels: Int32Array; readonly silhouette: number } {
  const n = given.length;
  const starts = [medoidsOf(distances, given, k), farthestStart(distances, n, k)];
  if (k * n * n <= EFFORT) starts.push(greedyStart(distances, n, k));
  return starts
    .map((start) => {
      const labels = alternated(distances, n, start);
      return { labels, silhouette: matrixSilhouette(distances, labels, k) };
    })
    .reduce((best, one) => (one.silhouette > best.silhouette ? one : best));
}
