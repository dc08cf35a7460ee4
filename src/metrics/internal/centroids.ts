import { clusterMoments } from '../../kernels/cluster-moments.js';
import { fillSquaredEuclidean } from '../../kernels/fill.js';
import { centredFrame } from '../../kernels/frame.js';
import type { Scope } from './scope.js';

/** Clusters as the centroid-based indices see them, in a centred and scaled frame. */
export interface Centroids {
  /** Rows in the frame. */
  readonly rows: Float64Array;
  /** Multiply lengths in the frame by this to get input units. */
  readonly unit: number;
  readonly means: Float64Array;
  readonly sizes: Float64Array;
  /** Sum of squared distances to the centroid, per cluster. */
  readonly scatter: Float64Array;
  /** Squared distances from centroid c to all; exactly 0 where they coincide to rounding. */
  squaredGaps(cluster: number, out: Float64Array): void;
}

/** Means of up to millions of rows agree to a few units in the last place. */
const ROUNDING = 2 ** -49;

export function centroidsOf(scope: Scope): Centroids {
  const { n, d, k, labels, points } = scope;
  const { rows, unit, extent } = centredFrame(points, n, d);
  const { means, weight, scatter } = clusterMoments(rows, d, labels, k);
  const noGap = (ROUNDING * extent) ** 2 * d;
  return {
    rows,
    unit,
    means,
    sizes: weight,
    scatter,
    squaredGaps(cluster, out) {
      fillSquaredEuclidean(means, cluster * d, means, d, 0, k, out, 0);
      for (let c = 0; c < k; c++) if (out[c]! <= noGap) out[c] = 0;
    },
  };
}
