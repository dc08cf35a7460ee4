import { InputError, UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore, numberIn } from '../../data/options.js';
import { rowNameOf } from '../../data/row-name.js';
import { eachRow } from '../../distance/each-row.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import type { DistanceSource } from '../../distance/source.js';
import { clusterOrder } from '../../kernels/cluster-order.js';
import { densityTree } from './density-tree.js';
import { type NoiseOptions, type NoiseReport, scopeOf } from './scope.js';

export interface DbcvOptions {
  /** Label of rows that are in no cluster; they lower the score by their share. Default: the dataset's, else none. */
  readonly noiseLabel?: NoiseOptions['noiseLabel'];
  /** Default 'euclidean', as in hdbscan; the authors' program uses 'sqeuclidean'. */
  readonly metric?: Metric | undefined;
  /** Exponent of the density estimate, >= 1. Default: the number of columns. Needed for 'precomputed'. */
  readonly dimensions?: number | undefined;
}

export interface DbcvResult<L extends Label = Label> {
  /** Mean validity of the clusters weighted by size over all rows, noise included; in [-1, 1], higher is better. */
  readonly score: number;
  readonly clusters: ReadonlyArray<{
    readonly label: L;
    readonly size: number;
    /** (separation - sparseness) / max of the two, in [-1, 1]. */
    readonly score: number;
    /** Longest internal edge of the cluster's minimum spanning tree. */
    readonly sparseness: number;
    /** Least mutual reachability distance to an internal point of another cluster. */
    readonly separation: number;
  }>;
  readonly metric: string;
  readonly dimensions: number;
  /** Clusters of one row; they have no density and count as noise. */
  readonly singletonCount: number;
  readonly n: number;
  readonly d: number;
  /** Clusters with two rows or more. */
  readonly k: number;
  readonly noise?: NoiseReport;
}

/**
 * Density-based clustering validation (Moulavi, Jaskowiak, Campello, Zimek and Sander 2014,
 * doi:10.1137/1.9781611973440.96), for clusters of any shape.
 *
 * In each cluster the density around a row gives its core distance, and core distances and distances give
 * the mutual reachability distances. The longest internal edge of their minimum spanning tree is the
 * sparseness of the cluster. The least reachability distance between internal points of two clusters is
 * their separation. The score of a cluster compares the two. Duplicates have core distance 0. Range
 * [-1, 1], higher is better.
 *
 * Ties: among edges of the same reachability the tree takes the shorter distance. Where several trees are
 * still minimal, the edges of all of them count: a row is internal when it has two such edges or more. So
 * the order of rows does not matter.
 *
 * Cost O(n^2 d) time, O(n) memory.
 *
 * @throws UndefinedMetricError unless at least two clusters have two rows or more.
 *
 * @example
 * import { dbcv } from 'clusterlens';
 * const points = [[0, 0], [1, 0], [2, 0], [3, 0], [0, 9], [1, 9], [2, 9], [3, 9]];
 * const { score, clusters } = dbcv(points, [0, 0, 0, 0, 1, 1, 1, 1]);
 * console.log(score.toFixed(3), clusters[0]!.sparseness.toFixed(3), clusters[0]!.separation); // 0.872 1.155 9
 */
export function dbcv<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: DbcvOptions,
): DbcvResult<ReadLabel<L>>;
export function dbcv<L extends Label>(dataset: Dataset<L>, options?: DbcvOptions): DbcvResult<L>;
export function dbcv(
  first: Points | Dataset,
  second?: Labels | DbcvOptions,
  third?: DbcvOptions,
  ...more: []
): DbcvResult {
  nothingMore('dbcv', more, [first, second, third]);
  const where = 'dbcv';
  const { data, options } = admit(where, first, second, third, ['metric', 'noiseLabel', 'dimensions']);
  const metric = resolveMetric(where, options.metric);
  const square = metric.kind === 'precomputed';
  if (square && options.dimensions === undefined) {
    throw new InputError(
      'wrong-type',
      `${where}: precomputed distances need the option dimensions, got none; give the number of columns of the points`,
    );
  }
  const dimensions = numberIn(where, 'dimensions', options.dimensions, { min: 1, max: 1e9 }, data.d);
  const scope = scopeOf(where, data, options, square);
  const { n, d, labels, classes, counts, noise } = scope;
  const source = metric.source(where, { points: scope.points, n, d }, { rowName: rowNameOf(scope) });
  const { order, offsets } = clusterOrder(labels, scope.k);
  const trees = classes
    .map((label, c) => ({ label, rows: order.subarray(offsets[c]!, offsets[c + 1]!) }))
    .filter(({ rows }) => rows.length >= 2)
    .map(({ label, rows }) => ({ label, size: rows.length, ...densityTree(source, rows, dimensions) }));
  if (trees.length < 2) {
    throw new UndefinedMetricError(
      'too-few-clusters',
      `${where}: needs two or more clusters of at least two rows, got ${trees.length} (n = ${n}, k = ${scope.k})`,
    );
  }
  const separations = separation(source, trees);
  const { unit } = source;
  const clusters = trees.map(({ label, size, sparseness }, c) => {
    const gap = separations[c]!;
    const larger = Math.max(gap, sparseness);
    const score = larger === 0 ? 0 : (gap - sparseness) / larger;
    return { label, size, score, sparseness: sparseness * unit, separation: gap * unit };
  });
  return {
    score: clusters.reduce((sum, { size, score }) => sum + (size / data.n) * score, 0),
    clusters,
    metric: metric.name,
    dimensions,
    singletonCount: counts.filter((count) => count === 1).length,
    n,
    d,
    k: trees.length,
    ...(noise === undefined ? {} : { noise }),
  };
}

/** For each tree the least mutual reachability distance between its internal rows and another's. */
function separation(
  source: DistanceSource,
  trees: ReadonlyArray<{ internal: Int32Array; core: Float64Array }>,
): Float64Array {
  const least = new Float64Array(trees.length).fill(Infinity);
  trees.forEach((tree, a) => {
    if (a === trees.length - 1) return;
    const between = (_: number, distances: Float64Array, p: number) => {
      for (let b = a + 1; b < trees.length; b++) {
        const other = trees[b]!;
        for (let q = 0; q < other.internal.length; q++) {
          const reach = Math.max(distances[other.internal[q]!]!, tree.core[p]!, other.core[q]!);
          if (reach < least[a]!) least[a] = reach;
          if (reach < least[b]!) least[b] = reach;
        }
      }
    };
    eachRow(source, between, tree.internal);
  });
  return least;
}
