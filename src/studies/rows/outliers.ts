import { definedOr } from '../../core/attempt.js';
import { UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { type Dataset, datasetOf } from '../../data/dataset.js';
import { nothingMore, numberIn, seedOf } from '../../data/options.js';
import { type Part, partOf } from '../../data/row-sample.js';
import { fitMetric, type ResolvedMetric } from '../../distance/metric.js';
import { clusterWeights } from '../../kernels/cluster-order.js';
import { daviesBouldin } from '../../metrics/internal/davies-bouldin.js';
import { summariseWidths } from '../../metrics/internal/silhouette-widths.js';
import { stratifiedSample } from '../../statistics/stratified-sample.js';
import { inZScores } from '../../statistics/z-scores.js';
import { relativeDistances, scaledByMedians } from './far-rows.js';
import { type RowsOptions, type RowsToStudy, readRows } from './read-rows.js';

export interface OutliersOptions extends RowsOptions {
  /** Largest share of rows that are left out, in (0, 0.2]: few rows, not a part of the data. Default 0.01; one row always. */
  readonly share?: number | undefined;
  /** Score about this many rows, each against all. Default: all rows. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw. Default 0. */
  readonly seed?: number | undefined;
}

export interface FarRow<L extends Label = Label> {
  /** Row of the input. */
  readonly row: number;
  readonly label: L;
  /** Distance to the median of its class, in units of the median of that distance in the class. */
  readonly distance: number;
}

/** A score of all rows, and of the rows without the far ones; null where it is undefined, infinite, or no row is far. */
export interface WithAndWithout {
  readonly all: number | null;
  readonly without: number | null;
}

export interface Outliers<L extends Label = Label> {
  /** Mean silhouette without the far rows minus that of all rows; 0 where no row is far. */
  readonly score: number;
  readonly silhouette: WithAndWithout;
  /** Davies-Bouldin, lower is better. */
  readonly daviesBouldin: WithAndWithout;
  /** The far rows, farthest first. */
  readonly rows: readonly FarRow<L>[];
  /** Distance of the farthest row that is not among them, 0 for none. */
  readonly nextDistance: number;
  /** Given when not all rows were scored. */
  readonly sample?: { readonly rows: number; readonly of: number };
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

/** Share of rows that are few. */
export const SHARE = 0.01;
/** Times the median distance: 1% of rows at five times the median move a mean distance by 5%. Gaussian rows never are so far. */
const FAR = 5;

function orNull(compute: () => number): number | null {
  const value = definedOr(compute, () => null);
  return value !== null && Number.isFinite(value) ? value : null;
}

interface Scoring {
  readonly metric: ResolvedMetric;
  readonly standardized: boolean;
}

/** Mean silhouette over the `scored` rows of a part. */
function silhouetteOf(where: string, part: Part, metric: ResolvedMetric, scored: Int32Array): number {
  const rows = Int32Array.from(part.labels.keys());
  const scope = { ...part, rows };
  const means = metric.means(where, scope, { scored: scored.length === part.n ? undefined : scored }).compute();
  return summariseWidths(scope, means, scored, clusterWeights(scope), 'zero').score;
}

function scoresOf(where: string, part: Part, { metric, standardized }: Scoring, scored: Int32Array) {
  const data = standardized ? inZScores(part) : part;
  const usable = part.k >= 2 && part.k < part.n;
  return {
    silhouette: usable
      ? orNull(() => silhouetteOf(where, data, fitMetric(where, metric, data.points, part.n, part.d), scored))
      : null,
    daviesBouldin: usable ? orNull(() => daviesBouldin(datasetOf(data)).score) : null,
  };
}

/** Of rows that tie the one with smaller coordinates is first, wherever it stands. */
function byContent(points: Float64Array, d: number, i: number, j: number): number {
  for (let c = 0; c < d; c++) {
    const gap = points[i * d + c]! - points[j * d + c]!;
    if (gap !== 0) return gap;
  }
  return i - j;
}

/** Farthest rows, at most a share of all and not more than a third of a class, that are far. */
function farRowsOf({ n, d, points, labels, counts }: Part, distances: Float64Array, share: number): number[] {
  const most = Math.max(1, Math.floor(share * n));
  const left = counts.map((count) => Math.floor(count / 3));
  const order = Array.from(distances.keys())
    .filter((i) => distances[i]! >= FAR)
    .sort((i, j) => distances[j]! - distances[i]! || labels[i]! - labels[j]! || byContent(points, d, i, j));
  const chosen: number[] = [];
  for (const i of order) {
    if (chosen.length === most) break;
    if (left[labels[i]!]!-- > 0) chosen.push(i);
  }
  return chosen;
}

export interface OutlierSettings {
  readonly share: number;
  readonly sampleSize: number;
  readonly seed: number;
}

/** The study of rows that have been read, before they are standardised. */
export function outliersOf(
  where: string,
  { part, metric, rowOf, standardized }: RowsToStudy & Pick<Scoring, 'standardized'>,
  { share, sampleSize, seed }: OutlierSettings,
): Outliers {
  const { n, d, k, labels, classes } = part;
  if (metric.kind === 'precomputed') {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: needs coordinates, got distances; a class has no median among them`,
    );
  }
  const distances = relativeDistances(standardized ? { ...part, points: scaledByMedians(part) } : part);
  const far = farRowsOf(part, distances, share);
  const chosen = new Set(far);
  let next = 0;
  for (let i = 0; i < n; i++) if (!chosen.has(i)) next = Math.max(next, distances[i]!);
  const scored = sampleSize < n ? stratifiedSample(part, sampleSize, seed) : Int32Array.from(labels.keys());
  const all = far.length === 0 ? null : scoresOf(where, part, { metric, standardized }, scored);
  const kept = Int32Array.from(labels.keys()).filter((i) => !chosen.has(i));
  const position = new Map(Array.from(kept, (i, p) => [i, p]));
  const without =
    far.length === 0
      ? null
      : scoresOf(
          where,
          partOf(part, kept),
          { metric, standardized },
          scored.filter((i) => !chosen.has(i)).map((i) => position.get(i)!),
        );
  const pair = (name: 'silhouette' | 'daviesBouldin') => ({
    all: all?.[name] ?? null,
    without: without?.[name] ?? null,
  });
  const silhouette = pair('silhouette');
  return {
    score: silhouette.all === null || silhouette.without === null ? 0 : silhouette.without - silhouette.all,
    silhouette,
    daviesBouldin: pair('daviesBouldin'),
    rows: far.map((i) => ({ row: rowOf(i), label: classes[labels[i]!]!, distance: distances[i]! })),
    nextDistance: next,
    ...(scored.length < n ? { sample: { rows: scored.length, of: n } } : {}),
    metric: metric.name,
    n,
    d,
    k,
  };
}

/**
 * Do few far rows move the scores? A row is far when its distance to the median of its class is at least 5 times
 * the median of these distances in the class. The farthest of them, at most `share` of all rows, are left out.
 * Silhouette and Davies-Bouldin are computed with and without them. A heavy tail has far rows too, but they move
 * the scores little: look at `score`, not at the number of rows.
 *
 * With `standardize` the columns are standardised again without the far rows. Classes of one or two rows have no
 * far ones. Cost O(n d log n), and the cost of two silhouettes where a row is far.
 * @throws UndefinedMetricError for precomputed distances; InputError and ShapeError for bad input.
 *
 * @example
 * import { outliers } from 'clusterlens';
 * // Two squares of 25 rows, and one row far away that has the label of the first.
 * const squares = Array.from({ length: 50 }, (_, i) => [(i % 5) + (i < 25 ? 0 : 20), Math.floor((i % 25) / 5)]);
 * const labels = [...squares.map(([x]) => (x! < 10 ? 'left' : 'right')), 'left'];
 * const { silhouette, rows } = outliers([...squares, [0, 4000]], labels);
 * console.log(silhouette.all!.toFixed(2), silhouette.without!.toFixed(2)); // 0.05 0.87
 * console.log(rows.map(({ row, label }) => `${row} ${label}`)); // [ '50 left' ]
 */
export function outliers<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: OutliersOptions,
): Outliers<ReadLabel<L>>;
export function outliers<L extends Label>(dataset: Dataset<L>, options?: OutliersOptions): Outliers<L>;
export function outliers(
  first: Points | Dataset,
  second?: Labels | OutliersOptions,
  third?: OutliersOptions,
  ...more: []
): Outliers {
  const where = 'outliers';
  nothingMore(where, more, [first, second, third]);
  const { asGiven, options } = readRows(where, [first, second, third], ['share', 'sampleSize', 'seed']);
  const { n } = asGiven.part;
  return outliersOf(where, asGiven, {
    share: numberIn(where, 'share', options.share, { min: 1e-6, max: 0.2 }, SHARE),
    sampleSize: numberIn(where, 'sampleSize', options.sampleSize, { min: 2, integer: true }, Math.max(2, n)),
    seed: seedOf(where, options.seed),
  });
}
