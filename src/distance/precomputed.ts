import { InputError, ShapeError } from '../core/errors.js';

/** The diagonal may be off zero by this much of the largest entry: 100 ulp. */
const DIAGONAL = 100 * 2 ** -52;
const SYMMETRY = 1e-12;
/** Sums of distances must stay finite. */
const LARGEST = 1e290;

/**
 * Checks an n x n matrix of distances: square, non-negative, symmetric to 1e-12 relative, zero
 * diagonal to 100 ulp of the largest entry. Errors name the worst entry. Cost O(n^2).
 */
export function checkPrecomputed(where: string, matrix: Float64Array, n: number, columns: number): void {
  if (columns !== n) {
    throw new ShapeError('not-square', `${where}: precomputed distances must be square, got ${n} x ${columns}`);
  }
  let largest = 0;
  let least = 0;
  for (let p = 0; p < matrix.length; p++) {
    if (matrix[p]! > largest) largest = matrix[p]!;
    if (matrix[p]! < matrix[least]!) least = p;
  }
  if (matrix[least]! < 0) {
    const at = `row ${Math.floor(least / n)}, column ${least % n}`;
    throw new InputError(
      'not-a-distance',
      `${where}: precomputed distances must be >= 0, got ${matrix[least]} at ${at}; for similarities pass 1 - s`,
    );
  }
  if (largest > LARGEST) {
    throw new InputError(
      'out-of-range',
      `${where}: precomputed distances must be at most ${LARGEST}, got ${largest}; use a larger unit`,
    );
  }
  let worst = 0;
  for (let i = 0; i < n; i++) if (matrix[i * n + i]! > matrix[worst * n + worst]!) worst = i;
  if (matrix[worst * n + worst]! > DIAGONAL * largest) {
    throw new InputError(
      'not-a-distance',
      `${where}: precomputed distances must have a zero diagonal, got ${matrix[worst * n + worst]} at row ${worst}, column ${worst}`,
    );
  }
  let gap = 0;
  let row = 0;
  let column = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const a = matrix[i * n + j]!;
      const b = matrix[j * n + i]!;
      if (a === b) continue;
      const relative = Math.abs(a - b) / Math.max(a, b);
      if (relative > gap) {
        gap = relative;
        row = i;
        column = j;
      }
    }
  }
  if (gap > SYMMETRY) {
    throw new InputError(
      'not-a-distance',
      `${where}: precomputed distances must be symmetric, got ${matrix[row * n + column]} at row ${row}, column ${column} ` +
        `and ${matrix[column * n + row]} at row ${column}, column ${row}; average the two if that is meant`,
    );
  }
}
