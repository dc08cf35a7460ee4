import { crossings } from '../gaps/crossing.js';

/**
 * How often near neighbours lie across the borders of pairs of groups (labels 0 .. k - 1, of each row), in crossings of
 * cuts of the groups: see `crossings`. Below CROSSED there is a gap: a ring, or an arm of a spiral, has two modes along a
 * line and no gap, and the border of two of its arcs is crossed at least as often as an arc that is cut. 0 where no border
 * is crossed.
 */
export function borderCrossing(
  rows: Float64Array,
  prints: Uint32Array,
  labels: Int32Array,
  pairs: readonly (readonly [number, number])[],
  { d, k, seed }: { readonly d: number; readonly k: number; readonly seed: number },
): number {
  const { borders, cuts } = crossings({ rows, own: labels, prints }, pairs, { n: labels.length, d, k, seed });
  return borders === 0 ? 0 : borders / cuts;
}
