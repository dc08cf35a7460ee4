import { allocate } from '../core/allocate.js';
import { InputError, ShapeError, show } from '../core/errors.js';
import type { FlatMatrix } from '../core/types.js';

/** Points as other libraries hold them: what is read of each. */
interface OtherForm {
  readonly data?: unknown;
  readonly shape?: unknown;
  /** npyjs: column after column. */
  readonly fortranOrder?: unknown;
  /** tfjs. */
  readonly dataSync?: unknown;
  /** Sparse rows. */
  readonly indptr?: unknown;
  readonly indices?: unknown;
  /** Tables and vectors of Arrow. */
  readonly numCols?: unknown;
  readonly numRows?: unknown;
  readonly getChildAt?: unknown;
  readonly toArray?: unknown;
}

const isArray = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || ArrayBuffer.isView(value);

function extentsOf(where: string, shape: unknown): readonly [number, number] {
  const [n, d] = isArray(shape) ? Array.from(shape) : [];
  const fits = (extent: unknown) => Number.isSafeInteger(extent) && (extent as number) >= 0;
  if (isArray(shape) && shape.length === 2 && fits(n) && fits(d)) return [n as number, d as number];
  const got = isArray(shape) ? `[${Array.from(shape).join(', ')}]` : show(shape);
  throw new ShapeError('shape-mismatch', `${where}: points must have the shape [rows, columns], got ${got}`);
}

/** Integers of 64 bits as numbers; anything else as it is. */
function asNumbers(data: unknown): ArrayLike<number> {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number);
  return data as ArrayLike<number>;
}

function rowMajor(data: ArrayLike<number>, n: number, d: number): ArrayLike<number> {
  if (data.length !== n * d) return data; // refused by its length
  const turned = new Float64Array(n * d);
  for (let j = 0; j < d; j++) for (let i = 0; i < n; i++) turned[i * d + j] = data[j * n + i]!;
  return turned;
}

/** The rows of a sparse matrix written out: row i has `data[p]` in column `indices[p]` for p from indptr[i] to indptr[i + 1]. */
function ofSparse(where: string, { indptr, indices, data, shape }: OtherForm): FlatMatrix {
  const [n, d] = extentsOf(where, shape);
  if (!isArray(indptr) || !isArray(indices) || !isArray(data)) {
    throw new InputError('wrong-type', `${where}: sparse points must be { indptr, indices, data, shape } with arrays`);
  }
  const ends = Array.from(indptr, Number);
  if (ends.length !== n + 1 || ends[0] !== 0 || ends[n] !== indices.length || indices.length !== data.length) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: sparse points of ${n} rows must have ${n + 1} row starts from 0 to the number of values, got ${ends.length} from ${ends[0]} to ${ends[n]} for ${data.length} values and ${indices.length} columns`,
    );
  }
  const values = asNumbers(data);
  const dense = allocate(where, `${n} x ${d} points`, () => new Float64Array(n * d));
  for (let i = 0; i < n; i++) {
    if (!(ends[i + 1]! >= ends[i]!)) {
      throw new InputError(
        'out-of-range',
        `${where}: row starts of sparse points must rise, got ${ends[i + 1]} behind ${ends[i]}`,
      );
    }
    for (let p = ends[i]!; p < ends[i + 1]!; p++) {
      const column = Number(indices[p]);
      if (!(Number.isInteger(column) && column >= 0 && column < d)) {
        throw new InputError(
          'out-of-range',
          `${where}: columns of sparse points must be from 0 to ${d - 1}, got ${column} in row ${i}`,
        );
      }
      dense[i * d + column]! += values[p]!; // a place that is named twice is a sum, as in scipy
    }
  }
  return { data: dense, rows: n, columns: d };
}

/** A table of Arrow: each column is one of the points. */
function ofTable(where: string, table: OtherForm): FlatMatrix {
  const [n, d] = [table.numRows as number, table.numCols as number];
  const data = allocate(where, `${n} x ${d} points`, () => new Float64Array(n * d));
  for (let j = 0; j < d; j++) {
    const column = (table.getChildAt as (j: number) => { get(i: number): unknown })(j);
    for (let i = 0; i < n; i++) {
      const value = column.get(i);
      data[i * d + j] = typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : Number.NaN;
    }
  }
  return { data, rows: n, columns: d };
}

/** A vector of Arrow whose values are lists of numbers. */
function ofLists(vector: ArrayLike<unknown> & { get(i: number): unknown }): ArrayLike<number>[] {
  return Array.from({ length: vector.length }, (_, i) => {
    const list = vector.get(i) as { toArray?: () => ArrayLike<number> } | null;
    return asNumbers(list?.toArray?.() ?? list);
  });
}

const isVector = (
  value: OtherForm,
): value is OtherForm & ArrayLike<unknown> & { get(i: number): unknown; toArray(): unknown } =>
  typeof value.toArray === 'function' &&
  typeof (value as { get?: unknown }).get === 'function' &&
  typeof (value as { length?: unknown }).length === 'number';

/**
 * Points as other libraries hold them, in a form of our own: `{ data, shape }` (npyjs, our Tensor), a tensor of
 * tfjs, sparse rows, a table or a vector of lists of Arrow. Anything else comes back as it is.
 *
 * @throws ShapeError for other than two dimensions; InputError for sparse rows that do not fit their shape.
 */
export function inOwnForm(where: string, points: unknown): unknown {
  if (typeof points !== 'object' || points === null || isArray(points)) return points;
  const form = points as OtherForm;
  if ('rows' in form && 'columns' in form) return points;
  if (form.indptr !== undefined && form.indices !== undefined) return ofSparse(where, form);
  if (
    typeof form.getChildAt === 'function' &&
    typeof form.numCols === 'number' &&
    typeof form.numRows === 'number' &&
    !isVector(form)
  ) {
    return ofTable(where, form);
  }
  if (isVector(form)) return ofLists(form);
  if (form.shape === undefined) return points;
  const data = typeof form.dataSync === 'function' ? (form.dataSync as () => unknown).call(form) : form.data;
  if (!isArray(data)) return points;
  const [n, d] = extentsOf(where, form.shape);
  const numbers = asNumbers(data);
  return {
    data: form.fortranOrder === true ? rowMajor(numbers, n, d) : numbers,
    rows: n,
    columns: d,
  } satisfies FlatMatrix;
}

/** Labels of a vector of Arrow or a tensor of tfjs as an array. Anything else comes back as it is. */
export function labelsInOwnForm(labels: unknown): unknown {
  if (typeof labels !== 'object' || labels === null || isArray(labels)) return labels;
  const form = labels as OtherForm;
  if (isVector(form)) return Array.from({ length: form.length }, (_, i) => form.get(i));
  if (typeof form.dataSync === 'function') return (form.dataSync as () => unknown).call(form);
  if (isArray(form.shape) && form.shape.length === 1 && isArray(form.data)) return form.data;
  return labels;
}
