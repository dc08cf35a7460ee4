import { rowNameOf } from '../../data/row-name.js';
import type { Part } from '../../data/row-sample.js';
import { eachBlock } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { silhouetteWidth } from '../../kernels/cluster-means.js';
import { labelingMeans } from '../../kernels/labeling-means.js';
import { nearestFew } from '../../kernels/nearest-few.js';
import { agreementIn } from './agreement-in.js';

/** Neighbours that are looked through before the whole row is. */
const NEAREST = 24;

/**
 * Silhouette and neighbour agreement of a part among each of several subsets of its rows (ascending),
 * from one pass over the distances; NaN where a subset has fewer than two classes, or no class of two.
 *
 * Cost O(n^2 (d + subsets)) time, O(n subsets) memory.
 */
export function subsetIndices(
  where: string,
  { n, d, k, labels, points, rows }: Part,
  metric: Metric,
  subsets: readonly Int32Array[],
): [silhouette: number, neighborAgreement: number][] {
  const source = resolveMetric(where, metric).source(where, { points, n, d }, { rowName: rowNameOf({ rows }) });
  const inside = subsets.map((rows) => {
    const mask = new Uint8Array(n);
    for (const i of rows) mask[i] = 1;
    return mask;
  });
  const labelsIn = inside.map((mask) => labels.map((label, i) => (mask[i] === 1 ? label : k)));
  const sizes = subsets.map((rows) => {
    const counts = new Int32Array(k);
    for (const i of rows) counts[labels[i]!]!++;
    return counts;
  });
  const widths = new Float64Array(subsets.length);
  const hits = new Float64Array(subsets.length);
  const near = nearestFew(Math.min(NEAREST, n));
  eachBlock(source, undefined, (block, distances) => {
    for (let s = 0; s < block.length; s++) {
      const i = block[s]!;
      const row = distances.subarray(s * n, (s + 1) * n);
      row[i] = Number.POSITIVE_INFINITY;
      near.read(row);
      inside.forEach((mask, p) => {
        if (mask[i] === 1) hits[p]! += agreementIn(row, near, mask, labels, labels[i]!);
      });
      row[i] = 0;
    }
    labelingMeans(block, distances, { labels: labelsIn, sizes }, (p, i, sum, nearest) => {
      const others = sizes[p]![labels[i]!]! - 1;
      if (inside[p]![i] === 1 && others > 0) widths[p]! += silhouetteWidth(sum / others, nearest);
    });
  });
  return subsets.map(({ length }, p) => {
    const classes = sizes[p]!.filter((size) => size > 0).length;
    return classes < 2 || classes === length ? [Number.NaN, Number.NaN] : [widths[p]! / length, hits[p]! / length];
  });
}
