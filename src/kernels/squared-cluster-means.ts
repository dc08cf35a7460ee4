import { angularRounding } from './angular-rounding.js';
import { type ClusterMeans, emptyClusterMeans } from './cluster-means.js';
import type { ClusterMoments } from './cluster-moments.js';
import { fillSquaredEuclidean } from './fill.js';

export interface SquaredClusterMeansInput {
  readonly rows: Float64Array;
  readonly d: number;
  readonly labels: Int32Array;
  /** Moments of the clusters; with `directionless`, of the rows that have a direction. */
  readonly moments: ClusterMoments;
  /** Total weight of each cluster, all rows. */
  readonly total: Float64Array;
  /** Given for cosine: rows are unit vectors, marked where they are zero vectors. */
  readonly directionless?: Uint8Array | undefined;
  /** Rows to score; results stand at their positions in this list. */
  readonly scored: Int32Array;
}

/**
 * Mean squared Euclidean (or cosine) distances from rows to clusters without visiting pairs:
 * sum over C of |x - y|^2 = |C| |x - mean(C)|^2 + scatter(C), in which nothing cancels. For unit
 * vectors 1 - cos = |x - y|^2 / 2, and a zero vector is at distance 1 from every other row.
 *
 * Cost O(m k d) for m scored rows.
 */
export function squaredClusterMeans(input: SquaredClusterMeansInput): ClusterMeans {
  const { rows, d, labels, moments, total, directionless, scored } = input;
  const k = total.length;
  const result = emptyClusterMeans(scored.length);
  const { own, nearest, neighbor } = result;
  const factor = directionless === undefined ? 1 : 0.5;
  const rounding = directionless === undefined ? 0 : angularRounding(d);
  const squares = new Float64Array(k);
  for (let s = 0; s < scored.length; s++) {
    const i = scored[s]!;
    const isZero = directionless !== undefined && directionless[i] === 1;
    if (!isZero) fillSquaredEuclidean(rows, i * d, moments.means, d, 0, k, squares, 0);
    for (let cluster = 0; cluster < k; cluster++) {
      const all = total[cluster]!;
      const directed = moments.weight[cluster]!;
      let sum = all;
      if (!isZero) {
        sum = factor * (directed * squares[cluster]! + moments.scatter[cluster]!) + (all - directed);
      }
      if (cluster === labels[i]) {
        if (isZero) sum -= 1; // copies of a zero vector are at distance 1 too
        const mean = all > 1 ? sum / (all - 1) : 0;
        own[s] = mean <= rounding ? 0 : mean;
      } else {
        const mean = sum / all <= rounding ? 0 : sum / all;
        if (mean < nearest[s]!) {
          nearest[s] = mean;
          neighbor[s] = cluster;
        }
      }
    }
  }
  return result;
}
