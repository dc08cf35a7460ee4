import { rowNameOf } from '../../data/row-name.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { fillMatrix } from '../../distance/matrix-rows.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { rowRuns } from '../../distance/row-runs.js';
import { matrixSilhouette } from '../../metrics/internal/matrix-silhouette.js';
import { requireClusters } from '../../metrics/internal/scope.js';
import { rowCeiling } from './row-ceiling.js';

/** How near a clustering comes to what its points allow. */
export interface Ceiling {
  /** Mean silhouette of the rows used. */
  readonly silhouette: number;
  /** What clusters of the same sizes cannot pass there. */
  readonly ceiling: number;
  /** silhouette / ceiling, at most 1; null where the ceiling is 0. */
  readonly reached: number | null;
  readonly rows: number;
}

/** Multiplications that distances may cost, and rows that are taken at least. */
const EFFORT = 1e8;
const LEAST_ROWS = 150;

/** The silhouette beside the ceiling for clusters of these sizes, over rows compared among themselves. */
export function ceilingOf(
  where: string,
  all: Part,
  setup: { readonly metric: Metric; readonly seed: number; readonly most: number },
): Ceiling {
  const metric = resolveMetric(where, setup.metric);
  const square = metric.kind === 'precomputed';
  const affordable = Math.max(LEAST_ROWS, Math.floor(Math.sqrt(EFFORT / (square ? 1 : all.d))));
  const rows = sampleRows(all, Math.min(setup.most, affordable), setup.seed, square);
  const part = rows.length === all.n ? all : partOf(all, rows, square);
  requireClusters(where, part);
  const { n, d, k, labels, counts } = part;
  const distances = new Float64Array(n * n);
  fillMatrix(metric.source(where, { points: part.points, n, d }, { rowName: rowNameOf(part) }), rowRuns(n), distances);
  const silhouette = matrixSilhouette(distances, labels, k);
  const bound = rowCeiling(n, Int32Array.from(new Set(counts)).sort());
  const others = new Float64Array(n - 1);
  let ceiling = 0;
  for (let i = 0; i < n; i++) {
    others.set(distances.subarray(i * n, i * n + i));
    others.set(distances.subarray(i * n + i + 1, (i + 1) * n), i);
    ceiling += bound(others.sort()).width / n;
  }
  return { silhouette, ceiling, reached: ceiling === 0 ? null : Math.min(1, silhouette / ceiling), rows: n };
}
