import { eachRowOnward } from '../distance/each-row.js';
import type { ResolvedMetric } from '../distance/metric.js';
import type { Center } from './options.js';

/** The rows of the classes that are compared. */
export interface Compared {
  readonly rows: Float64Array;
  readonly d: number;
  /** 0..k-1, largest class first. */
  readonly labels: Int32Array;
  readonly k: number;
  readonly metric: ResolvedMetric;
  readonly center: Center;
}

/** Distances between the class centres: k x k, in the units of the rows. */
export function centerDistances(where: string, centers: Float64Array, { d, k, metric }: Compared): Float64Array {
  const source = metric.source(where, { points: centers, n: k, d });
  const matrix = new Float64Array(k * k);
  eachRowOnward(source, (i, onward) => {
    for (let j = i + 1; j < k; j++) {
      matrix[i * k + j] = onward[j - i - 1]! * source.unit;
      matrix[j * k + i] = matrix[i * k + j]!;
    }
  });
  return matrix;
}
