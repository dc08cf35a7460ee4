import { eachBlock } from '../distance/each-row.js';
import type { DistanceSource } from '../distance/source.js';
import { clusterOrder } from '../kernels/cluster-order.js';
import { labelingMeans } from '../kernels/labeling-means.js';
import { nearestTies } from '../kernels/nearest-ties.js';
import { silhouetteWidth } from '../kernels/silhouette-width.js';

/** What rows add up to under each of several labelings. */
export interface LabelingSums {
  /** Sum of the silhouette widths of the rows that labeling p puts in cluster c, at p k + c. */
  readonly widths: Float64Array;
  /** Rows whose nearest other row has the same label; where several are nearest, the share of them. */
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

/** What comes back gives the sums over some rows, each compared with all rows; all labelings have the same cluster sizes. */
export function labelingSummer(
  source: DistanceSource,
  labelings: readonly Int32Array[],
  counts: Int32Array,
): (rows: Int32Array) => LabelingSums {
  const { n } = source;
  const k = counts.length;
  const ordered = labelings.map((labels) => ({ labels, ...clusterOrder(labels, k) }));
  return (rows) => {
    const sums = emptyLabelingSums(labelings.length, k);
    const ties = new Int32Array(n);
    const addWidth = (p: number, i: number, ownSum: number, nearest: number) => {
      const cluster = labelings[p]![i]!;
      const others = counts[cluster]! - 1;
      if (others > 0) sums.widths[p * k + cluster]! += silhouetteWidth(ownSum / others, nearest); // a singleton scores 0
    };
    eachBlock(source, rows, (block, distances) => {
      for (let s = 0; s < block.length; s++) {
        const i = block[s]!;
        const row = distances.subarray(s * n, (s + 1) * n);
        const count = nearestTies(row, i, ties);
        for (let p = 0; p < labelings.length; p++) {
          const labels = labelings[p]!;
          let matching = 0;
          for (let t = 0; t < count; t++) if (labels[ties[t]!] === labels[i]) matching++;
          sums.agreements[p]! += matching / count;
        }
      }
      labelingMeans(block, distances, ordered, addWidth);
    });
    return sums;
  };
}
