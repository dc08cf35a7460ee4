import { InputError } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { booleanOf, type LooseOptions, nothingMore, numberIn, seedOf } from '../../data/options.js';
import type { PointUse } from '../../data/points.js';
import type { Part } from '../../data/row-sample.js';
import { type Metric, type ResolvedMetric, resolveMetric } from '../../distance/metric.js';
import { rowRuns } from '../../distance/row-runs.js';
import type { DistanceSource } from '../../distance/source.js';
import { requireClusters, type Scope, scopeOf } from '../../metrics/internal/scope.js';
import { dealLabels } from '../../statistics/deal-labels.js';
import { rowOrder } from '../../statistics/row-order.js';
import { inZScores } from '../../statistics/z-scores.js';
import { addLabelingSums, emptyLabelingSums, type LabelingSums, labelingSummer } from './labeling-sums.js';
import type { SignificanceResult } from './significance-types.js';
import { summariseLabelings } from './summarise-labelings.js';

export interface SignificanceOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Permutations of the labels, 1 to 100,000. Default 200. */
  readonly permutations?: number | undefined;
  /** Divide columns by their standard deviation first. Default false. */
  readonly standardize?: boolean | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** Rows with this label are left out. */
  readonly noiseLabel?: Label | undefined;
}

/** Whether to divide columns by their standard deviation, which distances do not allow. */
export function standardizeOf(where: string, value: unknown, metric: ResolvedMetric): boolean {
  const standardize = booleanOf(where, 'standardize', value, false);
  if (!standardize || metric.kind !== 'precomputed') return standardize;
  throw new InputError(
    'out-of-range',
    `${where}: standardize needs coordinates, got metric 'precomputed'; leave one out`,
  );
}

const OPTIONS = ['metric', 'permutations', 'standardize', 'seed', 'noiseLabel'];

/** Everything about a significance but its distances. */
export interface PreparedSignificance {
  readonly where: string;
  readonly scope: Scope;
  readonly metric: ResolvedMetric;
  /** The options, their names checked. */
  readonly options: LooseOptions;
  /** The observed labels, then the permuted ones. */
  readonly labelings: readonly Int32Array[];
  finish(sums: LabelingSums): SignificanceResult;
}

/** Reads the arguments of `significance`; `more` names options that the caller reads, `use` says whether it goes on after it has returned. */
export function prepareSignificance(
  first: unknown,
  second: unknown,
  third: unknown,
  more: readonly string[] = [],
  use: PointUse = 'borrow',
): PreparedSignificance {
  const where = 'significance';
  const { data, options } = admit(where, first, second, third, [...OPTIONS, ...more], use);
  const metric = resolveMetric(where, options.metric);
  const permutations = numberIn(
    where,
    'permutations',
    options.permutations,
    { min: 1, max: 100_000, integer: true },
    200,
  );
  const seed = seedOf(where, options.seed);
  const given = scopeOf(where, data, options, metric.kind === 'precomputed');
  requireClusters(where, given);
  const scope = standardizeOf(where, options.standardize, metric) ? inZScores(given) : given;
  return { where, scope, metric, options, ...labelingsOf(scope, metric, permutations, seed) };
}

/** The labelings of a significance, and what is made of their sums. */
function labelingsOf(
  scope: Pick<Scope, 'n' | 'd' | 'k' | 'points' | 'labels' | 'counts' | 'classes'>,
  metric: ResolvedMetric,
  permutations: number,
  seed: number,
): Pick<PreparedSignificance, 'labelings' | 'finish'> {
  const { n, k, labels, counts, classes } = scope;
  const rng = new Rng(seed);
  // The first labeling is the observed one.
  const order = rowOrder(scope, { square: metric.kind === 'precomputed' });
  const labelings = [labels, ...Array.from({ length: permutations }, () => dealLabels(labels.slice(), order, rng))];
  const finish = (sums: LabelingSums): SignificanceResult => {
    const cut = (from: number, to?: number) => ({
      widths: sums.widths.subarray(from, to),
      squares: sums.squares.subarray(from, to),
      agreements: sums.agreements.subarray(from, to),
    });
    const all = (of: LabelingSums) => ({ sums: of, taken: counts });
    const found = summariseLabelings({ n, counts, classes }, all(cut(0, k)), all(cut(k)));
    return { ...found, permutations, seed, metric: metric.name, n, k };
  };
  return { labelings, finish };
}

/**
 * Silhouette and nearest-neighbour agreement beside their values under random labels: the labels
 * are permuted over the rows, which keeps the class sizes. The expected silhouette of random labels
 * is not 0. It falls with the number of clusters and their imbalance, so a score means little
 * without it. A small p says that the labels carry information, not that the clusters are apart.
 * p is (1 + permutations at least as good) / (1 + permutations), never 0 (Phipson and Smyth 2010,
 * doi:10.2202/1544-6115.1585).
 *
 * Cost O(n^2 (d + permutations)) time, O(n permutations) memory.
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { significance } from 'clusterlens';
 * const points = [[0], [1], [2], [3], [10], [11], [12], [13]];
 * const { silhouette } = significance(points, [0, 0, 0, 0, 1, 1, 1, 1], { permutations: 999 });
 * console.log(silhouette.observed.toFixed(3), silhouette.null.mean.toFixed(3), silhouette.p); // 0.831 0.012 0.03
 */
export function significance<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: SignificanceOptions,
): SignificanceResult<ReadLabel<L>>;
export function significance<L extends Label>(
  dataset: Dataset<L>,
  options?: SignificanceOptions,
): SignificanceResult<L>;
export function significance(
  first: Points | Dataset,
  second?: Labels | SignificanceOptions,
  third?: SignificanceOptions,
  ...more: []
): SignificanceResult {
  nothingMore('significance', more, [first, second, third]);
  const { where, scope, metric, labelings, finish } = prepareSignificance(first, second, third);
  const { n, d, points, counts } = scope;
  return finish(sumsOfAll(metric.source(where, { points, n, d }), labelings, counts));
}

/** Sums over all rows, run by run. */
export function sumsOfAll(source: DistanceSource, labelings: readonly Int32Array[], counts: Int32Array): LabelingSums {
  const total = emptyLabelingSums(labelings.length, counts.length);
  const sumsOf = labelingSummer(source, labelings, counts);
  for (const rows of rowRuns(source.n)) addLabelingSums(total, sumsOf(rows));
  return total;
}

/** `significance` of rows that were read, whose distances a source has. */
export function significanceOf(
  where: string,
  part: Part,
  {
    metric,
    permutations,
    seed,
  }: { readonly metric: ResolvedMetric; readonly permutations: number; readonly seed: number },
  source: DistanceSource,
): SignificanceResult {
  requireClusters(where, part);
  const { labelings, finish } = labelingsOf(part, metric, permutations, seed);
  return finish(sumsOfAll(source, labelings, part.counts));
}
