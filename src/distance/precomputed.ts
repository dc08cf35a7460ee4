import { InputError, ShapeError } from '../core/errors.js';
import type { PlacedMessage } from '../core/place.js';
import { largestOf } from '../kernels/largest.js';

/** What an entry may be off by, relative to the largest: the rounding of its element type. */
const FLOAT64 = 1e-12;
const FLOAT32 = 1e-6;
/** float32 holds all integers up to this one, so that integers below it are no rounding. */
const INTEGERS = 2 ** 24;
/** Sums of distances must stay finite. */
const LARGEST = 1e290;

/**
 * Whether a value comes from float32: it is one, and no small integer. Of values of float64 one in
 * 500 million is, so that the values show their type, in whatever array they are.
 */
export function isFloat32(value: number): boolean {
  return Math.fround(value) === value && !(Number.isInteger(value) && Math.abs(value) < INTEGERS);
}

/** How far two values that should be equal may be apart, relative to the largest entry. */
const slackOf = (a: number, b: number) => (isFloat32(a) || isFloat32(b) ? FLOAT32 : FLOAT64);

/**
 * Checks an n x n matrix of distances and makes it exactly one. It must be square, and non-negative,
 * symmetric and zero on the diagonal up to 1e-12 of the largest entry, or up to 1e-6 where a value of the
 * pair is a float32. What comes back is symmetric (the mean of both entries), non-negative and zero on the
 * diagonal: the matrix itself where it was, else a copy. Errors name the worst entry by the rows of the
 * caller's input. Cost O(n^2).
 */
export function exactDistances(
  where: string,
  matrix: Float64Array,
  n: number,
  columns: number,
  rowName: (i: number) => number = (i) => i,
): Float64Array {
  if (columns !== n) {
    throw new ShapeError('not-square', `${where}: precomputed distances must be square, got ${n} x ${columns}`);
  }
  const at = (i: number, j: number): PlacedMessage => ['at ', { row: rowName(i) }, ', ', { column: rowName(j) }];
  const largest = largestOf(matrix);
  let least = -1;
  if (largest > LARGEST) {
    throw new InputError(
      'out-of-range',
      `${where}: precomputed distances must be at most ${LARGEST}, got ${largest}; use a larger unit`,
    );
  }
  for (let p = 0; p < matrix.length; p++) {
    const value = matrix[p]!;
    if (value < -slackOf(value, value) * largest && (least === -1 || value < matrix[least]!)) least = p;
  }
  if (least !== -1) {
    throw new InputError('not-a-distance', [
      `${where}: precomputed distances must be >= 0, got ${matrix[least]} `,
      ...at(Math.floor(least / n), least % n),
      adviceOn(matrix[least]!, largest),
    ]);
  }
  let worst = 0;
  let row = 0;
  for (let i = 0; i < n; i++) {
    const value = matrix[i * n + i]!;
    if (value > slackOf(value, value) * largest && value > worst) {
      worst = value;
      row = i;
    }
  }
  if (worst > 0) {
    throw new InputError('not-a-distance', [
      `${where}: precomputed distances must have a zero diagonal, got ${worst} `,
      ...at(row, row),
      adviceOn(worst, largest),
    ]);
  }
  const unequal = unequalPair(matrix, n, largest);
  if (unequal !== undefined) {
    const [i, j] = unequal;
    throw new InputError('not-a-distance', [
      `${where}: precomputed distances must be symmetric, got ${matrix[i * n + j]} `,
      ...at(i, j),
      ` and ${matrix[j * n + i]} `,
      ...at(j, i),
      '; average the two if that is meant',
    ]);
  }
  return isExact(matrix, n) ? matrix : madeExact(matrix, n);
}

/** What to do about an entry: one as small as the rounding of float32 comes from there. */
const adviceOn = (value: number, largest: number) =>
  Math.abs(value) <= FLOAT32 * largest
    ? '; where that is the rounding of float32, pass a Float32Array, or set such entries to 0'
    : '; for similarities pass 1 - s';

/** The pair of rows whose two entries are farthest apart, where that is more than rounding. */
function unequalPair(matrix: Float64Array, n: number, largest: number): readonly [number, number] | undefined {
  let gap = 0;
  let pair: readonly [number, number] | undefined;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const a = matrix[i * n + j]!;
      const b = matrix[j * n + i]!;
      if (a === b) continue;
      const apart = Math.abs(a - b);
      if (apart <= gap || apart <= slackOf(a, b) * largest) continue;
      gap = apart;
      pair = [i, j];
    }
  }
  return pair;
}

/** Whether `exactDistances` takes the entries on both sides of the diagonal for the same distances. */
export function isSymmetricUpToRounding(matrix: Float64Array, n: number): boolean {
  return unequalPair(matrix, n, largestOf(matrix)) === undefined;
}

function isExact(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    if (matrix[i * n + i] !== 0) return false;
    for (let j = i + 1; j < n; j++) if (matrix[i * n + j] !== matrix[j * n + i] || matrix[i * n + j]! < 0) return false;
  }
  return true;
}

function madeExact(matrix: Float64Array, n: number): Float64Array {
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const mean = Math.max(0, matrix[i * n + j]! / 2 + matrix[j * n + i]! / 2);
      distances[i * n + j] = mean;
      distances[j * n + i] = mean;
    }
  }
  return distances;
}
