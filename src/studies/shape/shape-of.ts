import { attempt } from '../../core/attempt.js';
import { datasetOf } from '../../data/dataset.js';
import { rowNameOf } from '../../data/row-name.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { fillMatrix } from '../../distance/matrix-rows.js';
import { fitMetric, type Metric, type ResolvedMetric, resolveMetric } from '../../distance/metric.js';
import { rowRuns } from '../../distance/row-runs.js';
import { classCounts } from '../../kernels/class-counts.js';
import { dbcv } from '../../metrics/internal/dbcv.js';
import { matrixSilhouette } from '../../metrics/internal/matrix-silhouette.js';
import { requireClusters } from '../../metrics/internal/scope.js';
import { beyondChance } from '../../statistics/beyond-chance.js';
import { meanOf } from '../../statistics/mean.js';
import { pairChance } from '../../statistics/pair-chance.js';
import { pairedTail } from '../../statistics/paired-tail.js';
import { rowOrder } from '../../statistics/row-order.js';
import { independentNeighbors, shareInterval } from '../../statistics/share-interval.js';
import { assigned, compactLabels, medoidsOf } from './compact-labels.js';
import { nearShares } from './near-shares.js';
import type { ClusterShapeResult, LabelingView } from './shape-types.js';

/** Nearest rows looked at: one tells too little where few are cut, and a near copy would vouch for any label. */
const NEIGHBORS = 5;
/** A difference of silhouettes, or of adjusted agreements, that counts: docs/shape.md has the rates. */
const MARGIN = 0.05;
/** Silhouette from which on a reasonable structure was found (Kaufman and Rousseeuw 1990, table 4): nothing needs to be said of it. */
const REASONABLE = 0.5;
/** Halfway between chance and agreement of all neighbours. */
const HALF = 0.5;
/** Rows that the density-based index is computed on at most, and multiplications that the distances may cost. */
const DENSITY_ROWS = 500;
const EFFORT = 4e8;
const LEAST_ROWS = 200;
const NORMAL_95 = 1.645;

function densityOf(
  part: Part,
  compact: Int32Array,
  metric: ResolvedMetric,
  seed: number,
): ClusterShapeResult['density'] {
  if (metric.kind === 'precomputed') return { reason: 'distances were given in place of coordinates' };
  const rows = sampleRows(part, DENSITY_ROWS, seed);
  const score = (labels: Int32Array) =>
    dbcv(datasetOf(partOf({ ...part, labels }, rows)), { metric: metric.spec }).score;
  return attempt(() => ({ given: score(part.labels), compact: score(compact) }));
}

/** `clusterShape` of rows that were read. */
export function shapeOf(
  where: string,
  all: Part,
  setup: {
    readonly metric: Metric;
    readonly alpha: number;
    readonly seed: number;
    readonly most: number;
    /** Rows of which these are a sample. Default: these are all. */
    readonly of?: number;
  },
): ClusterShapeResult {
  requireClusters(where, all);
  const { alpha, seed, most, of = all.n } = setup;
  const resolved = resolveMetric(where, setup.metric);
  const square = resolved.kind === 'precomputed';
  const metric = fitMetric(where, resolved, all.points, all.n, all.d);
  const affordable = square ? most : Math.max(LEAST_ROWS, Math.floor(Math.sqrt(EFFORT / all.d)));
  const rows = sampleRows(all, Math.min(most, affordable), seed, square);
  const drawn = rows.length === all.n ? all : partOf(all, rows, square);
  // Of rows that tie for a medoid the first is taken: first by what rows are, wherever they stood.
  const part = partOf(drawn, rowOrder(drawn, { square }), square);
  requireClusters(where, part);
  const { n, d, k, labels } = part;
  const distances = new Float64Array(n * n);
  fillMatrix(metric.source(where, { points: part.points, n, d }, { rowName: rowNameOf(part) }), rowRuns(n), distances);
  const neighbors = Math.min(NEIGHBORS, n - 1);
  const { labels: compact, silhouette } = compactLabels(distances, labels, k);
  const shares = nearShares(distances, [labels, compact], neighbors);
  const viewed = (own: Int32Array, share: Float64Array, score: number): LabelingView => {
    const agreement = meanOf(share);
    const chance = pairChance(classCounts(own, k), own.length);
    return { silhouette: score, agreement, chance, adjusted: beyondChance(agreement, chance) };
  };
  const first = viewed(labels, shares[0]!, matrixSilhouette(distances, labels, k));
  const second = viewed(compact, shares[1]!, silhouette);
  const scaled = (v: number, { chance }: LabelingView) => beyondChance(v, chance);
  const own = assigned(distances, n, medoidsOf(distances, labels, k));
  const hits = Float64Array.from(own, (c, i) => (c === labels[i] ? 1 : 0));
  const centred = hits.reduce((sum, v) => sum + v, 0) / n;
  const beyondCompact = pairedTail(shares[0]!.map((v, i) => scaled(v, first) - scaled(shares[1]![i]!, second)));
  // A thin class is cut at few rows, so that neighbours hardly object to compact groups; its middle says little of it then.
  const beyondCentres =
    scaled(first.agreement, first) - scaled(centred, first) >= MARGIN
      ? pairedTail(shares[0]!.map((v, i) => v - hits[i]!))
      : 1;
  const p = Math.min(1, 2 * Math.min(beyondCompact, beyondCentres));
  const [low, high] = shareInterval(Math.min(1, first.agreement), independentNeighbors(n, n), NORMAL_95).map((v) =>
    scaled(v, first),
  ) as [number, number];
  const preferred = first.silhouette < REASONABLE && silhouette - first.silhouette >= MARGIN;
  return {
    shape: !preferred ? 'compact' : p <= alpha && low >= HALF ? 'other' : 'unclear',
    given: first,
    compact: second,
    centred,
    interval: { low, high, level: 0.9 },
    p,
    density: preferred ? densityOf(part, compact, metric, seed) : { reason: 'the silhouette prefers no other groups' },
    margin: MARGIN,
    neighbors,
    alpha,
    metric: metric.name,
    seed,
    n: of,
    k: all.k,
    ...(n === of ? {} : { sample: { rows: n, of } }),
  };
}
