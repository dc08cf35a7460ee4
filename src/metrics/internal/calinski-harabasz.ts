import { UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { centroidsOf, scatterOf } from './centroids.js';
import { type NoiseOptions, type NoiseReport, requireClusters, scopeOf } from './scope.js';

export interface CalinskiHarabaszOptions extends NoiseOptions {
  readonly noise?: 'exclude' | 'singletons' | undefined;
}

export interface CalinskiHarabaszResult<L extends Label = Label> {
  /** Variance ratio, in [0, Infinity]; higher is better. */
  readonly score: number;
  /** Sum over clusters of size times squared distance of the centroid to the mean of all rows. */
  readonly between: number;
  /** Sum of squared distances of rows to their centroid. */
  readonly within: number;
  readonly clusters: ReadonlyArray<{ readonly label: L; readonly size: number; readonly within: number }>;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly noise?: NoiseReport;
}

/**
 * Calinski-Harabasz index, the variance ratio criterion (Calinski and Harabasz 1974,
 * doi:10.1080/03610927408827101): (between / (k - 1)) / (within / (n - k)), Euclidean. Range
 * [0, Infinity], higher is better. No scatter within clusters gives Infinity (scikit-learn: 1).
 *
 * Cost O(n d).
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1, or when all rows are equal (0 / 0);
 *   InputError and ShapeError for bad input.
 *
 * @example
 * import { calinskiHarabasz } from 'clusterlens';
 * const { score, between, within } = calinskiHarabasz([[0], [1], [5], [6]], ['a', 'a', 'b', 'b']);
 * console.log(score, between, within); // 50 25 1
 */
export function calinskiHarabasz<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: CalinskiHarabaszOptions,
): CalinskiHarabaszResult<ReadLabel<L>>;
export function calinskiHarabasz<L extends Label>(
  dataset: Dataset<L>,
  options?: CalinskiHarabaszOptions,
): CalinskiHarabaszResult<L>;
export function calinskiHarabasz(
  first: Points | Dataset,
  second?: Labels | CalinskiHarabaszOptions,
  third?: CalinskiHarabaszOptions,
  ...more: []
): CalinskiHarabaszResult {
  nothingMore('calinskiHarabasz', more, [first, second, third]);
  const where = 'calinskiHarabasz';
  const { data, options } = admit(where, first, second, third, ['noise', 'noiseLabel']);
  const scope = scopeOf(where, data, options, false);
  requireClusters(where, scope);
  const { n, d, k, classes, counts, noise } = scope;
  const centroids = centroidsOf(scope);
  const { means, sizes, framing } = centroids;
  const scatter = scatterOf(scope, centroids);
  const grand = new Float64Array(d);
  for (let i = 0; i < k; i++) for (let c = 0; c < d; c++) grand[c]! += (sizes[i]! * means[i * d + c]!) / n;
  let between = 0;
  let within = 0;
  for (let i = 0; i < k; i++) {
    let square = 0;
    for (let c = 0; c < d; c++) square += (means[i * d + c]! - grand[c]!) ** 2;
    between += sizes[i]! * square;
    within += scatter[i]!;
  }
  if (within === 0 && between === 0) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: rows must differ somewhere, got ${n} equal rows: scatter is 0 between and within clusters`,
    );
  }
  const area = framing.unit * framing.unit;
  return {
    score: between / (k - 1) / (within / (n - k)),
    between: between * area,
    within: within * area,
    clusters: classes.map((label, i) => ({ label, size: counts[i]!, within: scatter[i]! * area })),
    n,
    d,
    k,
    ...(noise === undefined ? {} : { noise }),
  };
}
