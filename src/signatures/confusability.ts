import { UndefinedMetricError } from '../core/errors.js';
import { fields, label, list, requireShape, shared } from '../core/shape-check.js';
import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import { admit, type Dataset } from '../data/dataset.js';
import { readNoiseLabel } from '../data/named-label.js';
import { booleanOf, nothingMore, numberIn } from '../data/options.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import type { DistanceSource } from '../distance/source.js';
import { gatherRows } from '../kernels/cluster-order.js';
import { zScores } from '../statistics/z-scores.js';
import { type ConfusedPair, confusedPairs } from './confused-pairs.js';
import { metricOf } from './options.js';
import { sharedNeighbors } from './shared-neighbors.js';

export interface ConfusabilityOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide columns by their standard deviation over the rows used. Default false. */
  readonly standardize?: boolean | undefined;
  /** Neighbours that are counted for each row, 1 to n - 1. Default 1. */
  readonly neighbors?: number | undefined;
  /** Level of false discoveries among the pairs of classes, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows with this label are left out. */
  readonly noiseLabel?: Label | undefined;
}

/** How often rows of one class have neighbours in another. */
export interface ConfusionPair<L extends Label = Label> {
  readonly from: L;
  readonly to: L;
  /** Neighbours counted. Not always whole: rows that tie for the last places share them. */
  readonly count: number;
  /**
   * For the own class the expectation under random labels: m n_from (n_from - 1) / (n - 1) with m
   * neighbours. For another class that of quasi-independence: the neighbours of `from` outside its class,
   * in proportion to the sizes of the other classes, n_to / (n - n_from).
   */
  readonly expected: number;
  /** count / expected. */
  readonly lift: number;
}

/** Two classes whose rows are neighbours. */
export interface MergeCandidate<L extends Label = Label> {
  readonly labels: readonly [L, L];
  /** Pairs of neighbouring rows between the two, mutual ones counted once. */
  readonly count: number;
  /** What the confusions of the two classes and the sizes of all lead to expect (quasi-independence). */
  readonly expected: number;
  /**
   * One-sided p of such a count, and p adjusted for all pairs of classes that could reach `alpha`
   * (Benjamini-Hochberg; 1 for the others).
   */
  readonly p: number;
  readonly q: number;
}

export interface Confusability<L extends Label = Label> {
  /** Classes in label order: how often their neighbours are their own, and who is nearest instead. */
  readonly classes: ReadonlyArray<{
    readonly label: L;
    readonly size: number;
    /** Share of neighbours that are of the own class, and its expectation by chance. */
    readonly own: number;
    readonly ownExpected: number;
    /** The other class with the most neighbours; the first in label order on ties, null when there is none. */
    readonly rival: L | null;
    /** Share of neighbours that are the rival's. */
    readonly rivalShare: number;
  }>;
  /** Pairs with a count above 0, by class order. Everything else in the class-by-class matrix is 0. */
  readonly pairs: readonly ConfusionPair<L>[];
  /** Pairs of classes with q <= alpha: they stand out among the confusions. The largest count first. */
  readonly mergeCandidates: readonly MergeCandidate<L>[];
  /** Pairs of neighbouring rows of different classes, mutual ones counted once; 0: nothing is confused. */
  readonly confusions: number;
  /** The pair of classes with the largest count, whether it stands out or not; null without confusions. */
  readonly mostConfused: MergeCandidate<L> | null;
  readonly neighbors: number;
  readonly metric: string;
  readonly alpha: number;
  readonly n: number;
  readonly k: number;
}

/** The columns of the rows used as z-scores, in their places. */
function scaledRows({ points, n, d }: Dataset, used: Int32Array): Float64Array {
  const out = new Float64Array(n * d);
  const scores = zScores(gatherRows(points, d, used), used.length, d);
  used.forEach((i, position) => {
    out.set(scores.subarray(position * d, (position + 1) * d), i * d);
  });
  return out;
}

/**
 * Who is confused with whom: the nearest neighbours of every row, counted by class. A pair of classes
 * stands out, and is a candidate for a merge, when it has more confusions (neighbouring rows of two
 * classes) than the confusions of the two classes and the class sizes lead to expect; see
 * `MergeCandidate`. Two classes make one pair, which cannot stand out.
 *
 * p is one-sided and binomial over the confusions of the two classes. A pair of classes that never meets
 * but could stand out counts as a test too. Confusions that share a row are not independent: read p as a
 * guide when `neighbors` is well above 1.
 *
 * Ties: rows at exactly the distance of the last neighbour share the places that are left, as in a fair
 * draw, and two rows are neighbours with the probability that one draws the other. So the order of rows
 * does not matter. Counts are then not whole; p is that of the count rounded down.
 *
 * Cost O(n^2 d) time and O(n) memory: only pairs that occur are kept.
 *
 * @throws UndefinedMetricError with fewer than two classes or two rows; InputError and ShapeError for
 *   bad input.
 *
 * @example
 * import { confusability } from 'clusterlens';
 * const points = [[0], [1], [2.5], [3], [3.6], [10], [11]];
 * const { classes, mostConfused } = confusability(points, ['a', 'a', 'a', 'b', 'b', 'c', 'c']);
 * console.log(classes.map(({ label, own }) => `${label} ${own.toFixed(2)}`)); // [ 'a 0.67', 'b 0.50', 'c 1.00' ]
 * console.log(mostConfused!.labels, mostConfused!.count); // [ 'a', 'b' ] 1
 */
export function confusability<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: ConfusabilityOptions,
): Confusability<ReadLabel<L>>;
export function confusability<L extends Label>(dataset: Dataset<L>, options?: ConfusabilityOptions): Confusability<L>;
export function confusability(
  first: Points | Dataset,
  second?: Labels | ConfusabilityOptions,
  third?: ConfusabilityOptions,
  ...more: []
): Confusability {
  nothingMore('confusability', more, [first, second, third]);
  const where = 'confusability';
  const { data, options } = admit(where, first, second, third, [
    'metric',
    'standardize',
    'neighbors',
    'alpha',
    'noiseLabel',
  ]);
  const metric = resolveMetric(where, options.metric);
  const alpha = numberIn(where, 'alpha', options.alpha, { min: 1e-6, max: 0.5 }, 0.05);
  const noiseLabel = readNoiseLabel(where, options.noiseLabel, data);
  const noise = noiseLabel === undefined ? -1 : data.classes.indexOf(noiseLabel);
  const n = usedRows(where, data, noise).length;
  const neighbors = numberIn(where, 'neighbors', options.neighbors, { min: 1, max: n - 1, integer: true }, 1);
  const scaled = booleanOf(where, 'standardize', options.standardize, false);
  if (scaled) metricOf(where, options.metric);
  const points = scaled ? scaledRows(data, usedRows(where, data, noise)) : data.points;
  const source = metric.source(where, { points, n: data.n, d: data.d });
  return confusabilityOf(where, data, source, { alpha, neighbors, noise });
}

/** Rows that are counted, all but those of noise; of two classes at least. */
function usedRows(where: string, { n, labels, classes }: Coded, noise: number): Int32Array {
  const used = Int32Array.from({ length: n }, (_, i) => i).filter((i) => labels[i] !== noise);
  const present = classes.length - (noise === -1 ? 0 : 1);
  if (present >= 2) return used;
  throw new UndefinedMetricError(
    'too-few-clusters',
    `${where}: needs two classes or more, got ${present} (n = ${used.length}); give at least two different labels`,
  );
}

type Coded = Pick<Dataset, 'n' | 'labels' | 'classes' | 'counts'>;

/** `confusability` of rows that were read, from their distances; `noise` is the code of the noise label, -1 for none. */
export function confusabilityOf(
  where: string,
  data: Coded,
  source: DistanceSource,
  {
    alpha,
    neighbors = 1,
    noise = -1,
  }: { readonly alpha: number; readonly neighbors?: number; readonly noise?: number },
): Confusability {
  const { labels: codes, classes, counts } = data;
  const used = usedRows(where, data, noise);
  const n = used.length;
  const { counts: found, outgoing, between } = sharedNeighbors(source, used, codes, classes.length, neighbors);
  const pairs: ConfusionPair[] = [];
  found.forEach((own, a) => {
    const outside = neighbors * counts[a]! - (own.get(a) ?? 0);
    for (const [b, count] of own) {
      const expected =
        a === b ? (neighbors * counts[a]! * (counts[a]! - 1)) / (n - 1) : (outside * counts[b]!) / (n - counts[a]!);
      pairs.push({ from: classes[a]!, to: classes[b]!, count, expected, lift: count / expected });
    }
  });
  const sizes = counts.map((count, c) => (c === noise ? 0 : count));
  const confused = confusedPairs(between, outgoing, sizes, alpha);
  const named = ({ a, b, count, expected, p, q }: ConfusedPair): MergeCandidate => {
    return { labels: [classes[a]!, classes[b]!], count, expected, p, q };
  };
  return {
    classes: classes.flatMap((label, c) => {
      if (c === noise) return [];
      const all = neighbors * counts[c]!;
      let rival = -1;
      for (const [b, count] of found[c]!) {
        const most = rival === -1 ? 0 : found[c]!.get(rival)!;
        if (b !== c && count > most) rival = b;
      }
      return {
        label,
        size: counts[c]!,
        own: (found[c]!.get(c) ?? 0) / all,
        ownExpected: (counts[c]! - 1) / (n - 1),
        rival: rival === -1 ? null : classes[rival]!,
        rivalShare: rival === -1 ? 0 : found[c]!.get(rival)! / all,
      };
    }),
    pairs,
    mergeCandidates: confused.filter(({ q }) => q <= alpha).map(named),
    confusions: confused.reduce((sum, { count }) => sum + count, 0),
    mostConfused: confused[0] === undefined ? null : named(confused[0]),
    neighbors,
    metric: source.metric,
    alpha,
    n,
    k: classes.length - (noise === -1 ? 0 : 1),
  };
}

const PAIRS = /* @__PURE__ */ fields({ pairs: list(fields({ from: label, to: label, count: shared })) });

/**
 * The class-by-class matrix of some classes, row-major: how often rows of one have neighbours in the other.
 *
 * @example
 * import { confusability, confusionMatrix } from 'clusterlens';
 * const result = confusability([[0], [1], [2.5], [3], [3.6]], ['a', 'a', 'a', 'b', 'b']);
 * console.log(confusionMatrix(result, ['a', 'b'])); // [ [ 2, 1 ], [ 1, 1 ] ]
 */
export function confusionMatrix(
  result: Pick<Confusability, 'pairs'>,
  labels: readonly Label[],
  ...more: []
): number[][] {
  nothingMore('confusionMatrix', more, [result, labels]);
  requireShape('confusionMatrix', 'what confusability returns', PAIRS, result);
  requireShape('confusionMatrix', 'the labels of the matrix', (given) => list(label)(given, 'labels'), labels);
  const names = Array.from(labels);
  const at = new Map(names.map((name, i) => [name, i]));
  const matrix = names.map(() => names.map(() => 0));
  for (const { from, to, count } of result.pairs) {
    const i = at.get(from);
    const j = at.get(to);
    if (i !== undefined && j !== undefined) matrix[i]![j] = count;
  }
  return matrix;
}
