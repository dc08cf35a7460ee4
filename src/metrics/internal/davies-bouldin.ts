import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore, numberIn } from '../../data/options.js';
import { TIE } from '../../statistics/tie.js';
import { centroidsOf, scatterOf } from './centroids.js';
import { type NoiseOptions, type NoiseReport, requireClusters, scopeOf } from './scope.js';

export interface DaviesBouldinOptions extends NoiseOptions {
  readonly noise?: 'exclude' | 'singletons' | undefined;
  /**
   * Order of the mean that makes the scatter, 1 to 100: 1 (default) is the mean distance to the
   * centroid, as in scikit-learn and clusterCrit; 2 the root mean square, as in NbClust,
   * clusterSim and ELKI.
   */
  readonly q?: number | undefined;
}

export interface DaviesBouldinResult<L extends Label = Label> {
  /** Mean over clusters of their worst ratio, >= 0; lower is better. */
  readonly score: number;
  readonly q: number;
  readonly clusters: ReadonlyArray<{
    readonly label: L;
    readonly size: number;
    /** Mean of order q of the distances to the centroid, in units of the input. */
    readonly scatter: number;
    /** The cluster with which the ratio is largest; the first in label order on ties. */
    readonly worstRival: L;
    /** (own scatter + rival's scatter) / distance of the centroids. */
    readonly ratio: number;
  }>;
  /** Pairs of clusters with the same centroid; each makes the score Infinity. */
  readonly coincidentCentroids: ReadonlyArray<readonly [L, L]>;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly noise?: NoiseReport;
}

/** Room for rounding in a comparison of squares. */
const SURELY = 1 - 1e-12;

/**
 * Davies-Bouldin index (Davies and Bouldin 1979, doi:10.1109/TPAMI.1979.4766909).
 *
 * For each cluster the largest (S_i + S_j) / |c_i - c_j| over the other clusters, averaged over
 * clusters; S is the mean Euclidean distance to the centroid c (option `q`). Range [0, Infinity],
 * lower is better. Two clusters with the same centroid make the score Infinity and are listed in
 * `coincidentCentroids` (scikit-learn returns 0 or passes over the pair).
 *
 * Cost O(n d + k^2 d).
 *
 * @throws UndefinedMetricError unless 2 <= k <= n - 1; InputError and ShapeError for bad input.
 *
 * @example
 * import { daviesBouldin } from 'clusterlens';
 * const { score, clusters } = daviesBouldin([[0], [1], [5], [6]], ['a', 'a', 'b', 'b']);
 * console.log(score, clusters[0]!.scatter, clusters[0]!.worstRival); // 0.2 0.5 b
 */
export function daviesBouldin<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: DaviesBouldinOptions,
): DaviesBouldinResult<ReadLabel<L>>;
export function daviesBouldin<L extends Label>(
  dataset: Dataset<L>,
  options?: DaviesBouldinOptions,
): DaviesBouldinResult<L>;
export function daviesBouldin(
  first: Points | Dataset,
  second?: Labels | DaviesBouldinOptions,
  third?: DaviesBouldinOptions,
  ...more: []
): DaviesBouldinResult {
  nothingMore('daviesBouldin', more, [first, second, third]);
  const where = 'daviesBouldin';
  const { data, options } = admit(where, first, second, third, ['q', 'noise', 'noiseLabel']);
  const q = numberIn(where, 'q', options.q, { min: 1, max: 100 }, 1);
  const scope = scopeOf(where, data, options, false);
  requireClusters(where, scope);
  const { n, d, k, classes, counts, noise } = scope;
  const centroids = centroidsOf(scope);
  const measure = q === 2 ? undefined : q === 1 ? Math.sqrt : (square: number) => Math.sqrt(square) ** q;
  const scatter = scatterOf(scope, centroids, measure).map((sum, c) => {
    const mean = sum / counts[c]!;
    return q === 1 ? mean : q === 2 ? Math.sqrt(mean) : mean ** (1 / q);
  });
  const worst = new Int32Array(k);
  const ratios = new Float64Array(k).fill(-1);
  const coincidentCentroids: [Label, Label][] = [];
  // Each pair once, in ascending order, so that the first in label order keeps its place on ties.
  centroids.eachGaps((i, squares) => {
    for (let s = 0; s < squares.length; s++) {
      const j = i + 1 + s;
      const square = squares[s]!;
      const sum = scatter[i]! + scatter[j]!;
      const least = Math.min(ratios[i]!, ratios[j]!);
      // Most pairs are no worse than what both clusters have met, which takes no root to see.
      if (square > 0 && least > 0 && sum * sum < least * least * square * SURELY) continue;
      const ratio = square === 0 ? Infinity : sum / Math.sqrt(square);
      if (square === 0) coincidentCentroids.push([classes[i]!, classes[j]!]);
      // Ratios that are equal but for rounding tie.
      if (ratio > ratios[i]! * (1 + TIE)) worst[i] = j;
      if (ratio > ratios[j]! * (1 + TIE)) worst[j] = i;
      ratios[i] = Math.max(ratios[i]!, ratio);
      ratios[j] = Math.max(ratios[j]!, ratio);
    }
  });
  const clusters = classes.map((label, i) => ({
    label,
    size: counts[i]!,
    scatter: scatter[i]! * centroids.framing.unit,
    worstRival: classes[worst[i]!]!,
    ratio: ratios[i]!,
  }));
  const score = clusters.reduce((sum, { ratio }) => sum + ratio, 0) / k;
  return { score, q, clusters, coincidentCentroids, n, d, k, ...(noise === undefined ? {} : { noise }) };
}
