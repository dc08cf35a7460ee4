import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import { admit, type Dataset } from '../data/dataset.js';
import { readNoiseLabel } from '../data/named-label.js';
import { booleanOf, nothingMore, numberIn } from '../data/options.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { gatherRows } from '../kernels/cluster-order.js';
import { zScores } from '../statistics/z-scores.js';
import { confusabilityOf, usedRows } from './confusability-of.js';
import type { Confusability } from './confusability-types.js';
import { metricOf } from './options.js';

export interface ConfusabilityOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide columns by their standard deviation over the rows used. Default false. */
  readonly standardize?: boolean | undefined;
  /** Neighbours that are counted for each row, 1 to n - 1. Default 1. */
  readonly neighbors?: number | undefined;
  /** Level of false discoveries among the pairs of classes, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows with this label are left out. */
  readonly noiseLabel?: Label | undefined;
}

/** The columns of the rows used as z-scores, in their places. */
function scaledRows({ points, n, d }: Dataset, used: Int32Array): Float64Array {
  const out = new Float64Array(n * d);
  const scores = zScores(gatherRows(points, d, used), used.length, d);
  used.forEach((i, position) => {
    out.set(scores.subarray(position * d, (position + 1) * d), i * d);
  });
  return out;
}

/**
 * Who is confused with whom? The nearest neighbours of every row are counted by class. A confusion is a pair of
 * neighbouring rows of two classes. Two classes stand out, and are a candidate for a merge, when they have more
 * confusions than the confusions of each of them and the class sizes lead to expect; see `MergeCandidate`. If there
 * are only two classes, their pair cannot stand out.
 *
 * p is one-sided and binomial over the confusions of the two classes. A pair of classes that never meets but could
 * stand out counts as a test too. Confusions that share a row are not independent: read p as a guide when
 * `neighbors` is well above 1.
 *
 * Ties: rows at exactly the distance of the last neighbour share the places that are left, as in a fair draw. Two
 * rows are neighbours with the probability that one draws the other. So the order of rows does not matter. Counts
 * are then not whole; p is that of the count rounded down.
 *
 * Cost O(n^2 d) time and O(n) memory: only pairs that occur are kept.
 *
 * @throws UndefinedMetricError with fewer than two classes or two rows; InputError and ShapeError for
 *   bad input.
 *
 * @example
 * import { confusability } from 'clusterlens';
 * const points = [[0], [1], [2.5], [3], [3.6], [10], [11]];
 * const { classes, mostConfused } = confusability(points, ['a', 'a', 'a', 'b', 'b', 'c', 'c']);
 * console.log(classes.map(({ label, own }) => `${label} ${own.toFixed(2)}`)); // [ 'a 0.67', 'b 0.50', 'c 1.00' ]
 * console.log(mostConfused!.labels, mostConfused!.count); // [ 'a', 'b' ] 1
 */
export function confusability<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: ConfusabilityOptions,
): Confusability<ReadLabel<L>>;
export function confusability<L extends Label>(dataset: Dataset<L>, options?: ConfusabilityOptions): Confusability<L>;
export function confusability(
  first: Points | Dataset,
  second?: Labels | ConfusabilityOptions,
  third?: ConfusabilityOptions,
  ...more: []
): Confusability {
  nothingMore('confusability', more, [first, second, third]);
  const where = 'confusability';
  const { data, options } = admit(where, first, second, third, [
    'metric',
    'standardize',
    'neighbors',
    'alpha',
    'noiseLabel',
  ]);
  const metric = resolveMetric(where, options.metric);
  const alpha = numberIn(where, 'alpha', options.alpha, { min: 1e-6, max: 0.5 }, 0.05);
  const noiseLabel = readNoiseLabel(where, options.noiseLabel, data);
  const noise = noiseLabel === undefined ? -1 : data.classes.indexOf(noiseLabel);
  const n = usedRows(where, data, noise).length;
  const neighbors = numberIn(where, 'neighbors', options.neighbors, { min: 1, max: n - 1, integer: true }, 1);
  const scaled = booleanOf(where, 'standardize', options.standardize, false);
  if (scaled) metricOf(where, options.metric);
  const points = scaled ? scaledRows(data, usedRows(where, data, noise)) : data.points;
  const source = metric.source(where, { points, n: data.n, d: data.d });
  return confusabilityOf(where, data, source, { alpha, neighbors, noise });
}
