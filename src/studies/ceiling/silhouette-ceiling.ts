import { InputError, UndefinedMetricError } from '../../core/errors.js';
import type { Points } from '../../core/types.js';
import { isPrecomputed, squareOf } from '../../data/condensed.js';
import { checkOptions, nothingMore, numberIn, numbersIn, seedOf } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import { eachRow } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import type { DistanceSource } from '../../distance/source.js';
import { type Interval, intervalAround, strataOf, stratifiedError } from '../../statistics/stratified-interval.js';
import { stratifiedSample } from '../../statistics/stratified-sample.js';
import { rowCeiling } from './row-ceiling.js';

export interface SilhouetteCeilingOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Only clusterings whose clusters have at least this many rows, 1 to n / 2. Default 1: all clusterings. */
  readonly minSize?: number | undefined;
  /** Only clusterings with these sizes of clusters, which sum to n; not together with `minSize`. Default: any sizes. */
  readonly sizes?: ArrayLike<number> | undefined;
  /** Bound this many rows (2 to n), drawn at random, each compared with all rows. Default: all rows. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw, an integer >= 0. Default 0. */
  readonly seed?: number | undefined;
}

export interface SilhouetteCeilingResult {
  /** Mean of `samples`, in [0, 1]: no clustering of these points has a higher mean silhouette. */
  readonly score: number;
  /** The largest width that each row can have, in [0, 1]. */
  readonly samples: Float64Array;
  /** The size of its cluster with which each row would have that width; the smallest where several do. */
  readonly clusterSizes: Int32Array;
  /** Input row of each sample. */
  readonly indices: Int32Array;
  readonly minSize: number;
  /** The option as given; null without it. */
  readonly sizes: readonly number[] | null;
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  /** Given with `sampleSize`: `score` is an estimate of the ceiling, with a 95% interval over draws. */
  readonly sample?: { readonly size: number; readonly seed: number; readonly interval: Interval };
}

function listedSizes(where: string, value: unknown, n: number): number[] {
  const sizes = numbersIn(where, 'sizes', value, { min: 1, integer: true });
  const sum = sizes.reduce((all, size) => all + size, 0);
  if (sum === n && sizes.length >= 2 && sizes.length <= n - 1) return sizes;
  throw new InputError(
    'out-of-range',
    `${where}: sizes must be those of 2 to n - 1 clusters and sum to n = ${n}, got ${sizes.length} that sum to ${sum}`,
  );
}

/** Widths and sizes of `rows`, in their order. */
function rowCeilings(source: DistanceSource, sizes: Int32Array, rows?: Int32Array) {
  const { n } = source;
  const count = rows?.length ?? n;
  const samples = new Float64Array(count);
  const clusterSizes = new Int32Array(count);
  const bound = rowCeiling(n, sizes);
  const others = new Float64Array(n - 1);
  eachRow(
    source,
    (i, distances, s) => {
      others.set(distances.subarray(0, i));
      others.set(distances.subarray(i + 1), i);
      const { width, size } = bound(others.sort());
      samples[s] = width;
      clusterSizes[s] = size;
    },
    rows,
  );
  return { samples, clusterSizes, score: samples.reduce((sum, width) => sum + width, 0) / count };
}

/**
 * How high can the mean silhouette of these points be? This is an upper bound for every clustering, from the
 * distances alone (Sträng and Dinh 2025, arXiv 2509.08625). Let the cluster of row i have s rows. The mean distance
 * of row i to its own cluster is at least the mean of its s - 1 smallest distances. Its nearest other cluster is at
 * most as far as the mean of the n - s other distances. So
 *
 *     s(i) <= max over s of 1 - a_s / b_s,   2 <= s <= n - 1
 *
 * and the mean of these bounds over the rows is a bound of the mean silhouette. Fewer clusterings have a lower
 * bound: `minSize` m takes s from m to n - m, `sizes` takes the sizes in the list. The cluster of its nearest rows
 * attains the bound of one row. No clustering need attain the mean, since the rows may ask for different clusters.
 * The bound is 1 where each row has a copy. Singletons score 0, as in `silhouette` by default.
 *
 * Range [0, 1]. If score / ceiling is near 1, no clustering is much better. A low ratio says only that nothing here
 * forbids a better one.
 *
 * Cost O(n^2 (d + log n)) time, O(n) memory; with `sampleSize` m O(m n (d + log n)).
 * @throws UndefinedMetricError for fewer than 3 rows; InputError and ShapeError for bad input.
 *
 * @example
 * import { silhouette, silhouetteCeiling } from 'clusterlens';
 * const points = [[0], [1], [2], [9], [10], [11]];
 * const { score } = silhouette(points, ['a', 'a', 'a', 'b', 'b', 'b']);
 * console.log(score.toFixed(2), silhouetteCeiling(points, { minSize: 2 }).score.toFixed(2)); // 0.85 0.87
 */
export function silhouetteCeiling(
  points: Points,
  options?: SilhouetteCeilingOptions,
  ...more: []
): SilhouetteCeilingResult {
  const where = 'silhouetteCeiling';
  nothingMore(where, more, [points, options]);
  const given = checkOptions(where, options, ['metric', 'minSize', 'sizes', 'sampleSize', 'seed']);
  const square = isPrecomputed(given.metric);
  const { data, n, d } = readPoints(where, square ? squareOf(where, points) : points, 'borrow');
  const metric = resolveMetric(where, given.metric);
  if (n < 3) {
    throw new UndefinedMetricError(
      'too-few-clusters',
      `${where}: needs three rows or more, got ${n}; no clustering of fewer has a silhouette`,
    );
  }
  if (given.sizes !== undefined && given.minSize !== undefined) {
    throw new InputError(
      'out-of-range',
      `${where}: sizes say the least size too, got minSize beside them; leave it out`,
    );
  }
  const sizes = given.sizes === undefined ? null : listedSizes(where, given.sizes, n);
  const minSize =
    sizes === null
      ? numberIn(where, 'minSize', given.minSize, { min: 1, max: Math.floor(n / 2), integer: true }, 1)
      : Math.min(...sizes);
  const allowed =
    sizes === null
      ? Int32Array.from({ length: n - 2 * minSize + 1 }, (_, s) => minSize + s)
      : Int32Array.from(new Set(sizes)).sort();
  const seed = seedOf(where, given.seed);
  const size = numberIn(where, 'sampleSize', given.sampleSize, { min: 2, max: n, integer: true }, n);
  const one = { n, d, points: data, k: 1, labels: new Int32Array(n), counts: Int32Array.of(n) };
  const rows =
    size === n
      ? Int32Array.from({ length: n }, (_, i) => i)
      : stratifiedSample(one, size, seed, metric.kind === 'precomputed');
  const found = rowCeilings(metric.source(where, { points: data, n, d }), allowed, rows);
  const error = () => stratifiedError(strataOf(found.samples, new Int32Array(size), one.counts));
  return {
    score: found.score,
    samples: found.samples,
    clusterSizes: found.clusterSizes,
    indices: rows,
    minSize,
    sizes,
    metric: metric.name,
    n,
    d,
    ...(given.sampleSize === undefined
      ? {}
      : { sample: { size, seed, interval: intervalAround(found.score, error(), [0, 1]) } }),
  };
}
