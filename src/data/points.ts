import { allocate } from '../core/allocate.js';
import { InputError, ShapeError, show } from '../core/errors.js';
import type { PlacedMessage } from '../core/place.js';
import type { FlatMatrix, MatrixLike } from '../core/types.js';
import { noteLargest } from '../kernels/largest.js';
import { inOwnForm } from './other-forms.js';

/** Checked points: row-major, not to be written to. */
export interface PointTable {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
}

const FORMS =
  'an array of rows ([[1, 2], [3, 4]]), an ml-matrix Matrix, or { data, rows, columns } or { data, shape } with row-major data';

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return (
    Array.isArray(value) ||
    (typeof value === 'object' &&
      value !== null &&
      Number.isInteger((value as { length?: unknown }).length) &&
      (value as { length: number }).length >= 0)
  );
}

/** Sums of squares over 1e8 values of this size are still finite. */
export const LARGEST = 1e150;

/** Whether a value may stand in a row. */
function fits(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LARGEST;
}

/** Place of the first number that does not fit, or -1. Four maxima side by side: one alone would wait for itself. */
function firstMisfit(values: Float64Array): number {
  let [m0, m1, m2, m3] = [0, 0, 0, 0];
  let p = 0;
  for (; p + 3 < values.length; p += 4) {
    const a = Math.abs(values[p]!);
    const b = Math.abs(values[p + 1]!);
    const c = Math.abs(values[p + 2]!);
    const d = Math.abs(values[p + 3]!);
    if (a <= m0 && b <= m1 && c <= m2 && d <= m3) continue;
    if (!(a <= LARGEST && b <= LARGEST && c <= LARGEST && d <= LARGEST)) break; // NaN too
    if (a > m0) m0 = a;
    if (b > m1) m1 = b;
    if (c > m2) m2 = c;
    if (d > m3) m3 = d;
  }
  for (; p < values.length; p++) {
    const size = Math.abs(values[p]!);
    if (!(size <= LARGEST)) return p;
    if (size > m0) m0 = size;
  }
  noteLargest(values, Math.max(m0, m1, m2, m3));
  return -1;
}

/** Copies values up to the first that does not fit; its place, or -1. */
function copyFitting(source: ArrayLike<unknown>, data: Float64Array): number {
  for (let p = 0; p < data.length; p++) {
    const value = source[p];
    if (!fits(value)) return p;
    data[p] = value;
  }
  return -1;
}

/** Says what is wrong with a value that does not fit. */
function reject(where: string, value: unknown, row: number, column: number): never {
  const at: PlacedMessage = [`got ${show(value)} at `, { row }, ', ', { column }];
  if (typeof value === 'number' && Number.isFinite(value)) {
    throw new InputError('out-of-range', [
      `${where}: values of points must lie within ${LARGEST}, `,
      ...at,
      '; use a larger unit',
    ]);
  }
  if (typeof value === 'number' || value === undefined || value === null) {
    throw new InputError('not-finite', [
      `${where}: every value of points must be a finite number, `,
      ...at,
      '; drop the row or fill in the value',
    ]);
  }
  throw new InputError('wrong-type', [
    `${where}: every value of points must be a number, `,
    ...at,
    '; convert it first',
  ]);
}

function notEmpty(where: string, n: number, d: number): void {
  if (n === 0) throw new InputError('empty', `${where}: points must have at least one row, got 0 rows`);
  if (d === 0) throw new InputError('empty', `${where}: points must have at least one column, got ${n} x 0`);
}

function tableOf(where: string, n: number, d: number): Float64Array {
  return allocate(where, `${n} x ${d} points`, () => new Float64Array(n * d));
}

function readRows(where: string, rows: ArrayLike<unknown>): PointTable {
  const n = rows.length;
  const first = rows[0];
  if (n > 0 && !isArrayLike(first)) {
    const flat = ArrayBuffer.isView(rows) ? '{ data, rows, columns } for a flat array, or ' : '';
    const hint =
      typeof first === 'number'
        ? `; ${flat === '' ? '' : `pass ${flat}`}for one-dimensional data wrap each value: [[1], [2]]`
        : '';
    throw new InputError(
      'wrong-type',
      `${where}: row 0 of points must be an array of numbers, got ${show(first)}${hint}`,
    );
  }
  const d = n === 0 ? 0 : (first as ArrayLike<unknown>).length;
  notEmpty(where, n, d);
  const data = tableOf(where, n, d);
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    if (!isArrayLike(row)) {
      throw new InputError('wrong-type', `${where}: row ${i} of points must be an array of numbers, got ${show(row)}`);
    }
    if (row.length !== d) {
      throw new ShapeError(
        'ragged-rows',
        `${where}: all rows of points must have the same length, got ${d} values in row 0 and ${row.length} in row ${i}`,
      );
    }
    const at = i * d;
    for (let j = 0; j < d; j++) {
      const value = row[j];
      if (!fits(value)) reject(where, value, i, j);
      data[at + j] = value;
    }
  }
  return { data, n, d };
}

function extent(where: string, name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new InputError('wrong-type', `${where}: ${name} must be a non-negative integer, got ${show(value)}`);
}

function readFlat(where: string, matrix: FlatMatrix, use: PointUse): PointTable {
  const n = extent(where, 'rows', matrix.rows);
  const d = extent(where, 'columns', matrix.columns);
  const source: unknown = matrix.data;
  if (!isArrayLike(source)) {
    throw new InputError('wrong-type', `${where}: data must be an array of numbers, got ${show(source)}`);
  }
  if (source.length !== n * d) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: data must hold rows x columns = ${n} x ${d} = ${n * d} values, got ${source.length}`,
    );
  }
  notEmpty(where, n, d);
  const lent = use === 'borrow' && source instanceof Float64Array;
  const data = lent ? source : tableOf(where, n, d);
  // Copied at once where no value can be anything but a number.
  const numbers = source instanceof Float64Array || source instanceof Float32Array;
  if (numbers && !lent) data.set(source);
  const misfit = numbers ? firstMisfit(data) : copyFitting(source, data);
  if (misfit !== -1) reject(where, source[misfit], Math.floor(misfit / d), misfit % d);
  return { data, n, d };
}

function readMatrix(where: string, matrix: MatrixLike): PointTable {
  const n = extent(where, 'rows', matrix.rows);
  const d = extent(where, 'columns', matrix.columns);
  notEmpty(where, n, d);
  const data = tableOf(where, n, d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      const value = matrix.get(i, j);
      if (!fits(value)) reject(where, value, i, j);
      data[i * d + j] = value;
    }
  }
  return { data, n, d };
}

/** 'borrow': a Float64Array of the caller's is used as it stands, so it must be done with when the call returns. */
export type PointUse = 'copy' | 'borrow';

/**
 * Checks points in any accepted form, and copies them unless they may be borrowed.
 *
 * @throws InputError not-finite, wrong-type or empty; ShapeError ragged-rows or length-mismatch.
 */
export function readPoints(where: string, given: unknown, use: PointUse = 'copy'): PointTable {
  const points = inOwnForm(where, given);
  if (typeof points === 'object' && points !== null && !Array.isArray(points)) {
    const { rows, columns, data, get } = points as Partial<FlatMatrix & MatrixLike>;
    if (rows !== undefined && columns !== undefined) {
      if (typeof get === 'function') return readMatrix(where, points as MatrixLike);
      if (data !== undefined) return readFlat(where, points as FlatMatrix, use);
    }
  }
  if (isArrayLike(points)) return readRows(where, points);
  throw new InputError('wrong-type', `${where}: points must be ${FORMS}, got ${show(points)}`);
}
