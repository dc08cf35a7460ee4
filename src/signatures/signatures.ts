import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import { admit, type Dataset } from '../data/dataset.js';
import { booleanOf, nothingMore } from '../data/options.js';
import { resolveMetric } from '../distance/metric.js';
import { centredFrame } from '../kernels/frame.js';
import { zScores } from '../statistics/z-scores.js';
import { classCenters, classScatter } from './class-centers.js';
import { type Center, centerOf } from './options.js';

export interface SignaturesOptions {
  /** What stands for a class. Default 'mean'. */
  readonly center?: Center | undefined;
  /** Give columns mean 0 and population standard deviation 1 over all rows: vectors and spreads are then in deviations. Default false. */
  readonly standardize?: boolean | undefined;
}

export interface Signature<L extends Label = Label> {
  readonly label: L;
  /** Rows of the class. A spread from few rows says little; from one row it is 0. */
  readonly size: number;
  /** The centre, d values in the units of the input (of z-scores where standardised). */
  readonly vector: Float64Array;
  /** Root mean square Euclidean distance of the class's rows from the centre, >= 0; 0 for one row. */
  readonly spread: number;
}

export interface SignaturesResult<L extends Label = Label> {
  /** In label order. */
  readonly classes: readonly Signature<L>[];
  readonly center: Center;
  readonly standardize: boolean;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

/**
 * The signature of each class: its centre and how far its rows lie from it. Lower spread is tighter.
 * The mean has the least spread of all centres; median and medoid bear outliers better.
 *
 * A column that is constant is 0 in every z-score. Spread does not change under translation and goes
 * with the scale of the input.
 *
 * Cost O(n d); median O(n d log n), medoid O(sum of m^2 d) over classes of m rows.
 *
 * @param points n x d.
 * @param labels n labels of any type (a noise label counts as a class).
 * @throws InputError and ShapeError for bad input.
 *
 * @example
 * import { signatures } from 'clusterlens';
 * const { classes } = signatures([[0, 0], [0, 2], [3, 0], [3, 2]], ['a', 'a', 'b', 'b']);
 * console.log(classes[1]!.vector, classes[1]!.spread); // Float64Array(2) [ 3, 1 ] 1
 */
export function signatures<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: SignaturesOptions,
): SignaturesResult<ReadLabel<L>>;
export function signatures<L extends Label>(dataset: Dataset<L>, options?: SignaturesOptions): SignaturesResult<L>;
export function signatures(
  first: Points | Dataset,
  second?: Labels | SignaturesOptions,
  third?: SignaturesOptions,
  ...more: []
): SignaturesResult {
  nothingMore('signatures', more, [first, second, third]);
  const where = 'signatures';
  const { data, options } = admit(where, first, second, third, ['center', 'standardize']);
  const center = centerOf(where, options.center);
  const standardize = booleanOf(where, 'standardize', options.standardize, false);
  const metric = resolveMetric(where, undefined);
  const { n, d, k, labels, classes, counts } = data;
  const rows = standardize ? zScores(data.points, n, d) : data.points;
  const vectors = classCenters(where, center, rows, d, labels, k, metric);
  // Squares are summed in the centred frame, the vectors stay in the units of the input.
  const frame = centredFrame(rows, n, d);
  const centers = classCenters(where, center, frame.rows, d, labels, k, metric);
  const scatter = classScatter(where, centers, frame.rows, d, labels, k, metric);
  return {
    classes: classes.map((label, c) => ({
      label,
      size: counts[c]!,
      vector: vectors.slice(c * d, (c + 1) * d),
      spread: Math.sqrt(scatter[c]! / counts[c]!) * frame.unit,
    })),
    center,
    standardize,
    n,
    d,
    k,
  };
}
