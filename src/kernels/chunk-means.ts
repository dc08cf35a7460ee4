import { acquireEngine, type BlockEngine, type KernelChoice, releaseEngine } from './block-engine.js';
import type { ClusterChunk } from './cluster-order.js';
import type { Formula } from './formula.js';
import { BLOCK, packedWidth, packRows, panelColumns, type RowSet, TILE } from './packed-rows.js';

// The rows of a chunk against all rows from the chunk on, each pair once:
//
//              columns: the rows from the chunk on, a panel of them packed at a time
//              |  panel   |  panel   |  panel   | ...
//     chunk  --+----------+----------+----------+----
//      tile    |square ###|##########|##########|        #: a distance counts for both rows, in the sum of
//      tile    |    square|##########|##########|           its row and in the sum of its column
//      tile    |          |square ###|##########|   square: the rows of a tile among themselves, computed in
//     chunk  --+----------+----------+----------+----       both directions: each counts for its row only
//
// Order of the sums, the same whatever computes the distances: every sum, of a row or of a column, takes the
// members of a cluster in ascending order, from zero at the start of the chunk.

/** Rows sorted by cluster, with the formula to compare them by. */
export interface SortedRows extends RowSet {
  readonly formula: Formula;
  /** Cluster c holds the positions offsets[c] .. offsets[c + 1] - 1. */
  readonly offsets: Int32Array;
}

/** What chunks write to, one entry per position. */
export interface ChunkSums {
  /** Sum of the distances to the row's own cluster, as far as chunks have seen it. */
  readonly own: Float64Array;
  readonly nearest: Float64Array;
  readonly neighbor: Int32Array;
  /** Sum of the distances from a position to the rows of a cluster that is under way; zero behind the chunk before each chunk. */
  readonly columns: Float64Array;
}

/** A chunk under way: where its numbers stand in the memory of the engine. */
interface Work extends Pick<BlockEngine, 'memory' | 'add'> {
  readonly offsets: Int32Array;
  readonly out: ChunkSums;
  /** First row of the chunk. */
  readonly from: number;
  /** Whether the chunk holds whole clusters. */
  readonly whole: boolean;
  /** Distances of a tile, row by row of `panel` numbers. */
  readonly strip: number;
  readonly panel: number;
  /** Sum of each row of the chunk over the cluster that its columns have reached. */
  readonly sums: number;
  /** Sum of each column over the cluster that the rows have reached, from the first row of the chunk on. */
  readonly below: number;
}

/**
 * The sums of one chunk. Afterwards `own` (rows of the chunk), `nearest` and `neighbor` (all rows from the
 * chunk on) have taken in all clusters that the chunk holds whole, and the rows of the chunk all clusters
 * after their own. A part of a cluster leaves its column sums in `columns`, behind the chunk.
 *
 * It halts after each panel of columns, so that a thread can do something else between them.
 */
export function* chunkSteps(
  set: SortedRows,
  chunk: ClusterChunk,
  out: ChunkSums,
  choice?: KernelChoice,
): Generator<void, void> {
  const { d, formula, offsets } = set;
  const { from, to } = chunk;
  const n = offsets[offsets.length - 1]!;
  const width = packedWidth(formula, d);
  const panel = panelColumns(d);
  const count = Math.ceil((to - from) / BLOCK) * BLOCK;
  const panelAt = count * width;
  const strip = panelAt + panel * width;
  const sums = strip + TILE * panel;
  const below = sums + count;
  const engine = acquireEngine(choice, below + n - from);
  const { memory, add, fill } = engine;
  const work: Work = { memory, add, offsets, out, from, whole: chunk.part === -1, strip, panel, sums, below };
  try {
    memory.fill(0, sums, below);
    memory.set(out.columns.subarray(from), below);
    packRows(set, from, to, memory, 0, formula);
    const first = clusterAt(offsets, from);
    for (let j0 = from, across = first; j0 < n; j0 += panel) {
      const j1 = Math.min(j0 + panel, n);
      across = clusterFrom(offsets, across, j0);
      packRows(set, j0, j1, memory, panelAt, formula);
      for (let i0 = from, down = first; i0 < Math.min(to, j1); i0 += TILE) {
        const i1 = Math.min(i0 + TILE, to);
        const a = Math.max(i0, j0);
        down = clusterFrom(offsets, down, i0);
        fill(formula, (i0 - from) * width, i1 - i0, panelAt + (a - j0) * width, j1 - a, d, strip, panel);
        addTile(work, i0, i1, a, j1, down, a === i0 ? down : across);
      }
      yield;
    }
    out.columns.set(memory.subarray(below, below + n - from), from);
  } finally {
    releaseEngine(engine);
  }
}

/** All steps of `chunkSteps` at once. */
export function chunkMeans(set: SortedRows, chunk: ClusterChunk, out: ChunkSums, choice?: KernelChoice): void {
  const steps = chunkSteps(set, chunk, out, choice);
  while (!steps.next().done);
}

/** Adds the distances of rows i0 .. i1 - 1, the first in cluster `down`, to columns a .. b - 1, the first in cluster `across`. */
function addTile(work: Work, i0: number, i1: number, a: number, b: number, down: number, across: number): void {
  const { memory, offsets, strip, panel, sums, below, from } = work;
  const begins = a === i0;
  const square = begins ? Math.min(i1, b) : a;
  const behind = square < b ? clusterFrom(offsets, across, square) : across;
  for (let i = i0, cluster = down; i < i1; ) {
    const end = offsets[cluster + 1]!;
    const rows = i + BLOCK <= Math.min(end, i1) ? BLOCK : 1;
    const at = strip + (i - i0) * panel;
    if (begins) {
      // Earlier rows of the chunk have met these rows as columns.
      for (let r = i - from; r < i - from + rows; r++) memory[sums + r] = memory[below + r]!;
      addRows(work, i, rows, cluster, at, a, square, down, false);
    }
    if (square < b) addRows(work, i, rows, cluster, at + square - a, square, b, behind, true);
    i += rows;
    if (i < end) continue;
    if (work.whole) closeColumns(work, cluster, square, b);
    cluster++;
  }
}

/**
 * Adds the distances of rows i .. i + rows - 1, all of one cluster, which stand from `at` on, to their sums,
 * and with `both` to those of columns a .. b - 1, the first in cluster `first`.
 */
function addRows(
  work: Work,
  i: number,
  rows: number,
  ownCluster: number,
  at: number,
  a: number,
  b: number,
  first: number,
  both: boolean,
): void {
  const { memory, add, offsets, out, panel, sums, below, from } = work;
  const row = sums + i - from;
  if (rows < BLOCK) {
    addRow(memory, row, at, both ? below - from : Number.NaN, offsets, a, b, first, out, i, ownCluster);
    return;
  }
  for (let j = a, cluster = first; j < b; cluster++) {
    const end = Math.min(offsets[cluster + 1]!, b);
    add(at + j - a, panel, end - j, row, both ? below + j - from : -1);
    if (end === offsets[cluster + 1]) for (let r = 0; r < rows; r++) closeRow(work, i + r, ownCluster, cluster);
    j = end;
  }
}

/** Row i has met the last column of a cluster. */
function closeRow({ memory, offsets, out, sums, from }: Work, i: number, ownCluster: number, cluster: number): void {
  const sum = memory[sums + i - from]!;
  memory[sums + i - from] = 0;
  if (cluster === ownCluster) out.own[i] = sum;
  else takeMean(out, i, sum / (offsets[cluster + 1]! - offsets[cluster]!), cluster);
}

/** Columns a .. b - 1 have met the last row of a cluster. */
function closeColumns({ memory, offsets, out, below, from }: Work, cluster: number, a: number, b: number): void {
  const { nearest, neighbor } = out;
  const size = offsets[cluster + 1]! - offsets[cluster]!;
  for (let j = a, c = below + a - from; j < b; j++, c++) {
    const mean = memory[c]! / size;
    memory[c] = 0;
    if (mean < nearest[j]!) {
      nearest[j] = mean;
      neighbor[j] = cluster;
    }
  }
}

/** A cluster at this mean distance from position i is its nearest so far, or is not. */
export function takeMean({ nearest, neighbor }: ChunkSums, i: number, mean: number, cluster: number): void {
  if (mean < nearest[i]!) {
    nearest[i] = mean;
    neighbor[i] = cluster;
  }
}

/**
 * `addRows` and `closeRow` for one row i: its sum stands at `row`, its distances from `at` on, and the sum of
 * column j at `columns` + j, which is NaN where columns take no part.
 */
function addRow(
  f: Float64Array,
  row: number,
  at: number,
  columns: number,
  offsets: Int32Array,
  a: number,
  b: number,
  first: number,
  { own, nearest, neighbor }: ChunkSums,
  i: number,
  ownCluster: number,
): void {
  let sum = f[row]!;
  let best = nearest[i]!;
  const shift = at - a;
  const both = !Number.isNaN(columns);
  for (let j = a, cluster = first; j < b; cluster++) {
    const whole = offsets[cluster + 1]!;
    const end = whole < b ? whole : b;
    for (let t = j; t < end; t++) sum += f[shift + t]!;
    if (both) for (let t = j; t < end; t++) f[columns + t]! += f[shift + t]!;
    j = end;
    if (end < whole) break;
    if (cluster === ownCluster) own[i] = sum;
    else {
      const mean = sum / (whole - offsets[cluster]!);
      if (mean < best) {
        best = mean;
        neighbor[i] = cluster;
      }
    }
    sum = 0;
  }
  f[row] = sum;
  nearest[i] = best;
}

/** The cluster of a sorted position. */
function clusterAt(offsets: Int32Array, position: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same, for a position that is not before cluster `start`. */
function clusterFrom(offsets: Int32Array, start: number, position: number): number {
  let cluster = start;
  while (offsets[cluster + 1]! <= position) cluster++;
  return cluster;
}
