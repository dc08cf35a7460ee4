import { UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { readLabel } from '../../data/labels.js';
import { codeOfLabel } from '../../data/named-label.js';
import { nothingMore, numberIn, oneOf, seedOf } from '../../data/options.js';
import { sampleRows } from '../../data/row-sample.js';
import { type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { centredFrame, unitRows } from '../../kernels/frame.js';
import { benjaminiHochberg } from '../../statistics/false-discovery.js';
import { rowOrder } from '../../statistics/row-order.js';
import { zScores } from '../../statistics/z-scores.js';
import { standardizeOf } from '../significance/significance.js';
import { allGaps } from './all-gaps.js';
import { simulatedBenchmarks } from './benchmark.js';
import { fingerprints } from './content-halves.js';
import { crossings } from './crossing.js';
import type { ClusterGaps, CrossedBorders, GapPair } from './gap-types.js';
import { gapVerdict, pairTail } from './gap-verdict.js';
import { type Reproduced, reproducedBy } from './labels-from.js';
import { comparedPairs, neighborsTell } from './neighbors-tell.js';
import { timesToTell } from './rows-to-tell.js';

export type { ClusterGaps, CrossedBorders, GapLine, GapPair } from './gap-types.js';

export interface ClusterGapsOptions {
  /** Lines are drawn in the coordinates; with 'cosine' and 'correlation' in those of the rows of length 1. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide columns by their standard deviation first. Default false. */
  readonly standardize?: boolean | undefined;
  /** Whether the labels were made from the points. Default 'auto': whether a rule of the points gives them again. */
  readonly labelsFrom?: 'auto' | 'points' | 'elsewhere' | undefined;
  /** Level of the false discovery rate, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows used at most, an integer >= 50, drawn by class. Default 5000. */
  readonly sampleSize?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** Rows with it choose no line, and are judged with the group that is nearest. */
  readonly noiseLabel?: Label | undefined;
}

const OPTIONS = ['metric', 'standardize', 'labelsFrom', 'alpha', 'sampleSize', 'seed', 'noiseLabel'];
const LABELS_FROM = ['auto', 'points', 'elsewhere'] as const;
const BINS = 20;

function profileOf(places: Float64Array): number[] {
  const counts = new Array<number>(BINS).fill(0);
  const low = places[0] ?? 0;
  const width = (places[places.length - 1] ?? 0) - low;
  for (const place of places) counts[width > 0 ? Math.min(BINS - 1, Math.floor((BINS * (place - low)) / width)) : 0]!++;
  return counts;
}

/** What the study needs of rows that have passed the door. */
export interface GapRows {
  readonly n: number;
  readonly d: number;
  readonly points: Float64Array;
  /** Codes of `classes`. */
  readonly labels: Int32Array;
  readonly k: number;
  readonly classes: readonly Label[];
  readonly counts: Int32Array;
}

export interface GapSettings {
  /** Name of the metric. */
  readonly metric: string;
  readonly labelsFrom: 'auto' | 'points' | 'elsewhere';
  readonly alpha: number;
  readonly sampleSize: number;
  readonly seed: number;
  /** Code of the noise label; -1: none. */
  readonly noise: number;
}

/** The study on rows that have passed the door. */
export function gapsOf(where: string, data: GapRows, settings: GapSettings): ClusterGaps {
  const { metric, alpha, sampleSize, seed, noise } = settings;
  const { d, classes } = data;
  const drawn = new Set(sampleRows(data, sampleSize, seed));
  // In an order that rests on what rows are: sums then round alike wherever the rows stood.
  const chosen = rowOrder(data).filter((i) => drawn.has(i));
  const n = chosen.length;
  const given = new Float64Array(n * d);
  chosen.forEach((i, position) => {
    given.set(data.points.subarray(i * d, i * d + d), position * d);
  });
  const angle = metric === 'cosine' || metric === 'correlation';
  const points = angle ? unitRows(given, n, d, metric === 'correlation').rows : given;
  // Codes of the groups that have rows: noise and classes outside the sample have none. Ordered by what their rows are.
  const codes = Int32Array.from(chosen, (i) => data.labels[i]!);
  const present = [...new Set(codes)].filter((code) => code !== noise);
  const k = present.length;
  if (k < 2) {
    throw new UndefinedMetricError(
      'too-few-clusters',
      `${where}: needs two or more groups to lie between, got ${k} (n = ${n})`,
    );
  }
  const group = new Int32Array(classes.length).fill(-1);
  present.forEach((code, g) => {
    group[code] = g;
  });
  const labels = codes.map((code) => group[code]!);
  const name = (g: number) => classes[present[g]!]!;
  const benchmark = simulatedBenchmarks();
  const touching = allGaps(points, n, d, labels, k, seed, benchmark);
  const { gaps } = touching;
  const size = { n, d, seed };
  const adjusted = benjaminiHochberg(gaps.map(({ p }) => p));
  const without = gaps.filter((_, index) => adjusted[index]! > alpha);
  const compared = new Map(comparedPairs(touching, without, size).map((pair, at) => [without[at]!, pair]));
  const tails = benjaminiHochberg(gaps.map((gap) => pairTail(gap.tail, neighborsTell([compared.get(gap) ?? null]))));
  const told = gaps.map(({ pair: [a, b], dip, line, rows, power, places }, index) => {
    const p = adjusted[index]!;
    const gap = p <= alpha ? true : tails[index]! <= alpha ? false : null;
    const turned = present[a]! > present[b]!;
    const pair: GapPair = {
      labels: turned ? [name(b), name(a)] : [name(a), name(b)],
      gap,
      p,
      dip,
      line,
      rows,
      power,
      tail: tails[index]!,
      profile: profileOf(turned ? places.map((place) => -place).reverse() : places),
    };
    return { pair, codes: turned ? ([present[b]!, present[a]!] as const) : ([present[a]!, present[b]!] as const) };
  });
  const pairs = told.sort((x, y) => x.codes[0] - y.codes[0] || x.codes[1] - y.codes[1]).map(({ pair }) => pair);
  const beside = new Set(gaps.flatMap(({ pair }) => pair));
  let source: { readonly found: Reproduced | null } | undefined;
  const origin = (costly: boolean) => {
    source ??= { found: settings.labelsFrom === 'auto' ? labelsOrigin(points, d, labels, k, seed, costly) : null };
    return source.found;
  };
  const asked = {
    crossing: (which: 'all' | 'without'): CrossedBorders | null => {
      const pairs = (which === 'all' ? gaps : without).map(({ pair }) => pair);
      const { borders, cuts, p } = crossings(touching, pairs, { ...size, k });
      return cuts > 0 ? { ratio: borders / cuts, p } : null;
    },
    neighbors: () => neighborsTell([...compared.values()]),
    exact: () => settings.labelsFrom === 'points' || origin(true)?.exact === true,
  };
  const verdict = gapVerdict(gaps, pairs.filter(({ gap }) => gap === true).length, alpha, asked, benchmark);
  const found = origin(verdict.verdict !== 'groups');
  const times = verdict.verdict === 'undecided' && verdict.p > alpha ? timesToTell(gaps, benchmark) : null;
  return {
    ...verdict,
    rowsToTell: times === null ? null : Number((times * n).toPrecision(2)),
    labelsFrom: settings.labelsFrom === 'auto' ? (found === null ? 'elsewhere' : 'points') : settings.labelsFrom,
    reproduced: found,
    pairs,
    alone: classes.filter((_, code) => group[code] !== -1 && !beside.has(group[code]!)),
    alpha,
    seed,
    n,
    ...(n === data.n ? {} : { sample: { rows: n, of: data.n } }),
  };
}

function labelsOrigin(points: Float64Array, d: number, labels: Int32Array, k: number, seed: number, costly: boolean) {
  const kept = Int32Array.from(labels.keys()).filter((i) => labels[i]! >= 0);
  const own = new Float64Array(kept.length * d);
  kept.forEach((i, position) => {
    own.set(points.subarray(i * d, i * d + d), position * d);
  });
  const n = kept.length;
  const { rows } = centredFrame(own, n, d);
  const prints = fingerprints(own, n, d, seed);
  return reproducedBy({ rows, n, d, k, labels: Int32Array.from(kept, (i) => labels[i]!), prints }, costly);
}

/**
 * Do the points leave gaps between groups that touch, or are they one cloud that the labels cut? An algorithm that
 * makes labels from points separates them well, whatever the points are. No index of separation and no permutation
 * of labels can tell. A gap can. One half of the rows draws a line from one group to the other. Along this line the
 * other half has two modes where there is a gap, and one mode where the labels cut a cloud (Hartigan's dip, 1985).
 * A row counts only if its way to the border does not lead through a third group. Lines follow bends. The p of a
 * pair is that of the best of three lines, corrected for their number, and adjusted over all pairs (Benjamini and
 * Hochberg).
 *
 * The verdict compares two things: what these rows show, and what so many rows would show if all groups that touch
 * were normal with a Bayes error of 3%. Where the lines tell too little, the study counts rows that are near each
 * other across a border, and compares this count with draws of such groups (`neighbors`). Some groups have no line
 * between them, as spirals. `crossing` tells of groups of any shape: it compares how often the nearest neighbours of
 * a row lie across a border with how often they lie across a cut inside a group.
 *
 * Cost O(n d (d + parts)) with at most 16 parts a group, memory O(n d).
 *
 * @returns the verdict, the pairs that touch with p and profile, and whether the labels look made from the points.
 * @throws UndefinedMetricError for fewer than two groups and for metric 'precomputed', which has no lines; InputError and
 *   ShapeError for bad input.
 *
 * @example
 * import { clusterGaps } from 'clusterlens';
 * // A grid of 400 points, which the labels cut in the middle; and the same with the right half moved away.
 * const grid = Array.from({ length: 400 }, (_, i) => [i % 20, Math.floor(i / 20)]);
 * const labels = grid.map(([x]) => (x! < 10 ? 'left' : 'right'));
 * const apart = grid.map(([x, y]) => [x! < 10 ? x! : x! + 10, y!]);
 * console.log(clusterGaps(grid, labels).verdict, clusterGaps(apart, labels).verdict); // one-cloud groups
 */
export function clusterGaps<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: ClusterGapsOptions,
): ClusterGaps<ReadLabel<L>>;
export function clusterGaps<L extends Label>(dataset: Dataset<L>, options?: ClusterGapsOptions): ClusterGaps<L>;
export function clusterGaps(
  first: Points | Dataset,
  second?: Labels | ClusterGapsOptions,
  third?: ClusterGapsOptions,
  ...more: []
): ClusterGaps {
  const where = 'clusterGaps';
  nothingMore(where, more, [first, second, third]);
  const { data, options } = admit(where, first, second, third, OPTIONS);
  const metric = resolveMetric(where, options.metric);
  const settings = {
    metric: metric.name,
    labelsFrom: oneOf(where, 'labelsFrom', options.labelsFrom, LABELS_FROM, 'auto'),
    alpha: numberIn(where, 'alpha', options.alpha, { min: 1e-4, max: 0.5 }, 0.05),
    sampleSize: numberIn(where, 'sampleSize', options.sampleSize, { min: 50, integer: true }, 5000),
    seed: seedOf(where, options.seed),
    noise: codeOfLabel(
      where,
      'noiseLabel',
      options.noiseLabel === undefined ? data.noiseLabel : readLabel(where, options.noiseLabel, 'option noiseLabel'),
      data.classes,
    ),
  };
  if (metric.kind === 'precomputed') {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: needs coordinates to draw lines in, got metric 'precomputed'; give the points`,
    );
  }
  const points = standardizeOf(where, options.standardize, metric) ? zScores(data.points, data.n, data.d) : data.points;
  requireDomain(where, metric, points, data.d);
  return gapsOf(where, { ...data, points }, settings);
}
