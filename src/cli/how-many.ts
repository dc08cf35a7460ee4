import type { FlatMatrix, Label } from '../core/types.js';
import type { Metric } from '../distance/metric.js';
import { INDEX_NAMES, listed } from '../metrics/internal/favours.js';
import { type KSelectionResult, kSelection } from '../metrics/internal/k-selection.js';
import type { SelectionIndex } from '../metrics/internal/selection-row.js';
import { kMeans } from '../statistics/k-means.js';
import { type ClusterGaps, clusterGaps } from '../studies/gaps/cluster-gaps.js';

const ALPHA = 0.05;

/** Whether the points leave gaps between groups: the verdict of `clusterGaps`, and how many of the pairs that touch have one. */
export interface GapsSeen {
  readonly verdict: ClusterGaps['verdict'];
  readonly found: number;
  readonly pairs: number;
}

/** A division that an index favours, and whether the points leave gaps between its groups. */
export interface Favoured {
  /** Its place among the rows of the selection. */
  readonly row: number;
  readonly k: number;
  /** Of a labeling that was given. */
  readonly name: string | null;
  readonly indices: readonly SelectionIndex[];
  /** Whether the points leave gaps between its groups; null for one group, and for distances. */
  readonly gaps: GapsSeen | null;
}

/** How many clusters, and what says so. */
export interface HowMany {
  /** The place in `favoured` of the division that stands for clusters; null: none does. */
  readonly answer: number | null;
  readonly sentence: string;
  readonly favoured: readonly Favoured[];
  readonly selection: KSelectionResult;
}

/** Which indices favour which row. */
function votesOf({ bestRow }: KSelectionResult): Map<number, SelectionIndex[]> {
  const votes = new Map<number, SelectionIndex[]>();
  for (const [index, row] of Object.entries(bestRow) as [SelectionIndex, number | null][]) {
    if (row !== null) votes.set(row, [...(votes.get(row) ?? []), index]);
  }
  return new Map([...votes].sort(([a], [b]) => a - b));
}

/** Each division is one more chance to see gaps where there are none, so the level of all together is `ALPHA` (Bonferroni). */
function favouredOf(
  selection: KSelectionResult,
  gapsOf: (row: number, alpha: number) => ClusterGaps | null,
): Favoured[] {
  const votes = votesOf(selection);
  const divided = [...votes.keys()].filter((row) => selection.rows[row]!.k > 1).length;
  return [...votes].map(([row, indices]) => {
    const { k, name } = selection.rows[row]!;
    const found = k < 2 ? null : gapsOf(row, ALPHA / divided);
    const gaps = found && { verdict: found.verdict, found: found.found, pairs: found.pairs.length };
    return { row, k, name: name === null ? null : String(name), indices, gaps };
  });
}

const called = ({ k, name }: Favoured) => (name === null ? `k = ${k}` : `'${name}' (k = ${k})`);
const by = ({ indices }: Favoured) =>
  listed(indices.map((index) => (index === 'gap' ? 'the gap statistic' : INDEX_NAMES[index])));
const withVotes = (of: Favoured) => `${called(of)} (by ${by(of)})`;

/**
 * The division with gaps between its groups that the most indices favour; of as many votes the one with fewer groups.
 * An index of separation always favours some k, so that its vote alone stands for nothing.
 */
export function answerOf(favoured: readonly Favoured[]): Pick<HowMany, 'answer' | 'sentence'> {
  const apart = favoured.filter(({ gaps }) => gaps?.verdict === 'groups');
  const best = [...apart].sort((a, b) => b.indices.length - a.indices.length || a.k - b.k)[0];
  const divided = favoured.filter(({ k }) => k > 1);
  const one = favoured.find(({ k, indices }) => k === 1 && indices.includes('gap'));
  if (best !== undefined) {
    const others = favoured.filter((of) => of !== best);
    const rest =
      others.length === 0
        ? 'no index favours another.'
        : `${others
            .map((of) => `${withVotes(of)}${of.gaps?.verdict === 'groups' ? ' has gaps too' : ' has none that show'}`)
            .join(', ')}.`;
    const more = one === undefined ? rest : `the gap statistic favours one cluster all the same.`;
    return {
      answer: favoured.indexOf(best),
      sentence: `${called(best)} is favoured by ${by(best)}, and the points leave gaps between its groups; ${more}`,
    };
  }
  const told = divided.map(withVotes).join(', ');
  const cloud = divided.every(({ gaps }) => gaps?.verdict === 'one-cloud');
  if (divided.length > 0 && cloud) {
    const also = one === undefined ? '' : ', and the gap statistic favours one cluster';
    return {
      answer: null,
      sentence: `None: the points leave no gaps between the groups of ${told}${also}. They are one cloud, which any k only cuts.`,
    };
  }
  if (one !== undefined) {
    return {
      answer: null,
      sentence: `None: the gap statistic favours one cluster, and no gaps show between the groups of ${told}. Other indices cannot favour one cluster.`,
    };
  }
  return {
    answer: null,
    sentence: `Not clear: the indices favour ${told}, but it does not show that the points leave gaps between these groups.`,
  };
}

export interface HowManySettings {
  readonly metric: Metric | undefined;
  /** Rows that are scored at most. */
  readonly sampleSize: number;
  readonly seed: number;
}

/** How many of the labelings' clusters. */
export function howManyOf(
  points: FlatMatrix,
  labelings: Readonly<Record<string, readonly Label[]>>,
  { metric, sampleSize, seed, noiseLabel }: HowManySettings & { readonly noiseLabel: Label | undefined },
): HowMany {
  const noise = noiseLabel === undefined ? {} : { noiseLabel };
  const options = { metric, seed, sampleSize: Math.min(points.rows, sampleSize), ...noise };
  const selection = kSelection(points, labelings, options);
  const square = metric === 'precomputed';
  const favoured = favouredOf(selection, (row, alpha) =>
    square ? null : clusterGaps(points, labelings[selection.rows[row]!.name!]!, { metric, seed, alpha, ...noise }),
  );
  return { ...answerOf(favoured), favoured, selection };
}

/** How many clusters that k-means finds, for k = 1 to `max`. */
export function howManyByKMeans(
  points: FlatMatrix,
  { metric, seed, max, references, onClustering }: HowManySettings & ClusteringSettings,
): HowMany {
  const { rows: n, columns: d } = points;
  const k = Array.from({ length: Math.min(max, n - 1) }, (_, at) => at + 1);
  let done = 0;
  const clusterer = (rows: readonly number[][], count: number, own: number) => {
    onClustering(done++, k.length * (references + 1));
    return kMeans(Float64Array.from(rows.flat()), n, d, count, { seed: own }).labels;
  };
  const selection = kSelection(points, clusterer, { metric, seed, k, references });
  const labelsOf = (count: number) => kMeans(Float64Array.from(points.data), n, d, count, { seed }).labels;
  const favoured = favouredOf(selection, (row, alpha) =>
    clusterGaps(points, labelsOf(selection.rows[row]!.k), { metric, seed, alpha, labelsFrom: 'points' }),
  );
  return { ...answerOf(favoured), favoured, selection };
}

export interface ClusteringSettings {
  readonly max: number;
  readonly references: number;
  readonly onClustering: (done: number, total: number) => void;
}
