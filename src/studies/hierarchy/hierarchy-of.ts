import { InputError, UndefinedMetricError } from '../../core/errors.js';
import type { Label } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { numbersIn } from '../../data/options.js';
import { partOf, sampleRows } from '../../data/row-sample.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame, unitRows } from '../../kernels/frame.js';
import { rowOrder } from '../../statistics/row-order.js';
import { stratifiedFolds } from '../../statistics/stratified-folds.js';
import { cutTree, wardTree } from '../../statistics/ward.js';
import { zScores } from '../../statistics/z-scores.js';
import { gainOver } from './gain-over.js';
import type { LabelHierarchy } from './hierarchy-types.js';
import { scoreFolds } from './score-folds.js';
import { summariseScores } from './summarise-scores.js';
import { sidesOfMerges, toldApart } from './told-apart.js';

const MOST_GROUPS = 12;
/** Balanced accuracy from which two sides are told apart: halfway from chance to perfect, the threshold of detection in a choice of two. */
const TOLD = 0.75;

/** What the caller asked for, read. */
export interface HierarchySettings {
  readonly folds: number;
  readonly groups: unknown;
  readonly metric: 'euclidean' | 'sqeuclidean' | 'cosine' | 'correlation';
  readonly standardized: boolean;
  readonly minClassSize: number;
  readonly permutations: number;
  readonly alpha: number;
  readonly sampleSize: number;
  readonly seed: number;
  readonly noiseLabel: Label | undefined;
}

function readGroups(where: string, value: unknown, k: number, fewest: number): number[] {
  if (value === undefined) {
    const few = Array.from({ length: Math.min(k, MOST_GROUPS) - 1 }, (_, i) => i + 2);
    return [...few, ...(fewest > MOST_GROUPS && fewest < k ? [fewest] : []), ...(k > MOST_GROUPS ? [k] : [])];
  }
  const given = numbersIn(where, 'groups', value, { min: 2, max: k, integer: true });
  if (given.length === 0) throw new InputError('empty', `${where}: groups must not be empty, got 0 numbers`);
  return [...new Set(given)].sort((a, b) => a - b);
}

/** Which merges of the labels of checked rows the data support. */
export function hierarchyOf(where: string, data: Dataset, settings: HierarchySettings): LabelHierarchy {
  const { folds, metric, minClassSize, permutations, alpha, sampleSize, seed, noiseLabel } = settings;
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
  const scaled = settings.standardized ? zScores(part.points, n, d) : part.points;
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
  const groups = readGroups(where, settings.groups, k, fewest);
  const setup = { folds, groups, permutations, seed };
  const { publicScores, perFold } = summariseScores(
    scoreFolds(where, part, rows, fold, angle || metric === 'sqeuclidean', setup),
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
