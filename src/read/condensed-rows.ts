import type { FlatMatrix } from '../core/types.js';
import { squareOf } from '../data/condensed.js';
import type { Collected } from './collect.js';

/**
 * A single column of distances above the diagonal of their matrix, row after row, as scipy's pdist gives
 * them, becomes the square matrix. What has more columns is one already.
 */
export function squared(file: string, read: Collected): Collected {
  const [space] = read.spaces;
  if (read.spaces.length !== 1 || space!.points.columns !== 1 || read.labels !== null || read.dropped.length > 0) {
    return read;
  }
  const points = squareOf(file, space!.points.data) as FlatMatrix;
  const { rows } = points;
  return {
    ...read,
    n: rows,
    spaces: [{ ...space!, points, columns: Array.from({ length: rows }, (_, j) => `x${j}`) }],
    places: Array.from({ length: rows }, (_, i) => i + 1),
    notes: [
      ...read.notes,
      `took ${space!.points.rows} values for the distances between ${rows} rows above the diagonal of their matrix`,
    ],
  };
}
