import { Rng } from '../../core/rng.js';
import type { Part } from '../../data/row-sample.js';
import { eachBlock } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { distanceSource } from '../../distance/source.js';
import { clusterOrder } from '../../kernels/cluster-order.js';
import { labelingMeans } from '../../kernels/labeling-means.js';
import { silhouetteWidth } from '../../kernels/silhouette-width.js';

/** Smallest class sizes that a diagnosis tries as filters. */
export const FILTERS = [2, 3, 5, 8, 10, 15, 20];

/** Silhouettes after each filter, for the observed labels first and then for permuted ones. */
export interface FilteredSilhouettes {
  readonly thresholds: readonly number[];
  readonly rows: readonly number[];
  readonly classes: readonly number[];
  /** [labeling][threshold]: mean over the kept rows among the kept classes. */
  readonly kept: readonly Float64Array[];
  /** Observed labels: mean over the kept rows among all classes. */
  readonly amongAll: Float64Array;
}

/**
 * The silhouette after dropping classes smaller than each threshold, under the observed and under
 * permuted labels, in one pass: the own distance of a row does not depend on the filter, and the
 * nearest other class is a running minimum over classes from the largest down.
 *
 * Thresholds that leave fewer than two classes, or change nothing, are left out; the first is 1.
 * Cost O(n permutations (n + k)) time, O(n permutations) memory.
 */
export function filteredSilhouettes(
  where: string,
  part: Part,
  wanted: readonly number[],
  setup: { readonly metric: Metric; readonly permutations: number; readonly seed: number },
): FilteredSilhouettes {
  const { n, d, counts, labels, points } = part;
  const classesAt = (t: number) => counts.filter((count) => count >= t).length;
  const thresholds: number[] = [];
  for (const t of [1, ...wanted]) {
    const last = thresholds[thresholds.length - 1];
    if (classesAt(t) >= 2 && (last === undefined || classesAt(t) < classesAt(last))) thresholds.push(t);
  }
  const classes = thresholds.map(classesAt);
  const rows = thresholds.map((t) => counts.reduce((sum, count) => sum + (count >= t ? count : 0), 0));
  const rng = new Rng(setup.seed);
  const labelings = [labels, ...Array.from({ length: setup.permutations }, () => rng.shuffle(labels.slice()))];
  const sums = labelings.map(() => new Float64Array(thresholds.length));
  const amongAll = new Float64Array(thresholds.length);
  const source = distanceSource(where, points, n, d, resolveMetric(where, setup.metric));
  const slices = slicesOf(labelings, counts, classes);
  eachBlock(source, undefined, (block, distances) => {
    const first = block[0]!;
    block.forEach((i, s) => {
      distances[s * n + i] = 0;
    });
    // Thresholds ascend, so the classes that they keep shrink: from the last threshold back.
    const own = new Float64Array(labelings.length * block.length);
    const nearest = new Float64Array(own.length).fill(Infinity);
    for (let t = thresholds.length - 1; t >= 0; t--) {
      labelingMeans(block, distances, slices[t]!, (p, i, sum, mean) => {
        const at = p * block.length + i - first;
        own[at]! += sum; // 0 where the class is in another slice
        nearest[at] = Math.min(nearest[at]!, mean);
        const size = counts[labelings[p]![i]!]!;
        if (size === 1 || size < thresholds[t]!) return;
        sums[p]![t]! += silhouetteWidth(own[at]! / (size - 1), nearest[at]!);
      });
    }
    for (let s = 0; s < block.length; s++) {
      const size = counts[labels[first + s]!]!;
      if (size === 1) continue;
      const all = silhouetteWidth(own[s]! / (size - 1), nearest[s]!);
      for (let t = 0; t < thresholds.length; t++) if (size >= thresholds[t]!) amongAll[t]! += all;
    }
  });
  const mean = (values: Float64Array) => values.map((value, t) => value / rows[t]!);
  return { thresholds, rows, classes, kept: sums.map(mean), amongAll: mean(amongAll) };
}

/** For each threshold the classes that it keeps and the next one drops, under each labeling. */
function slicesOf(labelings: readonly Int32Array[], counts: Int32Array, classes: readonly number[]) {
  const k = counts.length;
  const bySize = Int32Array.from({ length: k }, (_, c) => c).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const rank = new Int32Array(k);
  bySize.forEach((c, r) => {
    rank[c] = r;
  });
  const ranked = labelings.map((labels) => labels.map((c) => rank[c]!));
  const sorted = ranked.map((ranks) => clusterOrder(ranks, k));
  const { offsets } = sorted[0]!;
  return classes.map((to, t) => {
    const from = classes[t + 1] ?? 0;
    const own = offsets.subarray(from, to + 1).map((offset) => offset - offsets[from]!);
    return ranked.map((ranks, p) => ({
      labels: ranks.map((r) => r - from),
      order: sorted[p]!.order.subarray(offsets[from]!, offsets[to]!),
      offsets: own,
    }));
  });
}
