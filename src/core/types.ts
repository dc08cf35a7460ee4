/** A class or cluster label as the user writes it. */
export type Label = string | number | boolean;

/** One label per row. Any values, any gaps, any order. */
export type Labels = ArrayLike<Label>;

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

/** n points in d dimensions, in any of the accepted forms. */
export type Points = ReadonlyArray<ArrayLike<number>> | MatrixLike | FlatMatrix;
