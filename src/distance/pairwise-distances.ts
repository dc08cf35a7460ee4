import { allocate } from '../core/allocate.js';
import type { FlatMatrix, Points } from '../core/types.js';
import { isPrecomputed, squareOf } from '../data/condensed.js';
import { checkOptions, nothingMore } from '../data/options.js';
import { readPoints } from '../data/points.js';
import { fillMatrix } from './matrix-rows.js';
import { type Metric, resolveMetric } from './metric.js';
import { isSymmetricUpToRounding } from './precomputed.js';
import { rowRuns } from './row-runs.js';
import type { DistanceSource } from './source.js';

/** How all distances are asked for: by the faster form, and in both directions where they differ. */
export const DIRECTED = { wide: true, asymmetric: true } as const;

/** Whether a matrix of a source has one distance for two rows. */
export function isSymmetric(source: Pick<DistanceSource, 'symmetric' | 'n'>, matrix: Float64Array): boolean {
  return source.symmetric || isSymmetricUpToRounding(matrix, source.n);
}

/** Rows that are computed and mirrored together. */
const ROWS = 256;

export interface PairwiseDistancesOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
}

export interface PairwiseDistances extends FlatMatrix {
  readonly data: Float64Array;
  /**
   * Whether the matrix is symmetric up to rounding and so a valid input of every index with
   * `metric: 'precomputed'`; false for 'kullbackLeibler' and whatever else depends on the direction.
   */
  readonly symmetric: boolean;
}

/**
 * The n x n matrix of distances between rows, row-major. Entry (i, j) is the distance from row i to
 * row j, >= 0, in the units of the input. Only this function takes distances that depend on the
 * direction; entries (i, j) and (j, i) then differ, and `symmetric` is false.
 *
 * Cost O(n^2 d) time and 8 n^2 bytes.
 *
 * @throws InputError for points that are not finite, an unknown metric, or a function that gives
 *   something else than a distance; for more rows than the engine's largest array has room for.
 *
 * @example
 * import { pairwiseDistances } from 'clusterlens';
 * const { data, rows, symmetric } = pairwiseDistances([[0, 0], [3, 4], [0, 1]], { metric: 'manhattan' });
 * console.log(rows, symmetric, data);
 * // 3 true Float64Array(9) [
 * //   0, 7, 1, 7, 0,
 * //   6, 1, 6, 0
 * // ]
 */
export function pairwiseDistances(points: Points, options?: PairwiseDistancesOptions, ...more: []): PairwiseDistances {
  nothingMore('pairwiseDistances', more, [points, options]);
  const where = 'pairwiseDistances';
  const { metric } = checkOptions(where, options, ['metric']);
  const { data, n, d } = readPoints(where, isPrecomputed(metric) ? squareOf(where, points) : points, 'borrow');
  const source = resolveMetric(where, metric, true).source(where, { points: data, n, d }, DIRECTED);
  const matrix = allocate(where, `${n} x ${n} distances`, () => new Float64Array(n * n));
  fillMatrix(source, rowRuns(n, ROWS), matrix);
  return { data: matrix, rows: n, columns: n, symmetric: isSymmetric(source, matrix) };
}
