import { InputError, ShapeError, show } from '../core/errors.js';
import type { FlatMatrix } from '../core/types.js';

/** Whether a metric, not checked yet, is that of distances between rows: by its name, or `{ name }`. */
export function isPrecomputed(metric: unknown): boolean {
  if (typeof metric !== 'object' || metric === null) return metric === 'precomputed';
  return (metric as { readonly name?: unknown }).name === 'precomputed';
}

/**
 * Distances above the diagonal, row after row, as scipy's pdist gives them, as the square matrix: n (n - 1) / 2
 * numbers in an array or typed array. Anything else comes back as it is.
 *
 * @throws ShapeError not-square for another number of values; InputError for an entry that is no number.
 */
export function squareOf(where: string, distances: unknown): unknown {
  if (!Array.isArray(distances) && !ArrayBuffer.isView(distances)) return distances;
  const given = distances as ArrayLike<unknown>;
  const { length } = given;
  if (length === 0 || typeof given[0] !== 'number') return distances;
  const n = Math.round((1 + Math.sqrt(1 + 8 * length)) / 2);
  if ((n * (n - 1)) / 2 !== length) {
    throw new ShapeError(
      'not-square',
      `${where}: condensed distances of n rows are n (n - 1) / 2 values, got ${length}; ` +
        `${n} rows have ${(n * (n - 1)) / 2}`,
    );
  }
  const data = new Float64Array(n * n);
  let p = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, p++) {
      const value = given[p];
      if (typeof value !== 'number') {
        throw new InputError('wrong-type', `${where}: every distance must be a number, got ${show(value)} at ${p}`);
      }
      data[i * n + j] = value;
      data[j * n + i] = value;
    }
  }
  return { data, rows: n, columns: n } satisfies FlatMatrix;
}
