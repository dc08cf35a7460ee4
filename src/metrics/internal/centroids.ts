import { clusterCentroids, squaresToMeans } from '../../kernels/cluster-moments.js';
import { SQUARES } from '../../kernels/formula.js';
import { type Framing, framingOf } from '../../kernels/frame.js';
import { rowDistances } from '../../kernels/row-distances.js';
import type { Scope } from './scope.js';

/** Clusters as the centroid-based indices see them, in a centred and scaled frame. */
export interface Centroids {
  readonly framing: Framing;
  readonly means: Float64Array;
  readonly sizes: Float64Array;
  /**
   * Calls `visit` with each cluster in ascending order, and the squared distances of its centroid to those
   * of the clusters behind it: exactly 0 where two coincide to rounding.
   */
  eachGaps(visit: (cluster: number, squares: Float64Array) => void): void;
}

/** Clusters whose distances are computed at a time. */
const BLOCK = 64;

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
    eachGaps(visit) {
      const out = new Float64Array(BLOCK * k);
      for (let from = 0; from < k; from += BLOCK) {
        const stride = k - from;
        const clusters = Int32Array.from({ length: Math.min(BLOCK, stride) }, (_, i) => from + i);
        const set = { points: means, d };
        rowDistances({ ...set, order: clusters }, set, SQUARES, out, { from, at: 0, stride });
        clusters.forEach((cluster, s) => {
          const squares = out.subarray(s * stride + s + 1, (s + 1) * stride);
          for (let j = 0; j < squares.length; j++) if (squares[j]! <= noGap) squares[j] = 0;
          visit(cluster, squares);
        });
      }
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
