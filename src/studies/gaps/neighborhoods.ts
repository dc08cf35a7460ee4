import { nearestFew } from '../../kernels/nearest-few.js';
import { eachSquares } from '../../kernels/row-distances.js';

/** Nearest rows of a row that are looked at; those that tie for the last place all count. */
export const NEIGHBORS = 5;

/**
 * Calls `visit` for each of the rows `chosen` with its squared distances to all rows, and the one up to which a row of
 * `among` (default: any) is one of its nearest. No row is its own neighbour: its distance to itself is Infinity.
 */
export function eachNeighborhood(
  rows: Float64Array,
  d: number,
  chosen: Int32Array,
  visit: (i: number, squares: Float64Array, reach: number) => void,
  among?: Int32Array,
): void {
  const most = Math.min(NEIGHBORS, (among?.length ?? rows.length / d) - 1);
  if (most < 1) return;
  const few = nearestFew(most);
  const n = rows.length / d;
  eachSquares({ points: rows, d, order: chosen }, { points: rows, d }, (position, memory, at) => {
    const i = chosen[position]!;
    const squares = memory.subarray(at, at + n);
    squares[i] = Infinity;
    few.read(squares, i, among);
    visit(i, squares, few.gaps[most - 1]!);
  });
}

/** All rows, in order. */
export const everyRow = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
