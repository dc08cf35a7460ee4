import { allGaps } from './all-gaps.js';
import type { LineGap } from './gap-types.js';

const NOTHING: LineGap = {
  p: 1,
  dip: 0,
  line: 'centres',
  rows: 0,
  power: 0,
  tail: 1,
  places: new Float64Array(0),
  placesOf: new Map(),
  reliability: 0,
};

/**
 * Is there a gap between two sets of rows? p tests "one mode across the border": each set is split in two
 * halves, and each half chooses the lines on which the rows of the other are placed: between the centres, between
 * them after whitening within the sets, and between the parts that face each other. Hartigan's dip judges all
 * places together. How the sets were made does not enter: rows do not judge a line that they chose, so that
 * labels made from the points cannot make a gap. Cost O(m d^2) for m rows.
 */
export function gapBetween(
  points: Float64Array,
  d: number,
  a: Int32Array,
  b: Int32Array,
  { seed }: { readonly seed: number },
): LineGap {
  const n = a.length + b.length;
  const own = new Float64Array(n * d);
  [...a, ...b].forEach((i, position) => {
    own.set(points.subarray(i * d, i * d + d), position * d);
  });
  const labels = Int32Array.from({ length: n }, (_, i) => (i < a.length ? 0 : 1));
  const [found] = allGaps(own, n, d, labels, 2, seed).gaps;
  return found ?? NOTHING;
}
