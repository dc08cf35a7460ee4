import { UndefinedMetricError } from '../core/errors.js';
import { Rng } from '../core/rng.js';
import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import { admit, type Dataset } from '../data/dataset.js';
import { booleanOf, nothingMore, numberIn, requireNumber, seedOf } from '../data/options.js';
import { fitMetric, type Metric, requireDomain } from '../distance/metric.js';
import { centredFrame } from '../kernels/frame.js';
import { rowOrder } from '../statistics/row-order.js';
import { zScores } from '../statistics/z-scores.js';
import { type Compared, centerDistances } from './center-distances.js';
import { classCenters, classScatter } from './class-centers.js';
import { type Center, centerOf, metricOf } from './options.js';
import { pairSummary } from './pair-summary.js';
import { type SignatureSeparation, separationOf } from './separation.js';
import { type SignatureNull, signatureNull } from './signature-null.js';

export interface SignatureDistancesOptions {
  /** Compare this many of the largest classes, an integer >= 2; of classes of one size the first in label order. Default: all. */
  readonly top?: number | undefined;
  /** Distance between centres, by name or as a function; not 'precomputed'. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Give columns mean 0 and population standard deviation 1. Default false. Mean and deviation come from **all** rows given, not only the compared classes. */
  readonly standardize?: boolean | undefined;
  /** What stands for a class. Default 'mean'. */
  readonly center?: Center | undefined;
  /** Permutations of the labels, an integer from 0 (no null) to 100,000. Default 200. */
  readonly permutations?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

export interface SignaturePair<L extends Label = Label> {
  readonly a: L;
  readonly b: L;
  readonly distance: number;
}

export interface SignatureDistancesResult<L extends Label = Label> {
  /** The compared classes, largest first; those of one size in label order. */
  readonly labels: readonly L[];
  readonly sizes: readonly number[];
  /** Distances between centres, k x k, symmetric, zero diagonal. */
  readonly matrix: ReadonlyArray<readonly number[]>;
  /** Mean over the k (k - 1) / 2 pairs. */
  readonly mean: number;
  /** **Population** standard deviation over the pairs. */
  readonly std: number;
  /** The closest and the farthest pair of classes; of pairs that tie (to 1e-12) the first in label order. */
  readonly closest: SignaturePair<L>;
  readonly farthest: SignaturePair<L>;
  /** null when `permutations` is 0. */
  readonly null: SignatureNull | null;
  readonly separation: SignatureSeparation;
  readonly metric: string;
  readonly center: Center;
  readonly standardize: boolean;
  readonly seed: number;
  /** Compared rows, columns, compared classes. */
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

const OPTIONS = ['top', 'metric', 'standardize', 'center', 'permutations', 'seed'];

/**
 * Do the classes differ, and by how much? The distances between the centres of classes stand beside two
 * others: what they are under permuted labels of the compared rows, and the spread inside the classes.
 * The means of small classes lie apart by chance alone, so a distance says nothing without its null.
 * Centres may differ beyond doubt (small p) while the spread swamps the difference (separation below 1).
 *
 * Distances are >= 0, larger is more distinct, in the units of the input, or without unit when
 * standardised. With `standardize` a constant column is 0 everywhere. What a metric takes from the points as a
 * whole, as 'mahalanobis' does, comes from **all** rows given.
 *
 * Cost O(permutations (n d + k^2 d)); with medians or medoids the cost of those each time. Source of the
 * test: Phipson and Smyth 2010, doi:10.2202/1544-6115.1585 (p never 0).
 *
 * @param points n x d.
 * @param labels n labels of any type (a noise label counts as a class).
 * @throws UndefinedMetricError for fewer than 2 classes; InputError and ShapeError for bad input.
 *
 * @example
 * import { signatureDistances } from 'clusterlens';
 * const points = [[0, 0], [0, 2], [3, 0], [3, 2]];
 * const { matrix, closest, separation } = signatureDistances(points, ['a', 'a', 'b', 'b'], { permutations: 0 });
 * console.log(matrix); // [ [ 0, 3 ], [ 3, 0 ] ]
 * console.log(closest, separation.overall!.toFixed(2)); // { a: 'a', b: 'b', distance: 3 } 2.12
 */
export function signatureDistances<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: SignatureDistancesOptions,
): SignatureDistancesResult<ReadLabel<L>>;
export function signatureDistances<L extends Label>(
  dataset: Dataset<L>,
  options?: SignatureDistancesOptions,
): SignatureDistancesResult<L>;
export function signatureDistances(
  first: Points | Dataset,
  second?: Labels | SignatureDistancesOptions,
  third?: SignatureDistancesOptions,
  ...more: []
): SignatureDistancesResult {
  nothingMore('signatureDistances', more, [first, second, third]);
  const where = 'signatureDistances';
  const { data, options } = admit(where, first, second, third, OPTIONS);
  const center = centerOf(where, options.center);
  const standardize = booleanOf(where, 'standardize', options.standardize, false);
  const chosen = metricOf(where, options.metric);
  const permutations = numberIn(where, 'permutations', options.permutations, { min: 0, max: 1e5, integer: true }, 200);
  const seed = seedOf(where, options.seed);
  const top = options.top === undefined ? data.k : requireNumber(where, 'top', options.top, { min: 2, integer: true });
  if (data.k < 2) {
    throw new UndefinedMetricError(
      'too-few-clusters',
      `${where}: needs at least 2 classes to compare, got k = 1 (n = ${data.n})`,
    );
  }
  const { d, counts, classes } = data;
  const codes = Int32Array.from(counts.keys())
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, top);
  const k = codes.length;
  const position = new Int32Array(data.k).fill(-1);
  codes.forEach((c, p) => {
    position[c] = p;
  });

  const all = standardize ? zScores(data.points, data.n, d) : data.points;
  const metric = fitMetric(where, chosen, all, data.n, d);
  requireDomain(standardize ? `${where} (standardised columns)` : where, metric, all, d);
  const members = rowOrder(data).filter((i) => position[data.labels[i]!]! >= 0);
  const gathered = new Float64Array(members.length * d);
  members.forEach((i, p) => {
    gathered.set(all.subarray(i * d, (i + 1) * d), p * d);
  });
  const n = members.length;
  // Metrics of differences do not mind where the origin is; for the others it must stay.
  const frame = metric.kind === 'coordinates' ? centredFrame(gathered, n, d) : { rows: gathered, unit: 1 };
  const unit = metric.kind === 'coordinates' && metric.squared ? frame.unit * frame.unit : frame.unit;
  const labels = members.map((i) => position[data.labels[i]!]!);
  const compared: Compared = { rows: frame.rows, d, labels, k, metric, center };

  const centers = classCenters(where, center, frame.rows, d, labels, k, metric);
  const matrix = centerDistances(where, centers, compared);
  const scatter = classScatter(where, centers, frame.rows, d, labels, k, metric);
  const summary = pairSummary(matrix, k);
  const names = Array.from(codes, (c) => classes[c]!);
  const sizes = Array.from(codes, (c) => counts[c]!);
  const pairOf = ([i, j]: readonly [number, number]): SignaturePair => ({
    a: names[i]!,
    b: names[j]!,
    distance: matrix[i * k + j]! * unit,
  });
  return {
    labels: names,
    sizes,
    matrix: names.map((_, i) => Array.from(matrix.subarray(i * k, (i + 1) * k), (v) => v * unit)),
    mean: summary.mean * unit,
    std: summary.std * unit,
    closest: pairOf(summary.closest),
    farthest: pairOf(summary.farthest),
    null: signatureNull(where, compared, summary.mean, unit, permutations, new Rng(seed)),
    separation: separationOf(matrix, summary.mean, scatter, sizes, unit),
    metric: metric.name,
    center,
    standardize,
    seed,
    n,
    d,
    k,
  };
}
