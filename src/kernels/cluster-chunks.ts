/** A run of sorted rows: whole clusters, or a part of one. */
export interface ClusterChunk {
  readonly from: number;
  readonly to: number;
  /** The cluster that the chunk is a part of, or -1 when it holds whole clusters. */
  readonly part: number;
}

const ROWS = 512;
/** Numbers that the rows of a chunk may take. */
const NUMBERS = 2 ** 18;

/**
 * Cuts rows sorted by cluster into the units of work of `chunkMeans`. It looks at sizes only, so
 * that sums do not depend on who computes which chunk.
 */
export function clusterChunks(offsets: Int32Array, d: number): ClusterChunk[] {
  const rows = Math.max(16, Math.min(ROWS, Math.floor(NUMBERS / d / 16) * 16));
  const chunks: ClusterChunk[] = [];
  const k = offsets.length - 1;
  let from = 0;
  for (let cluster = 0; cluster < k; cluster++) {
    const start = offsets[cluster]!;
    const end = offsets[cluster + 1]!;
    if (end - from <= rows) continue;
    if (start > from) chunks.push({ from, to: start, part: -1 });
    from = start;
    if (end - start <= rows) continue;
    for (; from < end; from += rows) chunks.push({ from, to: Math.min(from + rows, end), part: cluster });
    from = end;
  }
  const n = offsets[k]!;
  if (n > from) chunks.push({ from, to: n, part: -1 });
  return chunks;
}
