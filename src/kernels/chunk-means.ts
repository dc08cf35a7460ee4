import { type EngineChoice, withEngine } from './block-engine.js';
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
 */
export function chunkMeans(set: SortedRows, chunk: ClusterChunk, out: ChunkSums, choice?: EngineChoice): void {
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

  withEngine(choice, strip + TILE * panel, ({ memory, fill }) => {
    /** Sum of each row of the chunk over the cluster that its columns have reached. */
    const sums = new Float64Array(to - from);

    /** A row has met the last column of a cluster. */
    const closeRow = (i: number, ownCluster: number, cluster: number): void => {
      const sum = sums[i - from]!;
      sums[i - from] = 0;
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
      let cluster = first;
      for (let j = a; j < b; cluster++) {
        const end = Math.min(offsets[cluster + 1]!, b);
        const t = at + j - a;
        if (rows < BLOCK) addRow(memory, t, sums, i - from, columns, j, end, both);
        else if (both) addFourBoth(memory, t, panel, sums, i - from, columns, j, end);
        else addFour(memory, t, panel, sums, i - from, end - j);
        if (end === offsets[cluster + 1]) for (let r = 0; r < rows; r++) closeRow(i + r, ownCluster, cluster);
        j = end;
      }
    };

    /** Columns a .. b - 1 have met the last row of a cluster. */
    const closeColumns = (cluster: number, a: number, b: number): void => {
      const size = offsets[cluster + 1]! - offsets[cluster]!;
      for (let j = a; j < b; j++) {
        const mean = columns[j]! / size;
        columns[j] = 0;
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
            for (let r = 0; r < rows; r++) sums[i + r - from] = columns[i + r]!;
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
    }
  });
}

// The sums of one run of columns in one cluster, whose distances stand at `at` in rows of `stride`.

/** One row, to its own sum, and to the columns where `both` is set. */
function addRow(
  f: Float64Array,
  at: number,
  sums: Float64Array,
  r: number,
  columns: Float64Array,
  a: number,
  b: number,
  both: boolean,
): void {
  let sum = sums[r]!;
  for (let j = a, t = at; j < b; j++, t++) {
    const v = f[t]!;
    sum += v;
    if (both) columns[j]! += v;
  }
  sums[r] = sum;
}

/** Four rows, to their own sums. */
function addFour(f: Float64Array, at: number, stride: number, sums: Float64Array, r: number, count: number): void {
  let s0 = sums[r]!;
  let s1 = sums[r + 1]!;
  let s2 = sums[r + 2]!;
  let s3 = sums[r + 3]!;
  for (let t = at; t < at + count; t++) {
    s0 += f[t]!;
    s1 += f[t + stride]!;
    s2 += f[t + 2 * stride]!;
    s3 += f[t + 3 * stride]!;
  }
  sums[r] = s0;
  sums[r + 1] = s1;
  sums[r + 2] = s2;
  sums[r + 3] = s3;
}

/** Four rows, to their own sums and to the columns. */
function addFourBoth(
  f: Float64Array,
  at: number,
  stride: number,
  sums: Float64Array,
  r: number,
  columns: Float64Array,
  a: number,
  b: number,
): void {
  let s0 = sums[r]!;
  let s1 = sums[r + 1]!;
  let s2 = sums[r + 2]!;
  let s3 = sums[r + 3]!;
  for (let j = a, t = at; j < b; j++, t++) {
    const v0 = f[t]!;
    const v1 = f[t + stride]!;
    const v2 = f[t + 2 * stride]!;
    const v3 = f[t + 3 * stride]!;
    s0 += v0;
    s1 += v1;
    s2 += v2;
    s3 += v3;
    columns[j] = columns[j]! + v0 + v1 + v2 + v3;
  }
  sums[r] = s0;
  sums[r + 1] = s1;
  sums[r + 2] = s2;
  sums[r + 3] = s3;
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
