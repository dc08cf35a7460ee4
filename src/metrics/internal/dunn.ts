import { UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { rowNameOf } from '../../data/row-name.js';
import { eachRowOnward } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { type NoiseOptions, type NoiseReport, requireClusters, scopeOf } from './scope.js';

export interface DunnOptions extends NoiseOptions {
  readonly noise?: 'exclude' | 'singletons' | undefined;
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
}

export interface DunnResult<L extends Label = Label> {
  /** Separation over diameter, in [0, Infinity]; higher is better. */
  readonly score: number;
  /** Smallest distance between two rows of different clusters. */
  readonly separation: number;
  /** Largest distance between two rows of one cluster. */
  readonly diameter: number;
  /**
   * The two rows at the separation, and the two at the diameter. Of several such pairs it is one, and which
   * one depends on the order of rows.
   */
  readonly closestRows: readonly [number, number];
  readonly farthestRows: readonly [number, number];
  readonly clusters: ReadonlyArray<{ readonly label: L; readonly size: number; readonly diameter: number }>;
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly noise?: NoiseReport;
}

/**
 * Dunn index (Dunn 1974, doi:10.1080/01969727408546059): smallest distance between rows of two
 * clusters over the largest distance within one. Range [0, Infinity], higher is better; one outlier
 * decides it, so read it beside an average index. Zero diameter everywhere gives Infinity. Pairs of rows that
 * tie do not change the score; which of them is named depends on the order of rows.
 *
 * Cost O(n^2 d / 2) time, O(n) memory.
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1, or when separation and diameter are both 0.
 *
 * @example
 * import { dunn } from 'clusterlens';
 * const { score, separation, diameter, closestRows } = dunn([[0], [1], [5], [6]], ['a', 'a', 'b', 'b']);
 * console.log(score, separation, diameter, closestRows); // 4 4 1 [ 1, 2 ]
 */
export function dunn<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: DunnOptions,
): DunnResult<ReadLabel<L>>;
export function dunn<L extends Label>(dataset: Dataset<L>, options?: DunnOptions): DunnResult<L>;
export function dunn(
  first: Points | Dataset,
  second?: Labels | DunnOptions,
  third?: DunnOptions,
  ...more: []
): DunnResult {
  nothingMore('dunn', more, [first, second, third]);
  const where = 'dunn';
  const { data, options } = admit(where, first, second, third, ['metric', 'noise', 'noiseLabel']);
  const metric = resolveMetric(where, options.metric);
  const scope = scopeOf(where, data, options, metric.kind === 'precomputed');
  requireClusters(where, scope);
  const { n, d, k, labels, classes, counts, noise, rows } = scope;
  const source = metric.source(where, { points: scope.points, n, d }, { rowName: rowNameOf(scope) });
  const diameters = new Float64Array(k);
  let separation = Infinity;
  let diameter = -1;
  let closest: readonly [number, number] = [0, 0];
  let farthest: readonly [number, number] = [0, 0];
  eachRowOnward(source, (i, onward) => {
    const cluster = labels[i]!;
    for (let j = i + 1; j < n; j++) {
      const distance = onward[j - i - 1]!;
      if (labels[j] !== cluster) {
        if (distance < separation) {
          separation = distance;
          closest = [rows[i]!, rows[j]!];
        }
        continue;
      }
      if (distance > diameters[cluster]!) diameters[cluster] = distance;
      if (distance > diameter) {
        diameter = distance;
        farthest = [rows[i]!, rows[j]!];
      }
    }
  });
  if (separation === 0 && diameter === 0) {
    throw new UndefinedMetricError('undefined-metric', [
      `${where}: clusters must have a diameter or a distance, got 0 for both: `,
      { row: closest[0]! },
      ' and ',
      { row: closest[1]! },
      ' coincide',
    ]);
  }
  return {
    score: separation / diameter,
    separation: separation * source.unit,
    diameter: diameter * source.unit,
    closestRows: closest,
    farthestRows: farthest,
    clusters: classes.map((label, c) => ({ label, size: counts[c]!, diameter: diameters[c]! * source.unit })),
    metric: metric.name,
    n,
    d,
    k,
    ...(noise === undefined ? {} : { noise }),
  };
}
