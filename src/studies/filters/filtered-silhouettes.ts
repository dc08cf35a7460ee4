import { Rng } from '../../core/rng.js';
import { isPrecomputed } from '../../data/condensed.js';
import { rowNameOf } from '../../data/row-name.js';
import type { Part } from '../../data/row-sample.js';
import { eachBlock } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import type { DistanceSource } from '../../distance/source.js';
import { silhouetteWidth } from '../../kernels/cluster-means.js';
import { labelingMeans } from '../../kernels/labeling-means.js';
import { dealLabels } from '../../statistics/deal-labels.js';
import { rowOrder } from '../../statistics/row-order.js';
import { type SampleError, strataOf, stratifiedError } from '../../statistics/stratified-interval.js';
import { dealt, drawScoredRows, takenOf } from '../significance/scored-significance.js';

/** Silhouettes after each filter, for the observed labels first and then for permuted ones. */
export interface FilteredSilhouettes {
  readonly thresholds: readonly number[];
  readonly rows: readonly number[];
  readonly classes: readonly number[];
  /** [labeling][threshold]: mean over the kept rows among the kept classes. */
  readonly kept: readonly Float64Array[];
  /** Observed labels: mean over the kept rows among all classes. */
  readonly amongAll: Float64Array;
  /** Given when not all rows were scored: how many were, each against all, and the errors by threshold. */
  readonly sample?: {
    readonly rows: number;
    readonly of: number;
    readonly score: readonly SampleError[];
    readonly gain: readonly SampleError[];
  };
}

interface Filters {
  readonly thresholds: readonly number[];
  readonly classes: readonly number[];
  readonly counts: Int32Array;
}

/** Thresholds that change something and leave two classes, 1 first. */
export function filtersOf(counts: Int32Array, wanted: readonly number[]): Filters {
  const classesAt = (t: number) => counts.filter((count) => count >= t).length;
  const thresholds: number[] = [];
  for (const t of [1, ...[...wanted].sort((a, b) => a - b)]) {
    const last = thresholds[thresholds.length - 1];
    if (classesAt(t) >= 2 && (last === undefined || classesAt(t) < classesAt(last))) thresholds.push(t);
  }
  return { thresholds, classes: thresholds.map(classesAt), counts };
}

/**
 * The silhouette after dropping classes smaller than each threshold, under the observed and under
 * permuted labels, in one pass: the own distance of a row does not depend on the filter, and the
 * nearest other class is a running minimum over classes from the largest down.
 *
 * Thresholds that leave fewer than two classes, or change nothing, are left out; the first is 1. Above
 * `most` rows those rows are scored that `scoredSignificance` scores, each against all, and permuted
 * labelings are the same too: at threshold 1 both functions give one silhouette and one chance.
 * Cost O(m permutations (n + k)) time for m scored rows, O(n permutations) memory.
 */
export function filteredSilhouettes(
  where: string,
  part: Part,
  wanted: readonly number[],
  setup: {
    readonly metric: Metric;
    readonly permutations: number;
    readonly seed: number;
    readonly most?: number | undefined;
    /** Distances between all rows, where they are at hand. */
    readonly source?: DistanceSource | undefined;
  },
): FilteredSilhouettes {
  const { n, d, k, counts, labels, points } = part;
  const { permutations, seed, most = n } = setup;
  const filters = filtersOf(counts, wanted);
  const { thresholds, classes } = filters;
  const rows = thresholds.map((t) => counts.reduce((sum, count) => sum + (count >= t ? count : 0), 0));
  const source =
    setup.source ?? resolveMetric(where, setup.metric).source(where, { points, n, d }, { rowName: rowNameOf(part) });
  const drawn = drawScoredRows(part, { ...setup, most });
  const scored = drawn?.rows ?? Int32Array.from(labels.keys());
  const widths = thresholds.map(() => new Float64Array(scored.length));
  const observe: Visit = (_p, s, t, width) => {
    widths[t]![s] = width;
  };
  const nulls = Array.from({ length: permutations }, () => new Float64Array(thresholds.length));
  if (drawn === null) {
    const rng = new Rng(seed);
    const order = rowOrder(part, { square: isPrecomputed(setup.metric) });
    const labelings = [labels, ...nulls.map(() => dealLabels(labels.slice(), order, rng))];
    eachWidth(source, labelings, scored, filters, (p, s, t, width) => {
      if (p === 0) observe(p, s, t, width);
      else nulls[p - 1]![t]! += width / rows[t]!;
    });
  } else {
    const { nullRows } = drawn;
    eachWidth(source, [labels], scored, filters, observe);
    const taken = takenOf(labels, nullRows, k);
    const labelings = dealt(part, nullRows, setup);
    eachWidth(source, labelings, nullRows, filters, (p, s, t, width) => {
      const c = labelings[p]![nullRows[s]!]!;
      nulls[p]![t]! += (width * counts[c]!) / taken[c]! / rows[t]!;
    });
  }
  const codes = Int32Array.from(scored, (i) => labels[i]!);
  const taken = takenOf(labels, scored, k);
  const mean = (values: Float64Array, t: number) => {
    let sum = 0;
    codes.forEach((c, s) => {
      if (counts[c]! >= thresholds[t]!) sum += (values[s]! * counts[c]!) / taken[c]!;
    });
    return sum / rows[t]!;
  };
  const found = {
    thresholds,
    rows,
    classes,
    kept: [Float64Array.from(widths, mean), ...nulls],
    amongAll: Float64Array.from(widths, (_, t) => mean(widths[0]!, t)),
  };
  if (scored.length === n) return found;
  const errors = widths.map((values, t) => {
    const keeps = (c: number) => counts[c]! >= thresholds[t]!;
    const moved = values.map((width, s) => (keeps(codes[s]!) ? (width * n) / rows[t]! : 0) - widths[0]![s]!);
    return {
      score: stratifiedError(
        strataOf(
          values.filter((_, s) => keeps(codes[s]!)),
          codes.filter(keeps),
          counts,
        ),
      ),
      gain: stratifiedError(strataOf(moved, codes, counts)),
    };
  });
  const sample = {
    rows: scored.length,
    of: n,
    score: errors.map(({ score }) => score),
    gain: errors.map(({ gain }) => gain),
  };
  return { ...found, sample };
}

/** Gets the width of scored row s after filter t under labeling p; a row that is dropped or alone has none. */
type Visit = (p: number, s: number, t: number, width: number) => void;

function eachWidth(
  source: DistanceSource,
  labelings: readonly Int32Array[],
  rows: Int32Array,
  { thresholds, classes, counts }: Filters,
  visit: Visit,
): void {
  if (labelings.length === 0) return;
  const { n } = source;
  const { ranked, sizes } = byRank(labelings, counts);
  // Thresholds ascend, so the classes that they keep shrink: from the last threshold back.
  const stages = [...classes].reverse();
  const position = new Int32Array(n);
  rows.forEach((i, s) => {
    position[i] = s;
  });
  eachBlock(source, rows, (block, distances) => {
    block.forEach((i, s) => {
      distances[s * n + i] = 0;
    });
    labelingMeans(block, distances, { labels: ranked, sizes, stages }, (p, i, sum, nearest, stage) => {
      const t = thresholds.length - 1 - stage;
      const size = counts[labelings[p]![i]!]!;
      if (size === 1 || size < thresholds[t]!) return;
      visit(p, position[i]!, t, silhouetteWidth(sum / (size - 1), nearest));
    });
  });
}

/** The labelings with classes numbered by size, the largest first: a threshold keeps the first of them. */
function byRank(labelings: readonly Int32Array[], counts: Int32Array) {
  const bySize = Int32Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const rank = new Int32Array(counts.length);
  bySize.forEach((c, r) => {
    rank[c] = r;
  });
  return {
    ranked: labelings.map((labels) => labels.map((c) => rank[c]!)),
    sizes: bySize.map((c) => counts[c]!),
  };
}
