import type { ResolvedMetric } from '../distance/metric.js';
import { distanceSource } from '../distance/source.js';
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
  const source = distanceSource(where, centers, k, d, metric);
  const matrix = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    source.fill(i, i + 1, k, matrix, i * k + i + 1);
    for (let j = i + 1; j < k; j++) {
      matrix[i * k + j]! *= source.unit;
      matrix[j * k + i] = matrix[i * k + j]!;
    }
  }
  return matrix;
}
