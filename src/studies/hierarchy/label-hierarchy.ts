import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { readNoiseLabel } from '../../data/named-label.js';
import { booleanOf, nothingMore, numberIn, oneOf, seedOf } from '../../data/options.js';
import { hierarchyOf } from './hierarchy-of.js';
import type { LabelHierarchy } from './hierarchy-types.js';

export interface LabelHierarchyOptions {
  /** Parts that are held out in turn, 2 to 50. Default 5. */
  readonly folds?: number | undefined;
  /** Numbers of groups to try, 2 to k. Default 2 to 12, and k: the labels as they are. */
  readonly groups?: ArrayLike<number> | undefined;
  /** 'sqeuclidean' and 'cosine' compare held-out rows by that distance; the tree is Ward's. Default 'euclidean'. */
  readonly metric?: 'euclidean' | 'sqeuclidean' | 'cosine' | 'correlation' | undefined;
  /** Divide columns by their standard deviation first. Default false. */
  readonly standardize?: boolean | undefined;
  /** Fewest rows of a class that takes part, >= 2. Default 2 * folds. */
  readonly minClassSize?: number | undefined;
  /** Permutations of the labels, 1 to 10,000. Default 200. */
  readonly permutations?: number | undefined;
  /** Level at which a number of groups is recommended, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows used at most, drawn by class. Default 2000. */
  readonly sampleSize?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  readonly noiseLabel?: Label | undefined;
}

const OPTIONS = [
  'folds',
  'groups',
  'metric',
  'standardize',
  'minClassSize',
  'permutations',
  'alpha',
  'sampleSize',
  'seed',
  'noiseLabel',
];
/**
 * Which merges of labels do the data support? Ward's tree of the class means is built on training folds and cut
 * into g groups. The rows of the held-out fold then say two things about these groups: how well they separate
 * (silhouette), and how well they can be told apart (balanced accuracy of the nearest centroid, after whitening
 * with a shrunken covariance). Both are compared with their values under permuted labels, for which the tree is
 * built again. The support of g is the mean of the two chance-adjusted scores. Its p is corrected for the choice
 * among all g. The rows that are scored did not build the groups, so memorising does not count.
 *
 * Cost O(permutations (n k d + folds k^2 d)), memory O(n d + sampleSize^2 / folds).
 *
 * @returns the tree over all rows, the scores per g, and the best supported g (`best`, null when none
 *   is significant at `alpha`).
 * @throws UndefinedMetricError unless at least two classes have `minClassSize` rows; InputError and
 *   ShapeError for bad input.
 *
 * @example
 * import { labelHierarchy } from 'clusterlens';
 * // Four labels around two places.
 * const labels = Array.from({ length: 80 }, (_, i) => 'abcd'[i % 4]!);
 * const points = labels.map((label, i) => [label < 'c' ? 0 : 8, Math.sin(9 * i)]);
 * const { best } = labelHierarchy(points, labels, { permutations: 99 });
 * console.log(best!.groups, best!.members, best!.p); // 2 [ [ 'a', 'b' ], [ 'c', 'd' ] ] 0.01
 */
export function labelHierarchy<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: LabelHierarchyOptions,
): LabelHierarchy<ReadLabel<L>>;
export function labelHierarchy<L extends Label>(
  dataset: Dataset<L>,
  options?: LabelHierarchyOptions,
): LabelHierarchy<L>;
export function labelHierarchy(
  first: Points | Dataset,
  second?: Labels | LabelHierarchyOptions,
  third?: LabelHierarchyOptions,
  ...more: []
): LabelHierarchy {
  nothingMore('labelHierarchy', more, [first, second, third]);
  const where = 'labelHierarchy';
  const { data, options } = admit(where, first, second, third, OPTIONS);
  const metrics = ['euclidean', 'sqeuclidean', 'cosine', 'correlation'] as const;
  const metric = oneOf(where, 'metric', options.metric, metrics, 'euclidean');
  const folds = numberIn(where, 'folds', options.folds, { min: 2, max: 50, integer: true }, 5);
  const smallest = { min: 2, integer: true };
  const minClassSize = numberIn(where, 'minClassSize', options.minClassSize, smallest, 2 * folds);
  const permutations = numberIn(
    where,
    'permutations',
    options.permutations,
    { min: 1, max: 10_000, integer: true },
    200,
  );
  const alpha = numberIn(where, 'alpha', options.alpha, { min: 1e-6, max: 0.5 }, 0.05);
  const sampleSize = numberIn(where, 'sampleSize', options.sampleSize, { min: 20, integer: true }, 2000);
  const seed = seedOf(where, options.seed);
  const noiseLabel = readNoiseLabel(where, options.noiseLabel, data);
  return hierarchyOf(where, data, {
    folds,
    groups: options.groups,
    metric,
    standardized: booleanOf(where, 'standardize', options.standardize, false),
    minClassSize,
    permutations,
    alpha,
    sampleSize,
    seed,
    noiseLabel,
  });
}
