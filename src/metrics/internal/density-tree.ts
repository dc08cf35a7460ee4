import type { DistanceSource } from '../../distance/source.js';

export interface DensityTree {
  /** Longest edge between internal rows; of all edges where no edge joins two internal rows. */
  readonly sparseness: number;
  /** Rows with two tree edges or more; all rows where there is none (two rows). */
  readonly internal: Int32Array;
  /** Core distance of each internal row. */
  readonly core: Float64Array;
}

/**
 * All-points core distance: the (-1/dim)-th power of the mean of (1/distance)^dim to the others,
 * written relative to the nearest distance, so that no power overflows.
 */
function coreDistance(distances: Float64Array, self: number, dimensions: number): number {
  const size = distances.length;
  let nearest = Infinity;
  for (let q = 0; q < size; q++) if (q !== self && distances[q]! < nearest) nearest = distances[q]!;
  if (nearest === 0) return 0;
  let sum = 0;
  for (let q = 0; q < size; q++) if (q !== self) sum += (nearest / distances[q]!) ** dimensions;
  return nearest * (sum / (size - 1)) ** (-1 / dimensions);
}

/** The minimum spanning tree of one cluster's mutual reachability distances, by Prim's algorithm. */
export function densityTree(source: DistanceSource, rows: Int32Array, dimensions: number): DensityTree {
  const size = rows.length;
  const all = new Float64Array(source.n);
  const distances = new Float64Array(size);
  const distancesFrom = (p: number) => {
    source.fill(rows[p]!, 0, source.n, all, 0);
    for (let q = 0; q < size; q++) distances[q] = all[rows[q]!]!;
  };
  const core = new Float64Array(size);
  for (let p = 0; p < size; p++) {
    distancesFrom(p);
    core[p] = coreDistance(distances, p, dimensions);
  }
  const reach = new Float64Array(size).fill(Infinity);
  const direct = new Float64Array(size).fill(Infinity);
  const parent = new Int32Array(size).fill(-1);
  const degree = new Int32Array(size);
  const inTree = new Uint8Array(size);
  let current = 0;
  for (let step = 1; step < size; step++) {
    inTree[current] = 1;
    distancesFrom(current);
    let next = -1;
    for (let q = 0; q < size; q++) {
      if (inTree[q] === 1) continue;
      const value = Math.max(distances[q]!, core[current]!, core[q]!);
      if (value < reach[q]! || (value === reach[q]! && distances[q]! < direct[q]!)) {
        reach[q] = value;
        direct[q] = distances[q]!;
        parent[q] = current;
      }
      if (next === -1 || reach[q]! < reach[next]! || (reach[q] === reach[next] && direct[q]! < direct[next]!)) next = q;
    }
    degree[next]!++;
    degree[parent[next]!]!++;
    current = next;
  }
  let longest = 0;
  let longestInternal = -1;
  for (let q = 0; q < size; q++) {
    const p = parent[q]!;
    if (p === -1) continue;
    longest = Math.max(longest, reach[q]!);
    if (degree[p]! > 1 && degree[q]! > 1) longestInternal = Math.max(longestInternal, reach[q]!);
  }
  let internal = Array.from(rows.keys()).filter((q) => degree[q]! > 1);
  if (internal.length === 0) internal = Array.from(rows.keys());
  return {
    sparseness: longestInternal === -1 ? longest : longestInternal,
    internal: Int32Array.from(internal, (q) => rows[q]!),
    core: Float64Array.from(internal, (q) => core[q]!),
  };
}
