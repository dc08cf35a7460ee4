import { clusterCentroids, squaresToMeans } from '../../kernels/cluster-moments.js';
import { fillSquaredEuclidean } from '../../kernels/fill.js';
import { type Framing, framingOf } from '../../kernels/frame.js';
import type { Scope } from './scope.js';

/** Clusters as the centroid-based indices see them, in a centred and scaled frame. */
export interface Centroids {
  readonly framing: Framing;
  readonly means: Float64Array;
  readonly sizes: Float64Array;
  /** Squared distances from centroid c to those from `from` on; exactly 0 where they coincide to rounding. */
  squaredGaps(cluster: number, from: number, out: Float64Array): void;
}

/** Means of up to millions of rows agree to a few units in the last place. */
const ROUNDING = 2 ** -49;

export function centroidsOf({ n, d, k, labels, points }: Scope): Centroids {
  const framing = framingOf(points, n, d);
  const { means, weight } = clusterCentroids(points, d, labels, k, { framing });
  const noGap = (ROUNDING * framing.extent) ** 2 * d;
  return {
    framing,
    means,
    sizes: weight,
    squaredGaps(cluster, from, out) {
      fillSquaredEuclidean(means, cluster * d, means, d, from, k, out, from);
      for (let c = from; c < k; c++) if (out[c]! <= noGap) out[c] = 0;
    },
  };
}

/** Sum over each cluster's rows of `measure` of their squared distance to the centroid. */
export function scatterOf(
  { d, k, labels, points }: Scope,
  { means, framing }: Centroids,
  measure?: (square: number) => number,
): Float64Array {
  const sums = new Float64Array(k);
  squaresToMeans(points, d, labels, means, framing).forEach((square, i) => {
    sums[labels[i]!]! += measure === undefined ? square : measure(square);
  });
  return sums;
}
