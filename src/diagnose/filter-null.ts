import { Rng } from '../core/rng.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { distanceSource } from '../distance/source.js';
import type { Part } from './row-sample.js';

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
  const { n, d, k, counts, labels, points } = part;
  const order = Int32Array.from({ length: k }, (_, c) => c).sort((a, b) => counts[b]! - counts[a]! || a - b);
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
  const distances = new Float64Array(n);
  const scratch = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    source.fill(i, 0, n, distances, 0);
    distances[i] = 0;
    for (let p = 0; p < labelings.length; p++) {
      const labeling = labelings[p]!;
      const own = labeling[i]!;
      const size = counts[own]!;
      if (size === 1) continue;
      scratch.fill(0);
      for (let j = 0; j < n; j++) scratch[labeling[j]!]! += distances[j]!;
      const a = scratch[own]! / (size - 1);
      let b = Infinity;
      let next = 0;
      let all = 0;
      // Thresholds ascend, so the classes that they keep shrink: from the last threshold back.
      for (let t = thresholds.length - 1; t >= 0; t--) {
        for (; next < classes[t]!; next++) {
          const c = order[next]!;
          if (c !== own) b = Math.min(b, scratch[c]! / counts[c]!);
        }
        if (size < thresholds[t]!) continue;
        const larger = Math.max(a, b);
        all = larger > 0 && b < Infinity ? (b - a) / larger : 0;
        sums[p]![t]! += all;
      }
      if (p === 0) for (let t = 0; t < thresholds.length; t++) if (size >= thresholds[t]!) amongAll[t]! += all;
    }
  }
  const mean = (values: Float64Array) => values.map((value, t) => value / rows[t]!);
  return { thresholds, rows, classes, kept: sums.map(mean), amongAll: mean(amongAll) };
}
