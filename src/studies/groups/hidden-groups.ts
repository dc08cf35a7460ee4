import { UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { readNoiseLabel } from '../../data/named-label.js';
import { booleanOf, nothingMore, numberIn, oneOf, seedOf } from '../../data/options.js';
import { inZScores } from '../../statistics/z-scores.js';
import { GROUP_METRICS } from './group-frame.js';
import { hiddenGroupsOf, withoutLabel } from './hidden-groups-of.js';
import type { HiddenGroups } from './hidden-types.js';

export interface GroupsOptions {
  /** Under 'cosine' and 'correlation' rows are scaled to length 1. Default 'euclidean'. */
  readonly metric?: 'euclidean' | 'sqeuclidean' | 'cosine' | 'correlation' | undefined;
  /** Divide columns by their standard deviation first. Default false. */
  readonly standardize?: boolean | undefined;
  /** Level of the tests, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows that are looked at, at most, drawn by class, >= 50; fewer in more than 100 columns. Default 2000. */
  readonly sampleSize?: number | undefined;
  /** Seed, an integer >= 0. Default 0. */
  readonly seed?: number | undefined;
  /** Rows with this label are left out. */
  readonly noiseLabel?: Label | undefined;
}

const OPTIONS = ['metric', 'standardize', 'alpha', 'sampleSize', 'seed', 'noiseLabel'];

/** The door of the two searches for groups. */
export function readGroupsInput(where: string, first: unknown, second: unknown, third: unknown) {
  const { data, options } = admit(where, first, second, third, OPTIONS);
  const settings = {
    metric: oneOf(where, 'metric', options.metric, GROUP_METRICS, 'euclidean'),
    alpha: numberIn(where, 'alpha', options.alpha, { min: 1e-6, max: 0.5 }, 0.05),
    sampleSize: numberIn(where, 'sampleSize', options.sampleSize, { min: 50, integer: true }, 2000),
    seed: seedOf(where, options.seed),
  };
  const standardize = booleanOf(where, 'standardize', options.standardize, false);
  const noiseLabel = readNoiseLabel(where, options.noiseLabel, data);
  const { part, kept } = withoutLabel(data, noiseLabel);
  if (part.n === 0) {
    throw new UndefinedMetricError(
      'too-few-clusters',
      `${where}: needs rows with another label than the noise label, got none`,
    );
  }
  const scaled = standardize ? inZScores(part) : part;
  return { data, part: scaled, kept, settings };
}

/**
 * Does one label cover several groups? A class of at least 16 rows is split in two as long as there is a gap
 * between the two sides; then each side is split. Half of the rows of the class make the split, and the other half
 * judge it.
 * - The class may fall into two along several lines: between the centres of 2-means, between these centres after
 *   the rows inside the sides, or all rows, were made round, and between the two largest parts of a linkage.
 *   Hartigan's dip tests "one mode along the line" at `alpha`, corrected for the lines and the classes.
 * - A class can be bent: a ring has two modes along a line and no gap. So near neighbours must also cross the
 *   border less than half as often as they cross a cut of the sides by 2-means.
 * - In classes of 200 rows or more a linkage alone is enough, if both halves find the same two parts and neighbours
 *   cross the border as rarely. Groups that are no balls may have no line between them.
 * A side of fewer than 8 rows or 5% of a class is no group. A class that is one cloud is not split, be it Gaussian,
 * skewed, even or heavy-tailed (rates: docs/groups.md; bounds: docs/borders.md). Groups inside a class are no error
 * of the labels by themselves: handwritten digits have styles. `deep` names the classes whose sides are as far
 * apart as classes are from each other.
 *
 * Cost O(m^2 d) for classes of m rows. @throws InputError and ShapeError for bad input; UndefinedMetricError when all rows are noise.
 *
 * @example
 * import { hiddenGroups } from 'clusterlens';
 * import { Rng } from 'clusterlens/nn';
 * const rng = new Rng(1);
 * const points = Array.from({ length: 180 }, (_, i) => [8 * (i % 3) + rng.normal(), rng.normal()]);
 * const labels = points.map((_, i) => (i % 3 === 0 ? 'a' : 'b'));
 * const { found, classes } = hiddenGroups(points, labels);
 * console.log(found, classes[1]!.sizes); // [ 'b' ] [ 60, 60 ]
 */
export function hiddenGroups<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: GroupsOptions,
): HiddenGroups<ReadLabel<L>>;
export function hiddenGroups<L extends Label>(dataset: Dataset<L>, options?: GroupsOptions): HiddenGroups<L>;
export function hiddenGroups(
  first: Points | Dataset,
  second?: Labels | GroupsOptions,
  third?: GroupsOptions,
  ...more: []
): HiddenGroups {
  nothingMore('hiddenGroups', more, [first, second, third]);
  const { data, part, kept, settings } = readGroupsInput('hiddenGroups', first, second, third);
  const found = hiddenGroupsOf(part, settings);
  const subLabels: (Label | string)[] = Array.from(data.labels, (c) => data.classes[c]!);
  kept.forEach((i, p) => {
    subLabels[i] = found.subLabels[p]!;
  });
  return { ...found, subLabels };
}
