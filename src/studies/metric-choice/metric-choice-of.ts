import { rowNameOf } from '../../data/row-name.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { fillMatrix } from '../../distance/matrix-rows.js';
import { fitMetric, type Metric, type ResolvedMetric, resolveMetric, takesAnyNumbers } from '../../distance/metric.js';
import { rowRuns } from '../../distance/row-runs.js';
import { nearestTies } from '../../kernels/nearest-ties.js';
import { matrixWidths } from '../../metrics/internal/matrix-silhouette.js';
import { requireClusters } from '../../metrics/internal/scope.js';
import { beyondChance } from '../../statistics/beyond-chance.js';
import { binomialTail } from '../../statistics/binomial-tail.js';
import { meanOf } from '../../statistics/mean.js';
import { pairChance } from '../../statistics/pair-chance.js';
import { pairedTail } from '../../statistics/paired-tail.js';
import { independentNeighbors } from '../../statistics/share-interval.js';
import { zScores } from '../../statistics/z-scores.js';
import type { MetricCandidate, MetricChoiceResult } from './metric-choice-types.js';

/** Gains that count. A silhouette moves more than neighbours do by a mere change of the scale of distances. */
const MARGINS = { agreement: 0.05, silhouette: 0.1 } as const;
/** Silhouette from which on a reasonable structure was found (Kaufman and Rousseeuw 1990, table 4): it hides nothing. */
const REASONABLE = 0.5;
/** Below this silhouette there is no substantial structure (the same table); a rise by as much is a whole class of that table. */
const STRUCTURE = 0.25;
/** Multiplications that the distances of one metric may cost, and the rows that they are taken of at least. */
const EFFORT = 2e8;
const LEAST_ROWS = 200;
/** Distances that are squares of lengths, up to a factor. */
const SQUARES = ['cosine', 'correlation', 'sqeuclidean'];

interface Seen {
  /** For each row the share of its nearest others with its label, and its silhouette width. */
  readonly agree: Float64Array;
  readonly widths: Float64Array;
}

/** Scratch for the distances is shared by all metrics. */
function viewer(where: string, { n, d, k, labels, rows }: Part) {
  const distances = new Float64Array(n * n);
  const ties = new Int32Array(n);
  return (points: Float64Array, metric: ResolvedMetric): Seen => {
    fillMatrix(metric.source(where, { points, n, d }, { rowName: rowNameOf({ rows }) }), rowRuns(n), distances);
    if (SQUARES.includes(metric.name))
      for (let p = 0; p < distances.length; p++) distances[p] = Math.sqrt(distances[p]!);
    const agree = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const count = nearestTies(distances.subarray(i * n, (i + 1) * n), i, ties);
      for (let t = 0; t < count; t++) if (labels[ties[t]!] === labels[i]) agree[i]! += 1 / count;
    }
    return { agree, widths: matrixWidths(distances, labels, k) };
  };
}

/** Rows of which one metric alone finds a neighbour of the label; a row with several nearest counts by their share. */
function oneSided(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, v, i) => sum + Math.max(0, v - other[i]!), 0);
}

/** Differences of numbers in -1 to 1 below this are rounding. */
const ROUNDING = 1e-9;
const beyondRounding = (difference: number) => (Math.abs(difference) < ROUNDING ? 0 : difference);

const ORDER = ['euclidean', 'manhattan', 'cosine', 'correlation'];
const place = ({ standardize, metric }: MetricCandidate) => (standardize ? -1 : ORDER.indexOf(metric));

/** The names that are tried beside the metric in use; null stands for standardised columns. */
function candidatesFor(metric: ResolvedMetric, d: number, standardized: boolean): (Metric | null)[] {
  const names: Metric[] = [
    'euclidean',
    'manhattan',
    ...(d >= 2 ? (['cosine'] as const) : []),
    ...(d >= 3 ? (['correlation'] as const) : []),
  ];
  const scaled = standardized || d < 2 || !takesAnyNumbers(metric) ? [] : [null];
  const same = (name: Metric) => name === metric.name || (name === 'euclidean' && metric.name === 'sqeuclidean');
  return [...names.filter((name) => !same(name) && (d > 1 || name === 'euclidean')), ...scaled];
}

/** `metricChoice` of rows that were read; `standardized` says that their columns were scaled before. */
export function metricChoiceOf(
  where: string,
  all: Part,
  setup: {
    readonly metric: Metric;
    readonly standardized: boolean;
    readonly alpha: number;
    readonly seed: number;
    readonly most: number;
    /** Rows of which these are a sample. Default: these are all. */
    readonly of?: number;
  },
): MetricChoiceResult {
  requireClusters(where, all);
  const { alpha, seed, most, standardized, of = all.n } = setup;
  const used = fitMetric(where, resolveMetric(where, setup.metric), all.points, all.n, all.d);
  const rows = sampleRows(all, Math.min(most, Math.max(LEAST_ROWS, Math.floor(Math.sqrt(EFFORT / all.d)))), seed);
  const part = rows.length === all.n ? all : partOf(all, rows);
  requireClusters(where, part);
  const { n, d, counts } = part;
  const view = viewer(where, part);
  const own = view(part.points, used);
  const chance = pairChance(counts, n);
  const described = ({ agree, widths }: Seen) => {
    const agreement = meanOf(agree);
    return { agreement, adjusted: beyondChance(agreement, chance), silhouette: meanOf(widths) };
  };
  const current = described(own);
  const tried = candidatesFor(used, d, standardized);
  const weight = independentNeighbors(n, n) / n;
  const candidates = tried.map((name): MetricCandidate => {
    const other =
      name === null ? view(zScores(part.points, n, d), used) : view(part.points, resolveMetric(where, name));
    const gained = oneSided(other.agree, own.agree);
    const lost = oneSided(own.agree, other.agree);
    // Two rows that are nearest to each other count as one, shares of ties for the metric in use.
    const wins = Math.floor(gained * weight + 1e-9);
    const trials = wins + Math.ceil(lost * weight - 1e-9);
    const corrected = (p: number) => Math.min(1, p * tried.length);
    const p = corrected(binomialTail(wins, trials, 0.5));
    const silhouetteP = corrected(pairedTail(other.widths.map((width, i) => beyondRounding(width - own.widths[i]!))));
    const seen = described(other);
    const nearer = seen.adjusted - current.adjusted >= MARGINS.agreement && p <= alpha;
    const rise = seen.silhouette - current.silhouette;
    const clearer =
      seen.agreement >= current.agreement &&
      ((current.silhouette < REASONABLE && seen.silhouette >= REASONABLE && rise >= MARGINS.silhouette) ||
        (current.silhouette < STRUCTURE && rise >= STRUCTURE));
    const metric = name === null ? used.name : resolveMetric(where, name).name;
    return {
      metric,
      standardize: name === null,
      ...seen,
      gained,
      lost,
      p,
      silhouetteP,
      better: silhouetteP <= alpha && (nearer || clearer),
    };
  });
  // Candidates that differ by rounding alone stay in the order in which they were tried.
  const rank = (a: MetricCandidate, b: MetricCandidate) =>
    Number(b.better) - Number(a.better) ||
    beyondRounding(b.adjusted - a.adjusted) ||
    beyondRounding(b.silhouette - a.silhouette);
  candidates.sort(rank);
  const better = candidates.filter((candidate) => candidate.better);
  // Of those that do nearly as well as the best the one that departs least from the columns as they are.
  const choice = better
    .filter(
      ({ adjusted, silhouette }) =>
        better[0]!.adjusted - adjusted < MARGINS.agreement && better[0]!.silhouette - silhouette < MARGINS.silhouette,
    )
    .reduce<MetricCandidate | null>((first, one) => (first === null || place(one) < place(first) ? one : first), null);
  return {
    choice,
    current,
    candidates,
    chance,
    margins: MARGINS,
    alpha,
    metric: used.name,
    seed,
    n: of,
    k: all.k,
    ...(n === of ? {} : { sample: { rows: n, of } }),
  };
}
