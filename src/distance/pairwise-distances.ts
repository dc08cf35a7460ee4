import type { FlatMatrix, Points } from '../core/types.js';
import { checkOptions } from '../data/options.js';
import { readPoints } from '../data/points.js';
import { eachRow } from './each-row.js';
import { type Metric, resolveMetric } from './metric.js';
import { distanceSource } from './source.js';

export interface PairwiseDistancesOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
}

/**
 * The n x n matrix of distances between rows, row-major, for those who want the whole of it: it is
 * a valid input of every index with `metric: 'precomputed'`. Entry (i, j) is the distance from row
 * i to row j, >= 0, in the units of the input. Cost O(n^2 d) time and 8 n^2 bytes.
 *
 * @throws InputError for points that are not finite, an unknown metric, or a function that gives
 *   something else than a distance.
 */
export function pairwiseDistances(
  points: Points,
  options?: PairwiseDistancesOptions,
): FlatMatrix & { data: Float64Array } {
  const where = 'pairwiseDistances';
  const { metric } = checkOptions(where, options, ['metric']);
  const { data, n, d } = readPoints(where, points);
  const source = distanceSource(where, data, n, d, resolveMetric(where, metric));
  const out = new Float64Array(n * n);
  eachRow(source, (i, distances) => out.set(distances, i * n));
  if (source.unit !== 1) for (let p = 0; p < out.length; p++) out[p]! *= source.unit;
  return { data: out, rows: n, columns: n };
}
