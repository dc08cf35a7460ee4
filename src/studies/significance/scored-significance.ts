import { Rng } from '../../core/rng.js';
import { isPrecomputed } from '../../data/condensed.js';
import { rowNameOf } from '../../data/row-name.js';
import type { Part } from '../../data/row-sample.js';
import { rowsToScore } from '../../data/rows-to-score.js';
import type { Metric } from '../../distance/metric.js';
import { resolveMetric } from '../../distance/metric.js';
import type { DistanceSource } from '../../distance/source.js';
import { requireClusters } from '../../metrics/internal/scope.js';
import { dealLabels } from '../../statistics/deal-labels.js';
import { rowOrder } from '../../statistics/row-order.js';
import { stratifiedSample } from '../../statistics/stratified-sample.js';
import { labelingSummer } from './labeling-sums.js';
import { significanceOf, sumsOfAll } from './significance.js';
import type { SignificanceResult } from './significance-types.js';
import { summariseLabelings } from './summarise-labelings.js';

/** Additions that the permuted labelings of a sample may cost. */
const NULL_EFFORT = 2e9;
const FEWEST = 100;

/** How many rows a diagnosis scores: all, or as many as `rowsToScore` allows up to `most`. */
export function scoredRows(part: Pick<Part, 'n' | 'd'>, most: number): number {
  return part.n <= most ? part.n : Math.min(most, rowsToScore(part));
}

/** How many of some rows are in each of k clusters. */
export function takenOf(labels: Int32Array, rows: Int32Array, k: number): Int32Array {
  const taken = new Int32Array(k);
  for (const i of rows) taken[labels[i]!]!++;
  return taken;
}

/** Rows that are scored, and those on which permuted labelings are; each is compared with all rows. */
export interface ScoredRows {
  readonly rows: Int32Array;
  readonly nullRows: Int32Array;
}

/** How rows are scored. */
export interface ScoredSetup {
  readonly metric: Metric;
  readonly permutations: number;
  readonly seed: number;
  /** Rows that are scored at most. */
  readonly most: number;
  /** Distances between all rows, where they are at hand. */
  readonly source?: DistanceSource | undefined;
}

/** The rows to score where there are more than `most`, drawn by class as `silhouette` draws them; null: all. */
export function drawScoredRows(part: Part, { metric, permutations, seed, most }: ScoredSetup): ScoredRows | null {
  const size = scoredRows(part, most);
  if (size >= part.n) return null;
  const square = isPrecomputed(metric);
  const rows = stratifiedSample(part, size, seed, square);
  const fewer = Math.max(FEWEST, Math.floor(NULL_EFFORT / (part.n * permutations)));
  return { rows, nullRows: fewer >= rows.length ? rows : stratifiedSample(part, fewer, seed, square) };
}

/** Silhouette and neighbour agreement of the rows that `scoredSignificance` scores, without chance beside them. */
export function scoredIndices(where: string, part: Part, setup: Omit<ScoredSetup, 'permutations'>) {
  const { n, d, k, labels, counts, points } = part;
  requireClusters(where, part);
  const source = setup.source ?? resolveMetric(where, setup.metric).source(where, { points, n, d });
  const rows = drawScoredRows(part, { ...setup, permutations: 1 })?.rows;
  const sums =
    rows === undefined ? sumsOfAll(source, [labels], counts) : labelingSummer(source, [labels], counts)(rows);
  const taken = rows === undefined ? counts : takenOf(labels, rows, k);
  let [silhouette, neighborAgreement] = [0, 0];
  for (let c = 0; c < k; c++) {
    silhouette += (sums.widths[c]! * (counts[c]! / taken[c]!)) / n;
    neighborAgreement += sums.agreements[c]! * (counts[c]! / taken[c]!);
  }
  return { silhouette, neighborAgreement: neighborAgreement / n };
}

/** Labelings that deal the labels of the rows anew among themselves, and those of all others too. */
export function dealt(
  part: Part,
  rows: Int32Array,
  { metric, permutations, seed }: Omit<ScoredSetup, 'most'>,
): Int32Array[] {
  const { labels } = part;
  const rng = new Rng(seed);
  const inside = new Uint8Array(labels.length);
  for (const i of rows) inside[i] = 1;
  const order = rowOrder(part, { square: isPrecomputed(metric) });
  const sets = [1, 0].map((side) => order.filter((i) => inside[i] === side));
  return Array.from({ length: permutations }, () => {
    const out = labels.slice();
    for (const set of sets) dealLabels(out, set, rng);
    return out;
  });
}

/**
 * `significance` of all rows where they are at most `most`; above, of rows drawn by class as `silhouette`
 * draws them, each compared with all rows. The permuted labelings may then be scored on fewer of these
 * rows, which makes their spread larger, and p larger rather than smaller.
 */
export function scoredSignificance(where: string, part: Part, setup: ScoredSetup): SignificanceResult {
  const { metric, permutations, seed } = setup;
  const { n, d, k, labels, counts, points } = part;
  const drawn = drawScoredRows(part, setup);
  const resolved = resolveMetric(where, metric);
  const source = setup.source ?? resolved.source(where, { points, n, d }, { rowName: rowNameOf(part) });
  if (drawn === null) return significanceOf(where, part, { metric: resolved, permutations, seed }, source);
  const { rows, nullRows } = drawn;
  requireClusters(where, part);
  const found = summariseLabelings(
    part,
    { sums: labelingSummer(source, [labels], counts)(rows), taken: takenOf(labels, rows, k) },
    {
      sums: labelingSummer(source, dealt(part, nullRows, setup), counts)(nullRows),
      taken: takenOf(labels, nullRows, k),
    },
  );
  const sample = rows.length === n ? {} : { sample: { rows: rows.length, of: n } };
  return { ...found, permutations, seed, metric: resolved.name, n, k, ...sample };
}
