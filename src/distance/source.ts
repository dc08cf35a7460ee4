import type { KernelChoice } from '../kernels/block-engine.js';
import type { RowsPlace } from '../kernels/row-distances.js';

/** Distances on demand, some rows at a time. */
export interface DistanceSource {
  readonly metric: string;
  readonly n: number;
  /** Multiply by this to get distances in the units of the input. */
  readonly unit: number;
  /** Whether the distance from i to j is that from j to i by construction, to the bit. */
  readonly symmetric: boolean;
  /** Writes the distances from each of `rows` to all n rows, row by row from out[0] or as `place` says. */
  fillRows(rows: Int32Array, out: Float64Array, place?: RowsPlace): void;
  /** Writes the distances from each of `rows` to each of `columns`, row by row: the same numbers. */
  fillPairs(rows: Int32Array, columns: Int32Array, out: Float64Array): void;
}

export interface SourceOptions {
  readonly engine?: KernelChoice | undefined;
  /** Let `fillRows` take the faster form for many columns, by which `fillPairs` differs from it by rounding. Default no. */
  readonly wide?: boolean | undefined;
  /** Take functions that depend on the direction. Default no: they are refused. */
  readonly asymmetric?: boolean | undefined;
  /** Row of the caller's input at each row, for errors. Default: the row itself. */
  readonly rowName?: ((i: number) => number) | undefined;
}
