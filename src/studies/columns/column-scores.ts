import { InputError, UndefinedMetricError } from '../../core/errors.js';
import { rowNameOf } from '../../data/row-name.js';
import type { Part } from '../../data/row-sample.js';
import { eachRow } from '../../distance/each-row.js';
import { type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { silhouetteWidth } from '../../kernels/cluster-means.js';
import { nearestTies } from '../../kernels/nearest-ties.js';
import { requireClusters } from '../../metrics/internal/scope.js';
import { meanOf } from '../../statistics/mean.js';

/** Two scores of the same rows: they ask for different things of a clustering. */
export interface ColumnScores {
  /** Mean silhouette, -1 to 1; higher is better. */
  readonly silhouette: number;
  /** Share of rows whose nearest other row has the same label, 0 to 1; higher is better. */
  readonly neighborAgreement: number;
}

/** The scores with what each row gives to them. */
export interface RowScores extends ColumnScores {
  readonly widths: Float64Array;
  readonly agreements: Float64Array;
}

/** A change of a score that matters. */
export const MATTERS = 0.05;

/** Silhouette width and neighbour agreement of each row of a part, all rows compared with each other. Cost O(n^2 d). */
function rowScores(where: string, part: Part, metric: Metric): RowScores {
  requireClusters(where, part);
  const { n, d, k, points, labels, counts } = part;
  const resolved = resolveMetric(where, metric);
  requireDomain(where, resolved, points, d, rowNameOf(part));
  const widths = new Float64Array(n);
  const agreements = new Float64Array(n);
  const sums = new Float64Array(k);
  const ties = new Int32Array(n);
  eachRow(resolved.source(where, { points, n, d }, { rowName: rowNameOf(part) }), (i, distances) => {
    const own = labels[i]!;
    const count = nearestTies(distances, i, ties);
    let matching = 0;
    for (let t = 0; t < count; t++) if (labels[ties[t]!] === own) matching++;
    agreements[i] = matching / count;
    sums.fill(0);
    for (let j = 0; j < n; j++) if (j !== i) sums[labels[j]!]! += distances[j]!;
    let nearest = Infinity;
    for (let c = 0; c < k; c++) if (c !== own) nearest = Math.min(nearest, sums[c]! / counts[c]!);
    widths[i] = counts[own] === 1 ? 0 : silhouetteWidth(sums[own]! / (counts[own]! - 1), nearest);
  });
  return { widths, agreements, silhouette: meanOf(widths), neighborAgreement: meanOf(agreements) };
}

/** `rowScores`, or why these rows or columns have none: too few clusters, or columns that the metric does not take. */
export function scoresOrReason(where: string, part: Part, metric: Metric): RowScores | { readonly reason: string } {
  try {
    return rowScores(where, part, metric);
  } catch (error) {
    if (error instanceof UndefinedMetricError || error instanceof InputError) return { reason: error.message };
    throw error;
  }
}

/** The same rows in some of their columns. */
export function inColumns(part: Part, columns: readonly number[]): Part {
  const { n, d, points } = part;
  const out = new Float64Array(n * columns.length);
  let at = 0;
  for (let i = 0; i < n; i++) for (const c of columns) out[at++] = points[i * d + c]!;
  return { ...part, d: columns.length, points: out };
}

/** The columns that are not named. */
export function otherColumns(d: number, columns: Iterable<number>): number[] {
  const named = new Set(columns);
  return Array.from({ length: d }, (_, c) => c).filter((c) => !named.has(c));
}

/** The scores alone. */
export function plainScores({ silhouette, neighborAgreement }: ColumnScores): ColumnScores {
  return { silhouette, neighborAgreement };
}
