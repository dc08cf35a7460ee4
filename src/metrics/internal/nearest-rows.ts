import { eachRow } from '../../distance/each-row.js';
import type { DistanceSource } from '../../distance/source.js';
import { nearestTies } from '../../kernels/nearest-ties.js';

/** The nearest other rows of each of some rows. */
export interface NearestRows {
  /** The first of them. */
  readonly first: Int32Array;
  /** How many are at that distance, 1 or more. */
  readonly tied: Int32Array;
  /** How many of those have the label of the row. */
  readonly matching: Int32Array;
}

export function emptyNearestRows(count: number): NearestRows {
  return { first: new Int32Array(count), tied: new Int32Array(count), matching: new Int32Array(count) };
}

/** Nearest other rows of each of `rows` (default: of every row). */
export function nearestRows(source: DistanceSource, labels: Int32Array, rows?: Int32Array): NearestRows {
  const { n } = source;
  const found = emptyNearestRows(rows === undefined ? n : rows.length);
  const ties = new Int32Array(n);
  const visit = (i: number, distances: Float64Array, s: number) => {
    const count = nearestTies(distances, i, ties);
    found.first[s] = ties[0]!;
    found.tied[s] = count;
    for (let t = 0; t < count; t++) if (labels[ties[t]!] === labels[i]) found.matching[s]!++;
  };
  eachRow(source, visit, rows);
  return found;
}
