import { crossings } from '../gaps/crossing.js';

/**
 * Neighbours across a border over neighbours across cuts of its sides, below which there is a gap. A ring, or an arm of a
 * spiral, has two modes along a line and no gap: the border of two arcs is crossed at least as often as an arc that is
 * cut. docs/borders.md has the rates of this bound and of others.
 */
export const CROSSED = 0.5;

/**
 * How often near neighbours lie across the borders of pairs of groups (labels 0 .. k - 1, of each row), in crossings of
 * cuts of the groups: see `crossingRatio`. 0 where no border is crossed.
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
