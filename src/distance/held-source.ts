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
    fillRows(rows, out, { from, at, stride } = { from: 0, at: 0, stride: n }) {
      for (let s = 0; s < rows.length; s++) {
        out.set(distances().subarray(rows[s]! * n + from, (rows[s]! + 1) * n), at + s * stride);
      }
    },
    fillPairs(rows, columns, out) {
      let at = 0;
      for (const i of rows) for (const j of columns) out[at++] = distances()[i * n + j]!;
    },
  };
}

/** Distances among some rows of a source, numbered anew. */
export function sourceOf(source: DistanceSource, rows: Int32Array): DistanceSource {
  const n = rows.length;
  const inSource = (some: Int32Array) => some.map((i) => rows[i]!);
  return {
    ...source,
    n,
    fillRows(chosen, out, { from, at, stride } = { from: 0, at: 0, stride: n }) {
      const columns = rows.subarray(from);
      const line = new Float64Array(columns.length);
      chosen.forEach((i, s) => {
        source.fillPairs(rows.subarray(i, i + 1), columns, line);
        out.set(line, at + s * stride);
      });
    },
    fillPairs: (some, columns, out) => source.fillPairs(inSource(some), inSource(columns), out),
  };
}
