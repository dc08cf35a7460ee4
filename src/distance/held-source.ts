import { fillMatrix } from './matrix-rows.js';
import { rowRuns } from './row-runs.js';
import type { DistanceSource } from './source.js';

/** The source with its n x n distances computed once, when they are first asked for: the same bits. */
export function heldSource(source: DistanceSource): DistanceSource {
  const { n } = source;
  let held: Float64Array | undefined;
  const distances = () => {
    if (held !== undefined) return held;
    held = new Float64Array(n * n);
    // Held as the source writes them, and not in the units of the input.
    fillMatrix({ ...source, unit: 1 }, rowRuns(n), held);
    return held;
  };
  return {
    ...source,
    fill: (i, from, to, out, o) => out.set(distances().subarray(i * n + from, i * n + to), o),
    fillRows(rows, out, { from, at, stride } = { from: 0, at: 0, stride: n }) {
      for (let s = 0; s < rows.length; s++) {
        out.set(distances().subarray(rows[s]! * n + from, (rows[s]! + 1) * n), at + s * stride);
      }
    },
  };
}

/** Distances among some rows of a source, numbered anew. */
export function sourceOf(source: DistanceSource, rows: Int32Array): DistanceSource {
  const m = rows.length;
  const line = new Float64Array(source.n);
  const fill: DistanceSource['fill'] = (i, from, to, out, o) => {
    source.fill(rows[i]!, 0, source.n, line, 0);
    for (let j = from; j < to; j++) out[o + j - from] = line[rows[j]!]!;
  };
  return {
    ...source,
    n: m,
    fill,
    fillRows(chosen, out, { from, at, stride } = { from: 0, at: 0, stride: m }) {
      for (let s = 0; s < chosen.length; s++) fill(chosen[s]!, from, m, out, at + s * stride);
    },
  };
}
