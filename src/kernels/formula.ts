/** What a block kernel computes of two rows, by the number that the binary knows it by. */
export const SQUARES = 0;
export const EUCLIDEAN = 1;
export const MANHATTAN = 2;
export const CHEBYSHEV = 3;
/**
 * Euclidean by |x|^2 + |y|^2 - 2 x.y, for rows with many columns: two operations per column in place
 * of three. A pair for which the difference is below `CANCELLED` of |x|^2 + |y|^2 is computed from
 * the differences of its columns, so that no more than four bits cancel and equal rows are at
 * distance 0. Its packed rows carry their |x|^2 as one more column.
 */
export const WIDE = 4;

export type Formula = 0 | 1 | 2 | 3 | 4;

export const CANCELLED = 0.0625;
