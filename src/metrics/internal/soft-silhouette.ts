import { ShapeError, UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points } from '../../core/types.js';
import { isPrecomputed, squareOf } from '../../data/condensed.js';
import { datasetOf } from '../../data/dataset.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import { fitMetric, type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { clusterWeights } from '../../kernels/cluster-order.js';
import { densitySilhouette } from './density-silhouette.js';
import { heldBy, type RankedColumns, rankColumns, rowEntropies } from './membership-rows.js';
import { type Memberships, readMemberships } from './memberships.js';
import { requireClusters, scopeOf } from './scope.js';
import { summariseWidths, type WidthSummary } from './silhouette-widths.js';
import type { BetweenTwo, SoftCluster, SoftSilhouetteResult } from './soft-silhouette-result.js';

export interface SoftSilhouetteOptions<L extends Label = Label> {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Exponent of the weights (u1 - u2)^alpha, above 0. Default 1, as in the paper; R's package Silhouette has 2. */
  readonly alpha?: number | undefined;
  /** Names of the columns of the memberships. Default 0, 1, 2, ... */
  readonly names?: Labels<L> | undefined;
  /** How far the sum of a row may be from 1, at most 0.1. Default 1e-12; 1e-6 for a row of float32. */
  readonly tolerance?: number | undefined;
}

const WHERE = 'softSilhouette';

/** Widths of the rows under their crisp labels, which are numbers of columns. */
function crispWidths(points: unknown, columns: Int32Array, askedMetric: unknown) {
  const table = readPoints(WHERE, isPrecomputed(askedMetric) ? squareOf(WHERE, points) : points, 'borrow');
  if (table.n !== columns.length) {
    throw new ShapeError(
      'length-mismatch',
      `${WHERE}: needs one row of memberships per row, got ${table.n} rows and ${columns.length} of memberships`,
    );
  }
  const classes = [...new Set(columns)].sort((a, b) => a - b);
  const codeOf = new Map(classes.map((column, code) => [column, code]));
  const labels = columns.map((column) => codeOf.get(column)!);
  const counts = new Int32Array(classes.length);
  for (const code of labels) counts[code]!++;
  const { n, d } = table;
  const data = datasetOf({ n, d, k: classes.length, points: table.data, labels, classes, counts });
  const asked = resolveMetric(WHERE, askedMetric);
  const scope = scopeOf(WHERE, data, {}, asked.kind === 'precomputed');
  requireClusters(WHERE, scope);
  const metric = fitMetric(WHERE, asked, scope.points, n, d, undefined);
  requireDomain(WHERE, metric, scope.points, d);
  const means = metric.means(WHERE, scope, {}).compute();
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const widths = summariseWidths(scope, means, rows, clusterWeights(scope, undefined), 'zero');
  return { n, d, metric: metric.name, widths };
}

/** Weighted mean width, in total and by column; sums in the order of the crisp silhouette, so that weights of 1 give it to the bit. */
function weightedMeans(columns: Int32Array, weights: Float64Array, widths: Float64Array, k: number) {
  const sums = new Float64Array(k);
  const weightOf = new Float64Array(k);
  columns.forEach((column, i) => {
    sums[column]! += weights[i]! * widths[i]!;
    weightOf[column]! += weights[i]!;
  });
  const means = Array.from(sums, (sum, column) => (weightOf[column] === 0 ? null : sum / weightOf[column]!));
  let score = 0;
  let all = 0;
  means.forEach((mean, column) => {
    score += weightOf[column]! * (mean ?? 0);
    all += weightOf[column]!;
  });
  return { score: score / all, all, means };
}

function betweenRows(memberships: Memberships, ranked: RankedColumns) {
  const { data, n, k, names } = memberships;
  const between: BetweenTwo[] = [];
  const several: number[] = [];
  for (let i = 0; i < n; i++) {
    const held = heldBy(memberships, ranked, i);
    if (held === 3) several.push(i);
    if (held !== 2) continue;
    const [a, b] = [ranked.first[i]!, ranked.second[i]!];
    between.push({ row: i, labels: [names[a]!, names[b]!], memberships: [data[i * k + a]!, data[i * k + b]!] });
  }
  return { between, amongSeveral: Int32Array.from(several) };
}

function clustersOf(
  { data, n, k, names }: Memberships,
  { clusters }: WidthSummary,
  means: readonly (number | null)[],
): SoftCluster[] {
  const crisp = new Map(clusters.map((cluster) => [cluster.label, cluster]));
  return names.map((label, column) => {
    let membership = 0;
    for (let i = 0; i < n; i++) membership += data[i * k + column]!;
    const own = crisp.get(column);
    return { label, size: own?.size ?? 0, membership, score: means[column]!, crispScore: own?.score ?? null };
  });
}

/**
 * Silhouettes of soft labels: n x k memberships of fuzzy c-means, a mixture of Gaussians, topics.
 *
 * `score` is the fuzzy silhouette (Campello and Hruschka 2006, doi:10.1016/j.fss.2006.07.006): each row is put into
 * the cluster of its largest membership, and the widths of this crisp clustering are averaged with the weights
 * (u1 - u2)^alpha, u1 and u2 the two largest memberships of the row. In [-1, 1]; higher is better. Memberships
 * of 0 and 1 give the crisp silhouette, to the bit. A row whose two largest memberships are equal has weight 0.
 *
 * `density` is the density-based silhouette (Menardi 2011, doi:10.1007/s11222-010-9169-0), of the memberships
 * alone: log(u1 / u2), divided by the largest of all rows. It needs posteriors above 0.
 *
 * `between` lists rows that two clusters hold nearly alike: odds u1 / u2 of at most 3, which Kass and Raftery 1995
 * call not worth more than a bare mention, while the odds of the second against the third are above 3.
 * Memberships of fuzzy c-means are no probabilities: there the odds compare degrees.
 *
 * R's package Silhouette 0.9.6 differs: its exponent is 2, its widths are those of distances to centres, its
 * `softSilhouette` takes memberships for proximities and needs no points, its `dbSilhouette` quotes the median, and
 * its sums may be off by 1.5e-8.
 *
 * Cost: that of `silhouette`, and O(n k).
 *
 * @param points n x d, or n x n distances with `metric: 'precomputed'`.
 * @param memberships n x k in the forms of points; rows sum to 1.
 * @throws InputError with the row whose memberships do not sum to 1 or leave [0, 1]; ShapeError;
 *   UndefinedMetricError where crisp labels are fewer than 2 or more than n - 1, or all weights are 0.
 *
 * @example
 * import { softSilhouette } from 'clusterlens';
 * const memberships = [[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]];
 * const { score, crisp, between } = softSilhouette([[0], [1], [5], [6]], memberships, { names: ['a', 'b'] });
 * console.log(score.toFixed(3), crisp.score.toFixed(3)); // 0.805 0.798
 * console.log(between[0]); // { row: 1, labels: [ 'a', 'b' ], memberships: [ 0.75, 0.25 ] }
 */
export function softSilhouette<L extends Label = number>(
  points: Points,
  memberships: Points,
  options?: SoftSilhouetteOptions<L>,
): SoftSilhouetteResult<L>;
export function softSilhouette(
  points: Points,
  memberships: Points,
  options?: SoftSilhouetteOptions,
  ...more: []
): SoftSilhouetteResult {
  nothingMore(WHERE, more, [points, memberships, options]);
  const given = checkOptions(WHERE, options, ['metric', 'alpha', 'names', 'tolerance']);
  const alpha = numberIn(WHERE, 'alpha', given.alpha, { min: 0, open: true }, 1);
  const read = readMemberships(WHERE, memberships, given);
  const { data, k, names } = read;
  const ranked = rankColumns(read);
  const { n, d, metric, widths } = crispWidths(points, ranked.first, given.metric);
  const at = (i: number, column: number) => data[i * k + column]!;
  const weights = Float64Array.from(ranked.first, (column, i) => (at(i, column) - at(i, ranked.second[i]!)) ** alpha);
  const { score, all, means } = weightedMeans(ranked.first, weights, widths.samples, k);
  if (all === 0) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${WHERE}: some row must have one largest membership, got two that are equal in each of the ${n} rows` +
        ` (weights (u1 - u2)^${alpha} are all 0)`,
    );
  }
  const density = densitySilhouette(read, ranked);
  const entropies = rowEntropies(read);
  const entropy = entropies.reduce((sum, value) => sum + value, 0) / n;
  return {
    score,
    alpha,
    crisp: { score: widths.score, macroScore: widths.macroScore },
    labels: Array.from(ranked.first, (column) => names[column]!),
    samples: widths.samples,
    weights,
    clusters: clustersOf(read, widths, means),
    entropy: { mean: entropy, share: entropy / Math.log(k), samples: entropies },
    ...betweenRows(read, ranked),
    tiedCount: ranked.first.reduce((count, column, i) => count + Number(at(i, column) === at(i, ranked.second[i]!)), 0),
    density: typeof density === 'string' ? null : density,
    ...(typeof density === 'string' ? { densityReason: density } : {}),
    metric,
    n,
    d,
    k,
  };
}
