import type { Labels, Points } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { type GroupsOptions, readGroupsInput } from './hidden-groups.js';
import { otherGroupsOf } from './other-groups-of.js';
import type { OtherGroups } from './other-types.js';

/**
 * Do the points have groups that the labels miss? Groups are looked for without the labels, in two ways, each at half of
 * `alpha`: the k-means clustering with the most groups, of 2 to 12, of which every pair of neighbours has a gap between
 * them; and splits in two, again and again, as in `hiddenGroups`. The way that finds more groups is taken. A gap is
 * tested on rows that did not make the line along which they are judged (Hartigan's dip), and near neighbours must
 * lie across the borders less than half as often as across cuts of the groups.
 *
 * The groups are then compared with the labels by adjusted mutual information (Vinh, Epps and Bailey 2010), as a share of
 * what the coarser of the two can tell: labels that are the groups, refine them (see `labelHierarchy`) or merge them (see
 * `hiddenGroups`) have 1, labels at random 0. `missed` is true at 0.25 or less: labels dealt at random to rows that do
 * have groups, or a batch that runs across the labels. One label for all rows, or one for each, misses nothing.
 *
 * Cost O(m^2 d) for at most `sampleSize` and 500 rows m (200 in more than 500 columns). @throws InputError and ShapeError for bad input;
 * UndefinedMetricError when all rows are noise.
 *
 * @example
 * import { otherGroups } from 'clusterlens';
 * import { Rng } from 'clusterlens/nn';
 * const rng = new Rng(1);
 * const points = Array.from({ length: 150 }, (_, i) => [9 * (i % 3) + rng.normal(), rng.normal()]);
 * const labels = points.map(() => rng.integer(2));
 * const { groups, missed, sizes } = otherGroups(points, labels);
 * console.log(groups, missed, sizes); // 3 true [ 50, 50, 50 ]
 */
export function otherGroups(points: Points, labels: Labels, options?: GroupsOptions): OtherGroups;
export function otherGroups(dataset: Dataset, options?: GroupsOptions): OtherGroups;
export function otherGroups(
  first: Points | Dataset,
  second?: Labels | GroupsOptions,
  third?: GroupsOptions,
  ...more: []
): OtherGroups {
  nothingMore('otherGroups', more, [first, second, third]);
  const { data, part, kept, settings } = readGroupsInput('otherGroups', first, second, third);
  const found = otherGroupsOf(part, settings);
  const groupOf = new Array<number>(data.n).fill(0);
  kept.forEach((i, p) => {
    groupOf[i] = found.groupOf[p]!;
  });
  return { ...found, groupOf };
}
