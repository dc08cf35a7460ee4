import type { Labels, Points } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { type GroupsOptions, readGroupsInput } from './hidden-groups.js';
import { otherGroupsOf } from './other-groups-of.js';
import type { OtherGroups } from './other-types.js';

/**
 * Do the points have groups that the labels miss? The study looks for groups without the labels, in two ways, each
 * at half of `alpha`, and takes the way that finds more:
 * - k-means with 2 to 12 clusters: the clustering with the most groups in which every pair of neighbours has a gap;
 * - splits in two, again and again, as in `hiddenGroups`.
 * A gap is tested on rows that did not draw the line along which they are judged (Hartigan's dip). Near neighbours
 * must also cross the borders less than half as often as they cross cuts inside the groups.
 *
 * Adjusted mutual information (Vinh, Epps and Bailey 2010) then compares the groups with the labels. `explained` is
 * its share of what the coarser of the two can tell. It is 1 for labels that are the groups, refine them (see
 * `labelHierarchy`) or merge them (see `hiddenGroups`), and 0 for random labels. `missed` is true at 0.25 or less:
 * the labels are random although the rows have groups, or a batch runs across the labels. One label for all rows,
 * or one label for each row, misses nothing.
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
