import { allocate } from '../core/allocate.js';
import type { FlatMatrix, Points } from '../core/types.js';
import { checkOptions } from '../data/options.js';
import { readPoints } from '../data/points.js';
import { fillMatrix } from './matrix-rows.js';
import { type Metric, resolveMetric } from './metric.js';
import { rowRuns } from './row-runs.js';
import { distanceSource } from './source.js';

/** Rows that are computed and mirrored together. */
const ROWS = 256;

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
 *   something else than a distance; for more rows than the engine's largest array has room for.
 */
export function pairwiseDistances(
  points: Points,
  options?: PairwiseDistancesOptions,
): FlatMatrix & { data: Float64Array } {
  const where = 'pairwiseDistances';
  const { metric } = checkOptions(where, options, ['metric']);
  const { data, n, d } = readPoints(where, points, 'borrow');
  const source = distanceSource(where, data, n, d, resolveMetric(where, metric), { wide: true });
  const matrix = allocate(where, `${n} x ${n} distances`, () => new Float64Array(n * n));
  fillMatrix(source, rowRuns(n, ROWS), matrix);
  return { data: matrix, rows: n, columns: n };
}
