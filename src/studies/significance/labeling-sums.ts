import { eachBlock } from '../../distance/each-row.js';
import type { DistanceSource } from '../../distance/source.js';
import { silhouetteWidth } from '../../kernels/cluster-means.js';
import { labelingMeans } from '../../kernels/labeling-means.js';
import { nearestTies } from '../../kernels/nearest-ties.js';

/** What rows add up to under each of several labelings. */
export interface LabelingSums {
  /** Sum of the silhouette widths of the rows that labeling p puts in cluster c, at p k + c. */
  readonly widths: Float64Array;
  /** Sum of their squares. */
  readonly squares: Float64Array;
  /** Rows of cluster c whose nearest other row has the same label; where several are nearest, the share of them. */
  readonly agreements: Float64Array;
}

export function emptyLabelingSums(labelings: number, k: number): LabelingSums {
  const empty = () => new Float64Array(labelings * k);
  return { widths: empty(), squares: empty(), agreements: empty() };
}

/** Adds the sums of a run of rows to the total. */
export function addLabelingSums(total: LabelingSums, run: LabelingSums): void {
  for (const name of ['widths', 'squares', 'agreements'] as const) {
    for (let t = 0; t < run[name].length; t++) total[name][t]! += run[name][t]!;
  }
}

/** What comes back gives the sums over some rows, each compared with all rows; all labelings have the same cluster sizes. */
export function labelingSummer(
  source: DistanceSource,
  labelings: readonly Int32Array[],
  counts: Int32Array,
): (rows: Int32Array) => LabelingSums {
  const { n } = source;
  const k = counts.length;
  return (rows) => {
    const sums = emptyLabelingSums(labelings.length, k);
    const ties = new Int32Array(n);
    const addWidth = (p: number, i: number, ownSum: number, nearest: number) => {
      const cluster = labelings[p]![i]!;
      const others = counts[cluster]! - 1;
      if (others === 0) return; // a singleton scores 0
      const width = silhouetteWidth(ownSum / others, nearest);
      sums.widths[p * k + cluster]! += width;
      sums.squares[p * k + cluster]! += width * width;
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
          sums.agreements[p * k + labels[i]!]! += matching / count;
        }
      }
      labelingMeans(block, distances, { labels: labelings, sizes: counts }, addWidth);
    });
    return sums;
  };
}
