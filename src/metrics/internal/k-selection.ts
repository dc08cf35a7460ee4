import { InputError, show, UndefinedMetricError } from '../../core/errors.js';
import type { Labels, Points } from '../../core/types.js';
import { type Dataset, isDataset, readDataset } from '../../data/dataset.js';
import { checkOptions, numberIn, oneOf, seedOf } from '../../data/options.js';
import { type PointTable, readPoints } from '../../data/points.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { calinskiHarabasz } from './calinski-harabasz.js';
import { daviesBouldin } from './davies-bouldin.js';
import { type GapValue, smallestByGap } from './gap-statistic.js';
import { type Candidate, type Clusterer, clusteredCandidates, givenCandidates } from './labeling-candidates.js';
import { REFERENCE_BOXES, type ReferenceBox } from './reference-box.js';
import { type SilhouetteOptions, silhouette } from './silhouette.js';
import type { Interval } from './stratified-interval.js';

export interface LabelingSelectionOptions {
  /** Distance of the silhouette; not 'precomputed'. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Score the silhouette on about this many rows (2 to n), as `silhouette` does. Default: all rows. */
  readonly sampleSize?: number | undefined;
  /** An integer >= 0. Default 0. */
  readonly seed?: number | undefined;
}

export interface KSelectionOptions extends LabelingSelectionOptions {
  /** Numbers of clusters to try, each 1 to n - 1 and once. Default: 1 to 10, or to n - 1 where that is less. */
  readonly k?: ArrayLike<number> | undefined;
  /** Reference sets of the gap statistic, 0 (no gap) to 10,000. Default 20. */
  readonly references?: number | undefined;
  /** Reference rows fill a box along the principal components ('pca', default) or along the columns ('ranges'). */
  readonly reference?: ReferenceBox | undefined;
}

export type SelectionIndex = 'silhouette' | 'daviesBouldin' | 'calinskiHarabasz' | 'gap';

export interface KSelectionRow {
  /** Clusters asked for; of a labeling that was given, the clusters that it has. */
  readonly k: number;
  /** Clusters in the labeling: a clusterer may leave some empty. */
  readonly found: number;
  /** Mean width over rows; null: no value here, and `reasons` says why. */
  readonly silhouette: number | null;
  /** Of the silhouette, where rows were sampled. */
  readonly interval: Interval | null;
  readonly daviesBouldin: number | null;
  readonly calinskiHarabasz: number | null;
  readonly gap: GapValue | null;
  /** Why an index has no value, by its name. */
  readonly reasons: Readonly<Partial<Record<SelectionIndex, string>>>;
}

export interface KSelectionResult {
  /** By ascending k. */
  readonly rows: readonly KSelectionRow[];
  /**
   * The k with the highest silhouette, the lowest Davies-Bouldin and the highest Calinski-Harabasz
   * (the smallest k on ties), and the smallest k with gap(k) >= gap(k') - s(k'), k' the next number
   * tried. null: no row has a value, or no k keeps the rule of the gap.
   */
  readonly best: Readonly<Record<SelectionIndex, number | null>>;
  readonly metric: string;
  /** How the gap was computed; null without a gap. */
  readonly references: { readonly count: number; readonly box: ReferenceBox } | null;
  readonly seed: number;
  readonly n: number;
  readonly d: number;
}

/** A value, or the reason why there is none. */
function valueOrReason<T>(index: () => T): T | string {
  try {
    return index();
  } catch (error) {
    if (error instanceof UndefinedMetricError) return error.message;
    throw error;
  }
}

function rowOf(where: string, table: PointTable, candidate: Candidate, options: SilhouetteOptions): KSelectionRow {
  const { k, labels, gap } = candidate;
  const checked = readDataset(where, { data: table.data, rows: table.n, columns: table.d }, labels.codes);
  const widths = valueOrReason(() => silhouette(checked, options));
  const found = {
    silhouette: typeof widths === 'string' ? widths : widths.score,
    daviesBouldin: valueOrReason(() => daviesBouldin(checked).score),
    calinskiHarabasz: valueOrReason(() => calinskiHarabasz(checked).score),
    gap,
  };
  const orNull = <T>(value: T | string): T | null => (typeof value === 'string' ? null : value);
  return {
    k,
    found: labels.classes.length,
    silhouette: orNull(found.silhouette),
    interval: typeof widths === 'string' ? null : (widths.sample?.interval ?? null),
    daviesBouldin: orNull(found.daviesBouldin),
    calinskiHarabasz: orNull(found.calinskiHarabasz),
    gap: orNull(found.gap),
    reasons: Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value === 'string')),
  };
}

/** The k of the row with the largest sign * value; the smallest on ties. */
function bestBy(rows: readonly KSelectionRow[], index: Exclude<SelectionIndex, 'gap'>, sign: 1 | -1): number | null {
  let best: number | null = null;
  let most = 0;
  for (const { k, [index]: value } of rows) {
    if (value === null || (best !== null && sign * value <= most)) continue;
    best = k;
    most = sign * value;
  }
  return best;
}

/**
 * How many clusters? Silhouette, Davies-Bouldin and Calinski-Harabasz for several numbers of
 * clusters, and the gap statistic (Tibshirani, Walther and Hastie 2001, doi:10.1111/1467-9868.00293):
 * gap(k) = mean of ln W over reference sets - ln W, with W the sum of squared Euclidean distances to
 * the centroids. Reference sets are drawn uniformly from a box around the points and clustered in
 * the same way. Higher is better. Only the gap can say that there is one cluster.
 *
 * The points are clustered with `seed`, the reference sets with seeds drawn from it. Every label is a
 * cluster. An index without value is null, with the reason beside it: one cluster has no silhouette,
 * clusters without scatter have no gap, and labelings without a clusterer have none.
 *
 * Cost for each k: 1 + references calls of the clusterer and a silhouette, O(n^2 d / 2) if euclidean;
 * once O(n d^2 + d^3) for the principal components.
 *
 * @param points n x d, or a dataset, of which the labels are not read.
 * @param labelings one labeling for each number of clusters, which is counted; or a clusterer.
 * @throws InputError for bad points, labels or options; ShapeError for labels of another length;
 *   UndefinedMetricError for less than two rows. What a clusterer throws passes through.
 */
export function kSelection(
  points: Points | Dataset,
  labelings: ReadonlyArray<Labels>,
  options?: LabelingSelectionOptions,
): KSelectionResult;
export function kSelection(
  points: Points | Dataset,
  clusterer: Clusterer,
  options?: KSelectionOptions,
): KSelectionResult;
export function kSelection(
  points: Points | Dataset,
  labelings: ReadonlyArray<Labels> | Clusterer,
  given?: KSelectionOptions,
): KSelectionResult {
  const where = 'kSelection';
  const clusterer = typeof labelings === 'function' ? labelings : undefined;
  const names = ['metric', 'sampleSize', 'seed'];
  const options = checkOptions(where, given, clusterer ? ['k', 'references', 'reference', ...names] : names);
  const metric = resolveMetric(where, options.metric);
  if (metric.kind === 'precomputed') {
    throw new InputError(
      'unknown-name',
      `${where}: metric must measure coordinates, got 'precomputed'; Davies-Bouldin needs the points themselves`,
    );
  }
  const seed = seedOf(where, options.seed);
  const references = numberIn(where, 'references', options.references, { min: 0, max: 10_000, integer: true }, 20);
  const box = oneOf(where, 'reference', options.reference, REFERENCE_BOXES, 'pca');
  const table = isDataset(points) ? { data: points.points, n: points.n, d: points.d } : readPoints(where, points);
  const { n, d } = table;
  const sampleSize = numberIn(where, 'sampleSize', options.sampleSize, { min: 2, max: n, integer: true }, n);
  if (clusterer === undefined && !Array.isArray(labelings)) {
    throw new InputError(
      'wrong-type',
      `${where}: needs an array of labelings or a function (points, k, seed) => labels, got ${show(labelings)}`,
    );
  }
  const candidates =
    clusterer === undefined
      ? givenCandidates(where, n, labelings as ReadonlyArray<Labels>)
      : clusteredCandidates(where, table, clusterer, { k: options.k, seed, references, box });
  const widths = { metric: options.metric as Metric | undefined, sampleSize, seed };
  const rows = candidates.map((candidate) => rowOf(where, table, candidate, widths));
  return {
    rows,
    best: {
      silhouette: bestBy(rows, 'silhouette', 1),
      daviesBouldin: bestBy(rows, 'daviesBouldin', -1),
      calinskiHarabasz: bestBy(rows, 'calinskiHarabasz', 1),
      gap: smallestByGap(rows),
    },
    metric: metric.name,
    references: clusterer === undefined || references === 0 ? null : { count: references, box },
    seed,
    n,
    d,
  };
}
