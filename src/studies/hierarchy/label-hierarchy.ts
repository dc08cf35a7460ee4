import { InputError, UndefinedMetricError } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { readNoiseLabel } from '../../data/named-label.js';
import { booleanOf, nothingMore, numberIn, numbersIn, oneOf, seedOf } from '../../data/options.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame, unitRows } from '../../kernels/frame.js';
import { meanOf, squaresAround } from '../../statistics/mean.js';
import { rowOrder } from '../../statistics/row-order.js';
import { stratifiedFolds } from '../../statistics/stratified-folds.js';
import { studentTail } from '../../statistics/student-tail.js';
import { cutTree, wardTree } from '../../statistics/ward.js';
import { zScores } from '../../statistics/z-scores.js';
import { eachFold } from './each-fold.js';
import { scoreCuts } from './grouping-scores.js';
import type { Gain, GroupingScore, HeldOutScore, LabelHierarchy } from './hierarchy-types.js';
import { sidesOfMerges, toldApart } from './told-apart.js';

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
const MOST_GROUPS = 12;
/** Balanced accuracy from which two sides are told apart: halfway from chance to perfect, the threshold of detection in a choice of two. */
const TOLD = 0.75;

function readGroups(where: string, value: unknown, k: number, fewest: number): number[] {
  if (value === undefined) {
    const few = Array.from({ length: Math.min(k, MOST_GROUPS) - 1 }, (_, i) => i + 2);
    return [...few, ...(fewest > MOST_GROUPS && fewest < k ? [fewest] : []), ...(k > MOST_GROUPS ? [k] : [])];
  }
  const given = numbersIn(where, 'groups', value, { min: 2, max: k, integer: true });
  if (given.length === 0) throw new InputError('empty', `${where}: groups must not be empty, got 0 numbers`);
  return [...new Set(given)].sort((a, b) => a - b);
}

function meanAndSd(values: ArrayLike<number>): { mean: number; sd: number } {
  const n = values.length;
  const mean = meanOf(values);
  return { mean, sd: Math.sqrt(squaresAround(mean, values) / n) };
}

/** Difference of two supports over the same folds. */
function gainOver(values: readonly number[], unmerged: readonly number[], over: number): Gain {
  const folds = values.length;
  const gains = values.map((value, f) => value - unmerged[f]!);
  const gain = meanAndSd(gains);
  // The folds share training rows, so their spread alone understates the error (Nadeau and Bengio 2003,
  // doi:10.1023/A:1024068626366): 1 / folds becomes 1 / folds + held-out rows / training rows.
  const variance = (gain.sd ** 2 * folds) / (folds - 1);
  const standardError = Math.sqrt(variance * (1 / folds + 1 / (folds - 1)));
  // Folds that all gain the same have no spread: what is left is that all of them gain (sign test).
  const equal = standardError <= 1e-12 * Math.abs(gain.mean);
  const p = equal ? (gain.mean > 1e-12 ? 0.5 ** folds : 1) : studentTail(gain.mean / standardError, folds - 1);
  return { over, difference: gain.mean, standardError, p };
}

/** (value - chance) / (1 - chance); where chance is already 1 there is nothing to gain. */
function beyond(value: number, chance: number): number {
  return chance >= 1 ? 0 : (value - chance) / (1 - chance);
}

/** Share of values, the observed one counted in, that are at least as large as the observed one. */
function upperP(observed: number, values: ArrayLike<number>): number {
  const slack = 1e-12 * Math.abs(observed);
  let count = 1;
  for (let i = 0; i < values.length; i++) if (values[i]! >= observed - slack) count++;
  return count / (values.length + 1);
}

/** Scores of every labeling, fold and number of groups: [labeling][fold * groups + position]. */
interface Scores {
  readonly silhouette: Float64Array[];
  readonly accuracy: Float64Array[];
}

function scoreAll(
  where: string,
  part: Part,
  rows: Float64Array,
  fold: Int32Array,
  squared: boolean,
  setup: Setup,
): Scores {
  const { n, d, k } = part;
  const { folds, groups, permutations, seed } = setup;
  const rng = new Rng(seed + 1);
  const members = Array.from({ length: folds }, (_, f) => {
    return Int32Array.from({ length: n }, (_, i) => i).filter((i) => fold[i] === f);
  });
  if (members.some((held) => held.length === 0)) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: every fold needs rows to hold out, got ${n} rows in ${k} classes for ${folds} folds; lower folds or raise minClassSize`,
    );
  }
  // Dealt out inside each fold, so that every fold keeps the classes that it holds.
  const labelings = [part.labels];
  for (let p = 0; p < permutations; p++) {
    const dealt = part.labels.slice();
    for (const held of members) {
      const own = rng.shuffle(Int32Array.from(held, (i) => part.labels[i]!));
      held.forEach((i, position) => {
        dealt[i] = own[position]!;
      });
    }
    labelings.push(dealt);
  }
  const width = folds * groups.length;
  const silhouette = labelings.map(() => new Float64Array(width));
  const accuracy = labelings.map(() => new Float64Array(width));
  eachFold({ rows, n, d, k, members }, squared, labelings, (p, f, sums, tree) => {
    const from = f * groups.length;
    const to = from + groups.length;
    scoreCuts(tree, k, groups, sums, silhouette[p]!.subarray(from, to), accuracy[p]!.subarray(from, to));
  });
  return { silhouette, accuracy };
}

interface Setup {
  readonly folds: number;
  readonly groups: readonly number[];
  readonly permutations: number;
  readonly seed: number;
  readonly alpha: number;
}

function overFolds(values: Float64Array, folds: number, groups: number, position: number): number[] {
  return Array.from({ length: folds }, (_, f) => values[f * groups + position]!);
}

function summarise(scores: Scores, setup: Setup) {
  const { folds, groups } = setup;
  const held = (
    all: readonly Float64Array[],
    position: number,
  ): HeldOutScore & { perFold: number[]; nulls: number[] } => {
    const perFold = overFolds(all[0]!, folds, groups.length, position);
    const nulls = all.slice(1).map((values) => meanAndSd(overFolds(values, folds, groups.length, position)).mean);
    const { mean, sd } = meanAndSd(perFold);
    const chance = meanAndSd(nulls);
    return { mean, sd, chance, adjusted: beyond(mean, chance.mean), p: upperP(mean, nulls), perFold, nulls };
  };
  const rows = groups.map((count, position) => {
    const silhouette = held(scores.silhouette, position);
    const accuracy = held(scores.accuracy, position);
    const support = (s: number, a: number) => (beyond(s, silhouette.chance.mean) + beyond(a, accuracy.chance.mean)) / 2;
    return {
      groups: count,
      silhouette,
      accuracy,
      support: support(silhouette.mean, accuracy.mean),
      perFold: silhouette.perFold.map((s, f) => support(s, accuracy.perFold[f]!)),
      nulls: silhouette.nulls.map((s, p) => support(s, accuracy.nulls[p]!)),
    };
  });
  // Maximum over the numbers of groups of the support in units of its own null: one p for each
  // that holds for the choice among all (Westfall and Young 1993).
  const scale = rows.map(({ nulls }) => meanAndSd(nulls).sd || Number.MIN_VALUE);
  const largest = rows[0]!.nulls.map((_, p) => Math.max(...rows.map(({ nulls }, g) => nulls[p]! / scale[g]!)));
  const publicScores = rows.map(({ groups: count, silhouette, accuracy, support, perFold }, g): GroupingScore => {
    const plain = ({ mean, sd, chance, adjusted, p }: HeldOutScore): HeldOutScore => ({
      mean,
      sd,
      chance,
      adjusted,
      p,
    });
    return {
      groups: count,
      silhouette: plain(silhouette),
      balancedAccuracy: plain(accuracy),
      support,
      supportSd: meanAndSd(perFold).sd,
      p: upperP(support / scale[g]!, largest),
    };
  });
  return { publicScores, perFold: rows.map((row) => row.perFold) };
}

/**
 * Which merges of labels the data support. Ward's tree of the class means is built on training folds
 * and cut into g groups; the rows of the fold that was held out then say how well those groups
 * separate (silhouette) and can be told apart (balanced accuracy of the nearest centroid after
 * whitening with a shrunken covariance). Both stand beside their value under permuted labels, for
 * which the tree is built anew; the support of g is the mean of the two chance-adjusted scores, and
 * its p is corrected for the choice among all g. What is scored has not been used to build the
 * groups, so that memorising does not count.
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
  const large = (c: number) => data.counts[c]! >= minClassSize && data.classes[c] !== noiseLabel;
  const leftOut = data.classes.filter((label, c) => !large(c) && label !== noiseLabel);
  const eligible = partOf(
    data,
    rowOrder(data).filter((i) => large(data.labels[i]!)),
  );
  if (eligible.k < 2) {
    throw new UndefinedMetricError(
      'too-few-clusters',
      `${where}: needs two or more classes of at least minClassSize = ${minClassSize} rows, got ${eligible.k} of ${data.k}; lower minClassSize or folds`,
    );
  }
  const chosen = sampleRows(eligible, sampleSize, seed);
  const part = chosen.length === eligible.n ? eligible : partOf(eligible, chosen);
  const { n, d, k } = part;
  const scaled = booleanOf(where, 'standardize', options.standardize, false) ? zScores(part.points, n, d) : part.points;
  const angle = metric === 'cosine' || metric === 'correlation';
  const rows = angle ? unitRows(scaled, n, d, metric === 'correlation').rows : centredFrame(scaled, n, d).rows;
  const fold = stratifiedFolds(part, folds, seed);
  const { means, weight } = clusterMoments(rows, d, part.labels, k);
  const tree = wardTree(means, weight, k, d);
  const unit = angle ? 1 : centredFrame(scaled, n, d).unit;
  const apart = toldApart({ rows, n, d, k, labels: part.labels }, fold, folds, sidesOfMerges(tree.left, tree.right, k));
  const firstApart = apart.findIndex(({ balancedAccuracy, p }) => balancedAccuracy >= TOLD && p <= alpha);
  // The fewest groups of which no two labels that are told apart are merged.
  const fewest = firstApart === -1 ? 1 : k - firstApart;
  const groups = readGroups(where, options.groups, k, fewest);
  const setup: Setup = { folds, groups, permutations, seed, alpha };
  const { publicScores, perFold } = summarise(
    scoreAll(where, part, rows, fold, angle || metric === 'sqeuclidean', setup),
    setup,
  );
  let top = 0;
  publicScores.forEach(({ support }, g) => {
    if (support > publicScores[top]!.support) top = g;
  });
  const found = publicScores[top]!;
  const near = found.support - found.supportSd / Math.sqrt(folds);
  const membersOf = (count: number) => {
    const members: Label[][] = Array.from({ length: count }, () => []);
    for (const [c, g] of cutTree(tree, k, count).entries()) members[g]!.push(part.classes[c]!);
    return members;
  };
  const unmerged = publicScores.findIndex((score) => score.groups === k);
  const gainOf = (at: number) =>
    unmerged === -1 || unmerged === at ? null : gainOver(perFold[at]!, perFold[unmerged]!, k);
  const mergeable = publicScores
    .map((score, at) => ({ ...score, at }))
    .filter(({ groups: g, p }) => g >= Math.max(2, fewest) && g < k && p <= alpha)
    .reduce<{ groups: number; p: number; support: number; at: number } | null>(
      (most, score) => (most === null || score.support > most.support ? score : most),
      null,
    );
  return {
    labels: part.classes,
    sizes: Array.from(part.counts),
    leftOut,
    merges: Array.from(tree.left, (left, m) => ({
      left,
      right: tree.right[m]!,
      height: tree.height[m]! * unit,
      size: tree.size[m]!,
      toldApart: apart[m]!,
    })),
    scores: publicScores,
    best:
      found.p <= alpha
        ? {
            groups: found.groups,
            p: found.p,
            support: found.support,
            members: membersOf(found.groups),
            alsoSupported: publicScores
              .filter(({ groups: g, support, p }) => g !== found.groups && p <= alpha && support >= near)
              .map(({ groups: g }) => g),
          }
        : null,
    gain: gainOf(top),
    mergeable:
      mergeable === null
        ? null
        : {
            groups: mergeable.groups,
            p: mergeable.p,
            support: mergeable.support,
            members: membersOf(mergeable.groups),
            gain: gainOf(mergeable.at),
          },
    p: found.p,
    minClassSize,
    folds,
    permutations,
    seed,
    alpha,
    metric,
    n,
    ...(n === eligible.n ? {} : { sample: { rows: n, of: eligible.n } }),
  };
}
