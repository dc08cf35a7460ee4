import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import type { LooseOptions } from '../../data/options.js';
import { nothingMore } from '../../data/options.js';
import type { PointUse } from '../../data/points.js';
import { rowNameOf } from '../../data/row-name.js';
import { type Metric, type ResolvedMetric, resolveMetric } from '../../distance/metric.js';
import { pairChance } from '../../statistics/pair-chance.js';
import { type NearestRows, nearestRows } from './nearest-rows.js';
import { type NoiseOptions, type NoiseReport, requireClusters, type Scope, scopeOf } from './scope.js';

export interface NeighborAgreementOptions extends NoiseOptions {
  readonly noise?: 'exclude' | 'singletons' | undefined;
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
}

export interface NeighborAgreementResult<L extends Label = Label> {
  /** Share of rows whose nearest other row has the same label, in [0, 1]; higher is better. The mean of `agreement`. */
  readonly score: number;
  /** The expected score under permuted labels: the sum over classes of n_c (n_c - 1) / (n (n - 1)). */
  readonly expected: number;
  /** For each input row the share of its nearest rows that have its label: 0 or 1 where one is nearest. -1 for noise. */
  readonly agreement: Float64Array;
  /** The nearest other row of each row, as positions in the input; of several the first. -1 for noise. */
  readonly nearest: Int32Array;
  /** Rows with more than one nearest other row. */
  readonly tiedCount: number;
  readonly clusters: ReadonlyArray<{
    readonly label: L;
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

/** Everything about a neighbour agreement but its distances. */
export interface PreparedAgreement {
  readonly where: string;
  readonly scope: Scope;
  readonly metric: ResolvedMetric;
  /** The options, their names checked. */
  readonly options: LooseOptions;
  /** The result, from the nearest other rows of each row of the scope. */
  finish(found: NearestRows): NeighborAgreementResult;
}

/** Reads the arguments of `neighborAgreement`; `more` names options that the caller reads, `use` says whether it goes on after it has returned. */
export function prepareNeighborAgreement(
  first: unknown,
  second: unknown,
  third: unknown,
  more: readonly string[] = [],
  use: PointUse = 'borrow',
): PreparedAgreement {
  const where = 'neighborAgreement';
  const { data, options } = admit(where, first, second, third, ['metric', 'noise', 'noiseLabel', ...more], use);
  const metric = resolveMetric(where, options.metric);
  const scope = scopeOf(where, data, options, metric.kind === 'precomputed');
  requireClusters(where, scope);
  const { n, d, k, labels, classes, counts, noise, rows } = scope;
  const finish = ({ first, tied, matching }: NearestRows): NeighborAgreementResult => {
    const nearest = new Int32Array(data.n).fill(-1);
    const agreement = new Float64Array(data.n).fill(-1);
    const hits = new Float64Array(k);
    let tiedCount = 0;
    for (let i = 0; i < n; i++) {
      nearest[rows[i]!] = rows[first[i]!]!;
      agreement[rows[i]!] = matching[i]! / tied[i]!;
      hits[labels[i]!]! += matching[i]! / tied[i]!;
      if (tied[i]! > 1) tiedCount++;
    }
    return {
      score: hits.reduce((sum, value) => sum + value, 0) / n,
      expected: pairChance(counts, n),
      agreement,
      nearest,
      tiedCount,
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
 * Ties: where several rows are nearest, at exactly one distance, each counts with an equal share. The score
 * is that of a fair draw among them, so the order of rows does not matter. Only `nearest` depends on it: it
 * names the first of them.
 *
 * Cost O(n^2 d) time, O(n) memory.
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { neighborAgreement } from 'clusterlens';
 * const { score, expected, nearest } = neighborAgreement([[0], [1], [3], [4], [9]], ['a', 'a', 'b', 'b', 'a']);
 * console.log(score, expected, nearest); // 0.8 0.4 Int32Array(5) [ 1, 0, 3, 2, 3 ]
 */
export function neighborAgreement<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: NeighborAgreementOptions,
): NeighborAgreementResult<ReadLabel<L>>;
export function neighborAgreement<L extends Label>(
  dataset: Dataset<L>,
  options?: NeighborAgreementOptions,
): NeighborAgreementResult<L>;
export function neighborAgreement(
  first: Points | Dataset,
  second?: Labels | NeighborAgreementOptions,
  third?: NeighborAgreementOptions,
  ...more: []
): NeighborAgreementResult {
  nothingMore('neighborAgreement', more, [first, second, third]);
  const { where, scope, metric, finish } = prepareNeighborAgreement(first, second, third);
  const { points, n, d, labels } = scope;
  const source = metric.source(where, { points, n, d }, { rowName: rowNameOf(scope) });
  return finish(nearestRows(source, labels));
}
