/**
 * A class or cluster label as the user writes it. A bigint within +-(2^53 - 1) is the same label as the
 * number of its value; beyond, where a number may stand for any of several integers, it is one of its own.
 */
export type Label = string | number | bigint | boolean;

/** A label as results have it: of bigints, those that a number holds exactly have become numbers. */
export type ReadLabel<L extends Label> = L extends bigint ? bigint | number : L;

/**
 * One label per row: an array or a typed array. Any values, any gaps, any order. A string is no list of
 * labels. Results have the type `L` that the labels have: `'a' | 'b'` for `['a', 'b']`.
 */
export type Labels<L extends Label = Label> = ArrayLike<L> & object;

/** The part of an ml-matrix `AbstractMatrix` that is read. */
export interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
}

/** Row-major numbers: element (i, j) is `data[i * columns + j]`. */
export interface FlatMatrix {
  readonly data: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/** Distances above the diagonal of their matrix, row after row: n (n - 1) / 2 numbers, as scipy's pdist gives them. */
export type CondensedDistances = readonly number[] | Float64Array | Float32Array;

/** Numbers with their extents, row-major: what npyjs and `clusterlens/nn` have. */
export interface ShapedNumbers {
  readonly data: ArrayLike<number> | BigInt64Array | BigUint64Array;
  readonly shape: readonly number[];
  /** Column after column, as npyjs says of an array in Fortran order. */
  readonly fortranOrder?: boolean;
}

/** A tensor of tfjs, as far as it is read. */
export interface TensorLike {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

/** Sparse rows as scipy's csr_matrix has them; they are written out. */
export interface SparseRows {
  readonly indptr: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** A table of Arrow, whose columns are those of the points. */
export interface ArrowTableLike {
  readonly numRows: number;
  readonly numCols: number;
  getChildAt(column: number): unknown;
}

/** n points in d dimensions, in any of the accepted forms; condensed distances only with `metric: 'precomputed'`. */
export type Points =
  | ReadonlyArray<ArrayLike<number>>
  | MatrixLike
  | FlatMatrix
  | ShapedNumbers
  | TensorLike
  | SparseRows
  | ArrowTableLike
  | CondensedDistances;
