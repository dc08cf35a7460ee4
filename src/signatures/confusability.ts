import { UndefinedMetricError } from '../core/errors.js';
import type { Label, Labels, Points } from '../core/types.js';
import { admit, type Dataset } from '../data/dataset.js';
import { readNoiseLabel } from '../data/named-label.js';
import { nothingMore, numberIn } from '../data/options.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { distanceSource } from '../distance/source.js';
import { binomialTail } from '../kernels/binomial-tail.js';
import { gatherRows } from '../kernels/cluster-order.js';
import { zScores } from '../kernels/z-scores.js';
import { metricOf, type Standardize, standardizeOf } from './options.js';
import { sharedNeighbors } from './shared-neighbors.js';

export interface ConfusabilityOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** 'zscore': columns in units of their standard deviation over the rows used. Default 'none'. */
  readonly standardize?: Standardize | undefined;
  /** Neighbours that are counted for each row, 1 to n - 1. Default 1. */
  readonly k?: number | undefined;
  /** Level of false discoveries among the pairs of classes, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows with this label are left out. */
  readonly noiseLabel?: Label | undefined;
}

/** How often rows of one class have neighbours in another. */
export interface ConfusionPair {
  readonly from: Label;
  readonly to: Label;
  /** Neighbours counted; rows that tie for the last places among the k nearest share them, so not always whole. */
  readonly count: number;
  /** Expected when labels are dealt out at random: k n_from n_to / (n - 1); for the own class n_from - 1. */
  readonly expected: number;
  readonly lift: number;
}

/** Two classes whose rows are neighbours more often than by chance. */
export interface MergeCandidate {
  readonly labels: readonly [Label, Label];
  /** Pairs of neighbouring rows between the two, mutual ones counted once, and the number expected by chance. */
  readonly count: number;
  readonly expected: number;
  /** One-sided binomial p of such a count, and p adjusted for all pairs of classes (Benjamini-Hochberg). */
  readonly p: number;
  readonly q: number;
}

export interface Confusability {
  /** Classes in label order: how often their neighbours are their own, and who is nearest instead. */
  readonly classes: ReadonlyArray<{
    readonly label: Label;
    readonly size: number;
    /** Share of neighbours that are of the own class, and its expectation by chance. */
    readonly own: number;
    readonly ownExpected: number;
    /** The other class with the most neighbours; the first in label order on ties, null when there is none. */
    readonly rival: Label | null;
    /** Share of neighbours that are the rival's. */
    readonly rivalShare: number;
  }>;
  /** Pairs with a count above 0, by class order. Everything else in the class-by-class matrix is 0. */
  readonly pairs: readonly ConfusionPair[];
  /** Pairs of classes with q <= alpha, smallest p first. */
  readonly mergeCandidates: readonly MergeCandidate[];
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

function adjusted(p: readonly number[], tests: number): number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!);
  const q = new Array<number>(p.length);
  let least = 1;
  order.forEach((i, position) => {
    least = Math.min(least, (p[i]! * tests) / (p.length - position));
    q[i] = least;
  });
  return q;
}

/**
 * Who is confused with whom: for every row its nearest neighbours, counted by class. Pairs of classes
 * that are neighbours more often than random labels would make them are candidates for a merge.
 *
 * The p of a pair of classes is that of a join count: of all pairs of neighbouring rows (mutual
 * neighbours are one pair) at least so many lie between the two, when random labels give each pair the
 * probability 2 n_a n_b / (n (n - 1)); binomial, and pairs of classes that never meet count as tests
 * too. Pairs that share a row are not independent, so for k well above 1 read p as a guide.
 *
 * Ties: rows at exactly the distance of the k-th neighbour share the places that are left, as if lots were
 * drawn, so that the order of rows does not matter; two rows are neighbours with the probability that one
 * draws the other. Counts are then not whole; p is that of the count rounded down.
 *
 * Only pairs that occur are kept: O(n) memory and never k_classes^2. Cost O(n^2 d) time.
 * @throws UndefinedMetricError with fewer than two classes or two rows; InputError and ShapeError for
 *   bad input.
 */
export function confusability(points: Points, labels: Labels, options?: ConfusabilityOptions): Confusability;
export function confusability(dataset: Dataset, options?: ConfusabilityOptions): Confusability;
export function confusability(
  first: Points | Dataset,
  second?: Labels | ConfusabilityOptions,
  third?: ConfusabilityOptions,
): Confusability {
  const where = 'confusability';
  const { data, options } = admit(where, first, second, third, ['metric', 'standardize', 'k', 'alpha', 'noiseLabel']);
  const metric = resolveMetric(where, options.metric);
  const alpha = numberIn(where, 'alpha', options.alpha, { min: 1e-6, max: 0.5 }, 0.05);
  const noiseLabel = readNoiseLabel(where, options.noiseLabel, data);
  const noise = noiseLabel === undefined ? -1 : data.classes.indexOf(noiseLabel);
  const { labels: codes, classes, counts } = data;
  const used = Int32Array.from({ length: data.n }, (_, i) => i).filter((i) => codes[i] !== noise);
  const n = used.length;
  const present = classes.length - (noise === -1 ? 0 : 1);
  if (present < 2) {
    throw new UndefinedMetricError(
      'too-few-clusters',
      `${where}: needs two classes or more, got ${present} (n = ${n}); give at least two different labels`,
    );
  }
  const neighbors = numberIn(where, 'k', options.k, { min: 1, max: n - 1, integer: true }, 1);
  const scaled = standardizeOf(where, options.standardize) === 'zscore';
  if (scaled) metricOf(where, options.metric);
  const points = scaled ? scaledRows(data, used) : data.points;
  const source = distanceSource(where, points, data.n, data.d, metric);
  const { counts: found, joins, between: met } = sharedNeighbors(source, used, codes, classes.length, neighbors);
  const chance = (a: number, b: number) => (neighbors * counts[a]! * (a === b ? counts[b]! - 1 : counts[b]!)) / (n - 1);
  const pairs: ConfusionPair[] = [];
  found.forEach((own, a) => {
    for (const [b, count] of own) {
      const expected = chance(a, b);
      pairs.push({ from: classes[a]!, to: classes[b]!, count, expected, lift: count / expected });
    }
  });
  const share = (a: number, b: number) => (2 * counts[a]! * counts[b]!) / (n * (n - 1));
  // Shares of ties add up to no whole number: p is that of the next smaller count.
  const p = met.map(({ a, b, count }) => binomialTail(Math.floor(count), Math.round(joins), share(a, b)));
  const q = adjusted(p, (present * (present - 1)) / 2);
  const candidates = met.map(({ a, b, count }, i): MergeCandidate => {
    return { labels: [classes[a]!, classes[b]!], count, expected: joins * share(a, b), p: p[i]!, q: q[i]! };
  });
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
    mergeCandidates: candidates.filter((pair) => pair.q <= alpha).sort((x, y) => x.p - y.p),
    neighbors,
    metric: metric.name,
    alpha,
    n,
    k: present,
  };
}

/** The class-by-class matrix of some classes, row-major: how often rows of one have neighbours in the other. */
export function confusionMatrix(
  result: Pick<Confusability, 'pairs'>,
  labels: readonly Label[],
  ...more: []
): number[][] {
  nothingMore('confusionMatrix', more, [result, labels]);
  const at = new Map(labels.map((label, i) => [label, i]));
  const matrix = labels.map(() => labels.map(() => 0));
  for (const { from, to, count } of result.pairs) {
    const i = at.get(from);
    const j = at.get(to);
    if (i !== undefined && j !== undefined) matrix[i]![j] = count;
  }
  return matrix;
}
