import { eachRow } from '../distance/each-row.js';
import type { DistanceSource } from '../distance/source.js';
import { addPermutedWidths } from '../kernels/permuted-widths.js';

/** What rows add up to under each of several labelings. */
export interface LabelingSums {
  /** Sum of the silhouette widths of the rows that labeling p puts in cluster c, at p k + c. */
  readonly widths: Float64Array;
  /** Rows whose nearest other row has the same label. */
  readonly agreements: Float64Array;
}

export function emptyLabelingSums(labelings: number, k: number): LabelingSums {
  return { widths: new Float64Array(labelings * k), agreements: new Float64Array(labelings) };
}

/** Adds the sums of a run of rows to the total. */
export function addLabelingSums(total: LabelingSums, run: LabelingSums): void {
  for (let t = 0; t < run.widths.length; t++) total.widths[t]! += run.widths[t]!;
  for (let p = 0; p < run.agreements.length; p++) total.agreements[p]! += run.agreements[p]!;
}

/** Sums over `rows`, each compared with all rows; all labelings have the same cluster sizes. */
export function labelingSums(
  source: DistanceSource,
  labelings: readonly Int32Array[],
  counts: Int32Array,
  rows: Int32Array,
): LabelingSums {
  const { n } = source;
  const sums = emptyLabelingSums(labelings.length, counts.length);
  const scratch = new Float64Array(counts.length);
  const visit = (i: number, distances: Float64Array) => {
    distances[i] = Number.POSITIVE_INFINITY;
    let nearest = i === 0 ? 1 : 0;
    for (let j = 0; j < n; j++) if (distances[j]! < distances[nearest]!) nearest = j;
    labelings.forEach((labeling, p) => {
      if (labeling[nearest] === labeling[i]) sums.agreements[p]!++;
    });
    distances[i] = 0;
    addPermutedWidths(distances, i, labelings, counts, sums.widths, scratch);
  };
  eachRow(source, visit, rows);
  return sums;
}
