import type { Points } from '../../core/types.js';
import { squareOf } from '../../data/condensed.js';
import { type Dataset, isDataset } from '../../data/dataset.js';
import { checkOptions, nothingMore, numberIn, oneOf, seedOf } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import { fitMetric, type Metric, resolveMetric } from '../../distance/metric.js';
import { exactDistances } from '../../distance/precomputed.js';
import { favoursOf } from './favours.js';
import { smallestByGap } from './gap-statistic.js';
import { type Clusterer, clusteredCandidates, givenCandidates } from './labeling-candidates.js';
import type { Labelings } from './read-labelings.js';
import { REFERENCE_BOXES, type ReferenceBox } from './reference-box.js';
import { type NoiseOptions, noiseOf } from './scope.js';
import { type KSelectionRow, type SelectionIndex, selectionRow } from './selection-row.js';

export interface LabelingSelectionOptions extends NoiseOptions {
  /** Distance of silhouette and Dunn; 'precomputed' for a matrix of distances. Default 'euclidean'. */
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

export interface KSelectionResult {
  /** By ascending k; labelings of one k in the order in which they were given. */
  readonly rows: readonly KSelectionRow[];
  /**
   * The k with the highest silhouette, the lowest Davies-Bouldin, the highest Calinski-Harabasz and
   * Dunn (the first row on ties), and the smallest k with gap(k) >= gap(k') - s(k'), k' the next number
   * tried. null: no row has a value, or no k keeps the rule of the gap.
   */
  readonly best: Readonly<Record<SelectionIndex, number | null>>;
  /** The same as positions in `rows`, which tell labelings of one k apart. */
  readonly bestRow: Readonly<Record<SelectionIndex, number | null>>;
  /** One sentence: which k the indices favour, and whether they agree. */
  readonly favours: string;
  readonly metric: string;
  /** How the gap was computed; null without a gap. */
  readonly references: { readonly count: number; readonly box: ReferenceBox } | null;
  readonly seed: number;
  readonly n: number;
  readonly d: number;
}

/** The row with the largest sign * value; the first on ties. */
function bestBy(rows: readonly KSelectionRow[], index: Exclude<SelectionIndex, 'gap'>, sign: 1 | -1): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [at, { [index]: value }] of rows.entries()) {
    if (value === null || (best !== null && sign * value <= most)) continue;
    best = at;
    most = sign * value;
  }
  return best;
}

function bestOf(rows: readonly KSelectionRow[]): Record<SelectionIndex, number | null> {
  const gap = smallestByGap(rows);
  return {
    silhouette: bestBy(rows, 'silhouette', 1),
    daviesBouldin: bestBy(rows, 'daviesBouldin', -1),
    calinskiHarabasz: bestBy(rows, 'calinskiHarabasz', 1),
    dunn: bestBy(rows, 'dunn', 1),
    gap: gap === null ? null : rows.findIndex(({ k }) => k === gap),
  };
}

/**
 * How many clusters? Silhouette, Davies-Bouldin, Calinski-Harabasz and Dunn for several labelings, and
 * the gap statistic (Tibshirani, Walther and Hastie 2001, doi:10.1111/1467-9868.00293):
 * gap(k) = mean of ln W over reference sets - ln W, with W the sum of squared Euclidean distances to
 * the centroids. Reference sets are drawn uniformly from a box around the points and clustered in
 * the same way. A higher gap is better. Only the gap can say that there is one cluster. `favours` says in
 * one sentence which k the indices favour and whether they agree. Of labelings with one value of an index the
 * first is best: the one with the least k, of one k the one that came first.
 *
 * The points are clustered with `seed`, the reference sets with seeds drawn from it. Every label is a
 * cluster, unless `noiseLabel` (or the dataset) names the noise. Noise is no cluster; `noise` says what
 * happens with its rows.
 *
 * An index without a value is null, and `reasons` says why:
 * - one cluster has no silhouette, and clusters without scatter have no gap;
 * - the gap needs a clusterer, and a clustering without noise;
 * - distances between rows ('precomputed') allow silhouette and Dunn only;
 * - on noise that is penalised only the silhouette has a value;
 * - with `sampleSize` there is no Dunn.
 *
 * Cost for each k: 1 + references calls of the clusterer, a silhouette and a Dunn, O(n^2 d) if euclidean;
 * once O(n d^2 + d^3) for the principal components.
 *
 * @param points n x d, or a dataset, of which the labels are not read; n x n distances with
 *   `metric: 'precomputed'`, whose rows a clusterer then gets.
 * @param labelings labelings of the rows, several of one k too: an array, a Map or an object of names;
 *   each as labels or as a library returns it (`{ clusters }` of ml-kmeans). Or a clusterer.
 * @throws InputError for bad points, labels or options; ShapeError for labels of another length;
 *   UndefinedMetricError for less than two rows. What a clusterer throws passes through.
 *
 * @example
 * import { kSelection } from 'clusterlens';
 * const points = [[0], [1], [5], [6], [20], [21]];
 * const labelings = { two: [0, 0, 0, 0, 1, 1], three: [0, 0, 1, 1, 2, 2] };
 * const { rows, best } = kSelection(points, labelings);
 * console.log(rows.map(({ name, silhouette }) => `${name} ${silhouette!.toFixed(3)}`));
 * // [ 'two 0.838', 'three 0.843' ]
 * console.log(best.silhouette, best.daviesBouldin); // 3 3
 */
export function kSelection(
  points: Points | Dataset,
  clusterer: Clusterer,
  options?: KSelectionOptions,
): KSelectionResult;
export function kSelection(
  points: Points | Dataset,
  labelings: Labelings,
  options?: LabelingSelectionOptions,
): KSelectionResult;
export function kSelection(
  points: Points | Dataset,
  labelings: Labelings | Clusterer,
  given?: KSelectionOptions,
  ...more: []
): KSelectionResult {
  nothingMore('kSelection', more, [points, labelings, given]);
  const where = 'kSelection';
  const clusterer = typeof labelings === 'function' ? labelings : undefined;
  const names = ['metric', 'noiseLabel', 'noise', 'sampleSize', 'seed'];
  const options = checkOptions(where, given, clusterer ? ['k', 'references', 'reference', ...names] : names);
  const metric = resolveMetric(where, options.metric);
  const precomputed = metric.kind === 'precomputed';
  const seed = seedOf(where, options.seed);
  const references = numberIn(where, 'references', options.references, { min: 0, max: 10_000, integer: true }, 20);
  const box = oneOf(where, 'reference', options.reference, REFERENCE_BOXES, 'pca');
  // The labels of a dataset are not read: its noise label is compared with those of each labeling.
  const ofDataset = isDataset(points) && points.noiseLabel !== undefined ? { noiseLabel: points.noiseLabel } : {};
  const { label: noiseLabel, treatment } = noiseOf(where, { classes: [], ...ofDataset }, options);
  const rowsGiven = precomputed ? squareOf(where, points) : points;
  const table = isDataset(points) ? { data: points.points, n: points.n, d: points.d } : readPoints(where, rowsGiven);
  const { n, d } = table;
  if (precomputed) exactDistances(where, table.data, n, d);
  // Clusterings that leave noise are measured as all rows are.
  const { spec } = fitMetric(where, metric, table.data, n, d);
  const sampleSize = numberIn(where, 'sampleSize', options.sampleSize, { min: 2, max: n, integer: true }, n);
  const sets = precomputed ? `${where}: the gap needs the points themselves, got distances` : references;
  const candidates =
    clusterer === undefined
      ? givenCandidates(where, n, labelings, noiseLabel)
      : clusteredCandidates(where, table, clusterer, { k: options.k, seed, references: sets, noiseLabel, box });
  const scoring = { where, metric: spec, precomputed, sampleSize, seed, treatment };
  const rows = candidates.map((candidate) => selectionRow(table, candidate, scoring));
  const bestRow = bestOf(rows);
  return {
    rows,
    best: Object.fromEntries(
      Object.entries(bestRow).map(([index, at]) => [index, at === null ? null : rows[at]!.k]),
    ) as Record<SelectionIndex, number | null>,
    bestRow,
    favours: favoursOf(rows, bestRow),
    metric: metric.name,
    references: clusterer === undefined || precomputed || references === 0 ? null : { count: references, box },
    seed,
    n,
    d,
  };
}
