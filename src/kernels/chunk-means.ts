import { type KernelChoice, lendEngine, returnEngine } from './block-engine.js';
import { BLOCK, type BlockMetric, packedWidth } from './block-metric.js';
import type { ClusterChunk } from './cluster-chunks.js';
import { packRows, type RowSet } from './packed-rows.js';
import { panelColumns, TILE } from './panel.js';

/** Rows sorted by cluster, with the metric to compare them by. */
export interface SortedRows extends RowSet {
  readonly metric: BlockMetric;
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

/**
 * Distances between the rows of one chunk and all rows from the chunk on, each pair once: added to
 * the first row as a row sum, to the second as a column sum.
 *
 * Order of the sums, the same whatever computes the distances: every sum, of a row or of a column,
 * takes the members of a cluster in ascending order, from zero at the start of the chunk.
 *
 * Afterwards `own` (rows of the chunk), `nearest` and `neighbor` (all rows from the chunk on) have
 * taken in all clusters that the chunk holds whole, and the rows of the chunk all clusters after
 * their own. A part of a cluster leaves its column sums in `columns`, behind the chunk.
 *
 * It halts after each panel of columns, so that a thread can do something else between them.
 */
export function* chunkSteps(
  set: SortedRows,
  chunk: ClusterChunk,
  out: ChunkSums,
  choice?: KernelChoice,
): Generator<void, void> {
  const { d, metric, offsets } = set;
  const { from, to, part } = chunk;
  const { own, nearest, neighbor, columns } = out;
  const k = offsets.length - 1;
  const n = offsets[k]!;
  const width = packedWidth(metric, d);
  const panel = panelColumns(d);
  const count = Math.ceil((to - from) / BLOCK) * BLOCK;
  const panelAt = count * width;
  const strip = panelAt + panel * width;
  /** Sum of each row of the chunk over the cluster that its columns have reached. */
  const sums = strip + TILE * panel;
  /** Sum of each column, from that of the first row of the chunk on. */
  const below = sums + count;

  const engine = lendEngine(choice, below + n - from);
  const { memory, fill, add } = engine;
  try {
    memory.fill(0, sums, below);
    memory.set(columns.subarray(from), below);

    /** A row has met the last column of a cluster. */
    const closeRow = (i: number, ownCluster: number, cluster: number): void => {
      const sum = memory[sums + i - from]!;
      memory[sums + i - from] = 0;
      if (cluster === ownCluster) {
        own[i] = sum;
        return;
      }
      const mean = sum / (offsets[cluster + 1]! - offsets[cluster]!);
      if (mean < nearest[i]!) {
        nearest[i] = mean;
        neighbor[i] = cluster;
      }
    };

    /** Adds the distances of rows i .. i + rows - 1, of one cluster, to columns a .. b - 1, a in cluster `first`. */
    const reduce = (
      i: number,
      rows: number,
      ownCluster: number,
      at: number,
      a: number,
      b: number,
      first: number,
      both: boolean,
    ): void => {
      const row = sums + i - from;
      if (rows < BLOCK) {
        reduceRow(memory, row, at, both ? below - from : Number.NaN, offsets, a, b, first, out, i, ownCluster);
        return;
      }
      let cluster = first;
      for (let j = a; j < b; cluster++) {
        const end = Math.min(offsets[cluster + 1]!, b);
        add(at + j - a, panel, end - j, row, both ? below + j - from : -1);
        if (end === offsets[cluster + 1]) for (let r = 0; r < rows; r++) closeRow(i + r, ownCluster, cluster);
        j = end;
      }
    };

    /** Columns a .. b - 1 have met the last row of a cluster. */
    const closeColumns = (cluster: number, a: number, b: number): void => {
      const size = offsets[cluster + 1]! - offsets[cluster]!;
      for (let j = a, c = below + a - from; j < b; j++, c++) {
        const mean = memory[c]! / size;
        memory[c] = 0;
        if (mean < nearest[j]!) {
          nearest[j] = mean;
          neighbor[j] = cluster;
        }
      }
    };

    packRows(set, from, to, memory, 0, metric);
    const firstCluster = clusterAt(offsets, from);
    let panelCluster = firstCluster;
    for (let j0 = from; j0 < n; j0 += panel) {
      const j1 = Math.min(j0 + panel, n);
      while (offsets[panelCluster + 1]! <= j0) panelCluster++;
      packRows(set, j0, j1, memory, panelAt, metric);
      let rowCluster = firstCluster;
      for (let i0 = from; i0 < Math.min(to, j1); i0 += TILE) {
        const i1 = Math.min(i0 + TILE, to);
        const a = Math.max(i0, j0);
        // Among the rows of the tile itself both directions are computed, as rows.
        const square = a === i0 ? Math.min(i1, j1) : a;
        fill(metric, (i0 - from) * width, i1 - i0, panelAt + (a - j0) * width, j1 - a, d, strip, panel);
        while (offsets[rowCluster + 1]! <= i0) rowCluster++;
        const tileCluster = rowCluster;
        let behind = a === i0 ? tileCluster : panelCluster;
        while (square < j1 && offsets[behind + 1]! <= square) behind++;
        let cluster = tileCluster;
        for (let i = i0; i < i1; ) {
          const end = offsets[cluster + 1]!;
          const rows = i + BLOCK <= Math.min(end, i1) ? BLOCK : 1;
          const at = strip + (i - i0) * panel;
          if (a === i0) {
            for (let r = i - from; r < i - from + rows; r++) memory[sums + r] = memory[below + r]!;
            reduce(i, rows, cluster, at, a, square, tileCluster, false);
          }
          if (square < j1) reduce(i, rows, cluster, at + square - a, square, j1, behind, true);
          i += rows;
          if (i === end) {
            if (part === -1) closeColumns(cluster, square, j1);
            cluster++;
          }
        }
      }
      yield;
    }
    columns.set(memory.subarray(below, below + n - from), from);
  } finally {
    returnEngine(engine);
  }
}

/** All steps of `chunkSteps` at once. */
export function chunkMeans(set: SortedRows, chunk: ClusterChunk, out: ChunkSums, choice?: KernelChoice): void {
  const steps = chunkSteps(set, chunk, out, choice);
  while (!steps.next().done);
}

/**
 * `reduce` for one row i: its sum stands at `row`, its distances from `at` on, and the sum of column j at
 * `columns` + j, which is NaN where columns take no part.
 */
function reduceRow(
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
