import type { Label, Labels, Points } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import type { LooseOptions } from '../../data/options.js';
import type { PointUse } from '../../data/points.js';
import { eachRow } from '../../distance/each-row.js';
import { type Metric, type ResolvedMetric, resolveMetric } from '../../distance/metric.js';
import { type DistanceSource, distanceSource } from '../../distance/source.js';
import { type NoiseOptions, type NoiseReport, requireClusters, type Scope, scopeOf } from './scope.js';

export interface NeighborAgreementOptions extends NoiseOptions {
  readonly noise?: 'exclude' | 'singletons' | undefined;
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
}

export interface NeighborAgreementResult {
  /** Share of rows whose nearest other row has the same label, in [0, 1]; higher is better. */
  readonly score: number;
  /** The score that is expected when labels are dealt out at random: sum of n_c (n_c - 1) / (n (n - 1)). */
  readonly expected: number;
  /** Nearest other row of each row (input rows); the first on ties. -1 for rows that are noise. */
  readonly nearest: Int32Array;
  readonly clusters: ReadonlyArray<{
    readonly label: Label;
    readonly size: number;
    readonly score: number;
    readonly expected: number;
  }>;
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly noise?: NoiseReport;
}

/** Nearest other row of each of `rows` (default: of every row); the first on ties. */
export function nearestRows(source: DistanceSource, rows?: Int32Array): Int32Array {
  const { n } = source;
  const nearest = new Int32Array(rows === undefined ? n : rows.length);
  const visit = (i: number, distances: Float64Array, s: number) => {
    distances[i] = Infinity;
    let best = i === 0 ? 1 : 0;
    for (let j = 0; j < n; j++) if (distances[j]! < distances[best]!) best = j;
    nearest[s] = best;
  };
  eachRow(source, visit, rows);
  return nearest;
}

/** Everything about a neighbour agreement but its distances. */
export interface NeighborPlan {
  readonly where: string;
  readonly scope: Scope;
  readonly metric: ResolvedMetric;
  /** The options, their names checked. */
  readonly options: LooseOptions;
  /** The result, from the nearest other row of each row of the scope. */
  finish(best: Int32Array): NeighborAgreementResult;
}

/** Reads the arguments of `neighborAgreement`; `more` names options that the caller reads, `use` says whether it goes on after it has returned. */
export function neighborPlan(
  first: unknown,
  second: unknown,
  third: unknown,
  more: readonly string[] = [],
  use: PointUse = 'borrow',
): NeighborPlan {
  const where = 'neighborAgreement';
  const { data, options } = admit(where, first, second, third, ['metric', 'noise', 'noiseLabel', ...more], use);
  const metric = resolveMetric(where, options.metric);
  const scope = scopeOf(where, data, options, metric.kind === 'precomputed');
  requireClusters(where, scope);
  const { n, d, k, labels, classes, counts, noise, rows } = scope;
  const finish = (best: Int32Array): NeighborAgreementResult => {
    const nearest = new Int32Array(data.n).fill(-1);
    const hits = new Float64Array(k);
    for (let i = 0; i < n; i++) {
      nearest[rows[i]!] = rows[best[i]!]!;
      if (labels[best[i]!] === labels[i]) hits[labels[i]!]!++;
    }
    let expected = 0;
    for (const count of counts) expected += (count * (count - 1)) / (n * (n - 1));
    return {
      score: hits.reduce((sum, value) => sum + value, 0) / n,
      expected,
      nearest,
      clusters: classes.map((label, c) => ({
        label,
        size: counts[c]!,
        score: hits[c]! / counts[c]!,
        expected: (counts[c]! - 1) / (n - 1),
      })),
      metric: metric.name,
      n,
      d,
      k,
      ...(noise === undefined ? {} : { noise }),
    };
  };
  return { where, scope, metric, options, finish };
}

/**
 * How often the nearest neighbour has the same label: the leave-one-out accuracy of a 1-nearest
 * neighbour classifier (Cover and Hart 1967, doi:10.1109/TIT.1967.1053964), with its chance level
 * beside it. Unlike the silhouette it does not ask clusters to be round or of one size.
 *
 * Cost O(n^2 d) time, O(n) memory.
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 */
export function neighborAgreement(
  points: Points,
  labels: Labels,
  options?: NeighborAgreementOptions,
): NeighborAgreementResult;
export function neighborAgreement(dataset: Dataset, options?: NeighborAgreementOptions): NeighborAgreementResult;
export function neighborAgreement(
  first: Points | Dataset,
  second?: Labels | NeighborAgreementOptions,
  third?: NeighborAgreementOptions,
): NeighborAgreementResult {
  const { where, scope, metric, finish } = neighborPlan(first, second, third);
  return finish(nearestRows(distanceSource(where, scope.points, scope.n, scope.d, metric)));
}
