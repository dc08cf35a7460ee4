import { distancesAmong } from '../../distance/each-row.js';
import type { DistanceSource } from '../../distance/source.js';
import { addTerm, emptySum, type Splitter, splitterFor, sumOf } from '../../kernels/order-free-sum.js';
import { minimumEdges } from './minimum-edges.js';

export interface DensityTree {
  /** Longest edge between internal rows; of all edges where no edge joins two internal rows. */
  readonly sparseness: number;
  /** Rows with two edges or more; all rows where there is none (two rows). */
  readonly internal: Int32Array;
  /** Core distance of each internal row. */
  readonly core: Float64Array;
}

/**
 * All-points core distance: the (-1/dim)-th power of the mean of (1/distance)^dim to the others,
 * written relative to the nearest distance, so that no power overflows. Rows with the same distances have
 * the same core distance to the bit, whatever the order of rows.
 */
function coreDistance(distances: Float64Array, self: number, dimensions: number, splitter: Splitter): number {
  const size = distances.length;
  let nearest = Infinity;
  for (let q = 0; q < size; q++) if (q !== self && distances[q]! < nearest) nearest = distances[q]!;
  if (nearest === 0) return 0;
  const sum = emptySum();
  for (let q = 0; q < size; q++) if (q !== self) addTerm(sum, (nearest / distances[q]!) ** dimensions, splitter);
  return nearest * (sumOf(sum) / (size - 1)) ** (-1 / dimensions);
}

/**
 * The minimum spanning tree of one cluster's mutual reachability distances, by Prim's algorithm; where
 * several trees are minimal, the edges of all of them.
 */
export function densityTree(source: DistanceSource, rows: Int32Array, dimensions: number): DensityTree {
  const size = rows.length;
  const inTurn = distancesAmong(source, rows);
  const core = new Float64Array(size);
  const splitter = splitterFor(size);
  for (let p = 0; p < size; p++) core[p] = coreDistance(inTurn(p), p, dimensions, splitter);
  const anywhere = distancesAmong(source, rows, false);
  const reach = new Float64Array(size).fill(Infinity);
  const direct = new Float64Array(size).fill(Infinity);
  const parent = new Int32Array(size).fill(-1);
  const inTree = new Uint8Array(size);
  const added = [0];
  let current = 0;
  for (let step = 1; step < size; step++) {
    inTree[current] = 1;
    const distances = anywhere(current);
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
    added.push(next);
    current = next;
  }
  const edges = minimumEdges({ added, parent, reach, direct }, (p, out) => {
    const distances = inTurn(p);
    for (let q = 0; q < size; q++) {
      out.direct[q] = distances[q]!;
      out.reach[q] = Math.max(distances[q]!, core[p]!, core[q]!);
    }
  });
  let internal = Array.from(rows.keys()).filter((q) => edges.degree[q]! > 1);
  if (internal.length === 0) internal = Array.from(rows.keys());
  return {
    sparseness: edges.longestInternal ?? edges.longest,
    internal: Int32Array.from(internal, (q) => rows[q]!),
    core: Float64Array.from(internal, (q) => core[q]!),
  };
}
