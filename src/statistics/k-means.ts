import { Rng } from '../core/rng.js';
import { classCounts } from '../kernels/class-counts.js';
import { framingOf } from '../kernels/frame.js';
import { eachSquares } from '../kernels/row-distances.js';

export interface KMeansSettings {
  readonly seed: number;
  /** Starts, of which the one with the least inertia is kept. Default 4. */
  readonly restarts?: number;
  /** Rounds of Lloyd's algorithm at most, as in scikit-learn. Default 300. */
  readonly iterations?: number;
}

export interface KMeansResult {
  /** Nearest center of each row; of equally near ones the first. */
  readonly labels: Int32Array;
  /** k x d, in units of the input. A center without rows, of fewer than k distinct rows, is a row. */
  readonly centers: Float64Array;
  /** Sum of squared distances of rows to their centers. */
  readonly inertia: number;
}

function copyRow(rows: Float64Array, i: number, centers: Float64Array, c: number, d: number): void {
  for (let j = 0; j < d; j++) centers[c * d + j] = rows[i * d + j]!;
}

/** The row at which the running sum of weights passes a random share of their total; any row where all are 0. */
function drawRow(weights: Float64Array, total: number, rng: Rng): number {
  const n = weights.length;
  if (!(total > 0)) return rng.integer(n);
  let left = rng.uniform() * total;
  let last = 0;
  for (let i = 0; i < n; i++) {
    if (weights[i]! === 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return last;
}

/**
 * First centers by k-means++ (Arthur and Vassilvitskii 2007): rows drawn with the square of their distance
 * to the nearest center so far, each the best of a few draws, as their paper proposes.
 */
function firstCenters(rows: Float64Array, n: number, d: number, k: number, rng: Rng): Float64Array {
  const centers = new Float64Array(k * d);
  const trials = 2 + Math.floor(Math.log2(k) / 2);
  const all = { points: rows, d };
  let nearest = new Float64Array(n);
  const first = rng.integer(n);
  copyRow(rows, first, centers, 0, d);
  eachSquares({ ...all, order: Int32Array.of(first) }, all, (_, squares, at) => {
    nearest.set(squares.subarray(at, at + n));
  });
  let total = nearest.reduce((sum, v) => sum + v, 0);
  let candidate = new Float64Array(n);
  let best = new Float64Array(n);
  for (let c = 1; c < k; c++) {
    const drawn = Int32Array.from({ length: trials }, () => drawRow(nearest, total, rng));
    let least = Infinity;
    let chosen = 0;
    eachSquares({ ...all, order: drawn }, all, (t, squares, at) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        candidate[i] = Math.min(nearest[i]!, squares[at + i]!);
        sum += candidate[i]!;
      }
      if (sum >= least) return;
      least = sum;
      chosen = drawn[t]!;
      [best, candidate] = [candidate, best];
    });
    copyRow(rows, chosen, centers, c, d);
    [nearest, best] = [best, nearest];
    total = least;
  }
  return centers;
}

/** Nearest center of each row and the squared distance to it; whether a label changed. */
function assign(
  rows: Float64Array,
  d: number,
  k: number,
  centers: Float64Array,
  labels: Int32Array,
  squares: Float64Array,
): boolean {
  let changed = false;
  eachSquares({ points: rows, d }, { points: centers, d }, (i, toCenters, at) => {
    let own = 0;
    for (let c = 1; c < k; c++) if (toCenters[at + c]! < toCenters[at + own]!) own = c;
    if (labels[i] !== own) changed = true;
    labels[i] = own;
    squares[i] = toCenters[at + own]!;
  });
  return changed;
}

/** Moves centers to the means of their rows; a center without rows to the row that lies farthest from its own. */
export function moveCenters(
  rows: Float64Array,
  n: number,
  d: number,
  k: number,
  centers: Float64Array,
  labels: Int32Array,
  squares: Float64Array,
): void {
  const sizes = classCounts(labels, k);
  for (let c = 0; c < k; c++) {
    if (sizes[c]! > 0) continue;
    let far = -1;
    for (let i = 0; i < n; i++) {
      if (sizes[labels[i]!]! > 1 && squares[i]! > 0 && (far === -1 || squares[i]! > squares[far]!)) far = i;
    }
    // Every row lies on its center: there are fewer distinct rows than centers.
    if (far === -1) break;
    sizes[labels[far]!]!--;
    labels[far] = c;
    squares[far] = 0;
    sizes[c] = 1;
  }
  for (let c = 0; c < k; c++) if (sizes[c]! > 0) centers.fill(0, c * d, (c + 1) * d);
  for (let i = 0; i < n; i++) {
    const at = labels[i]! * d;
    for (let j = 0; j < d; j++) centers[at + j]! += rows[i * d + j]! / sizes[labels[i]!]!;
  }
}

/**
 * k-means: Lloyd's algorithm (1982) from k-means++ starts, the best of `restarts`. Rows are moved to an
 * origin of their own first, so that data far from 0 keep their digits. The same rows and seed give the same
 * result on every engine; 1 <= k <= n.
 *
 * Cost O(restarts x iterations x n k d).
 */
export function kMeans(
  points: Float64Array,
  n: number,
  d: number,
  k: number,
  { seed, restarts = 4, iterations = 300 }: KMeansSettings,
): KMeansResult {
  const { origin, unit, scale } = framingOf(points, n, d);
  const rows = points.map((v, at) => (v - origin[at % d]!) * scale);
  const rng = new Rng(seed);
  const squares = new Float64Array(n);
  let found: { labels: Int32Array; centers: Float64Array; sum: number } | null = null;
  for (let start = 0; start < restarts; start++) {
    const centers = firstCenters(rows, n, d, k, rng);
    const labels = new Int32Array(n).fill(-1);
    for (let round = 0; round < iterations; round++) {
      if (!assign(rows, d, k, centers, labels, squares)) break;
      moveCenters(rows, n, d, k, centers, labels, squares);
    }
    assign(rows, d, k, centers, labels, squares);
    const sum = squares.reduce((total, v) => total + v, 0);
    if (found === null || sum < found.sum) found = { labels, sum, centers };
  }
  return {
    labels: found!.labels,
    centers: found!.centers.map((v, at) => origin[at % d]! + v * unit),
    inertia: found!.sum * unit * unit,
  };
}
