import { centredFrame } from '../../kernels/frame.js';
import { dipTest } from '../../statistics/dip.js';
import { fingerprints } from './content-halves.js';
import { type LineSpaces, lineSpaces } from './line-spaces.js';
import { pairPositions } from './pair-positions.js';

/** What the line between two groups says of a gap. */
export interface LineGap {
  /** Of "one mode along the line", the better of two lines, corrected for the choice. */
  readonly p: number;
  readonly dip: number;
  /** Rows that were judged: those whose way to the border does not lead into a third group. */
  readonly rows: number;
  /** Along which line: between the centres as they are, or after whitening within groups. */
  readonly line: 'centres' | 'whitened';
}

/** The dip test along the lines between groups a and b, given by their rows. */
export function lineGap(
  spaces: LineSpaces,
  members: readonly [Int32Array, Int32Array],
  thirds: readonly number[],
): LineGap {
  const tried = (['plain', 'white'] as const).flatMap((which) => {
    if (which === 'white' && spaces.white === null) return [];
    const { at } = pairPositions(spaces, which, members, thirds);
    const line = which === 'plain' ? ('centres' as const) : ('whitened' as const);
    return at.length === 0 ? [{ p: 1, dip: 0, rows: 0, line }] : [{ ...dipTest(at), rows: at.length, line }];
  });
  const best = tried.reduce((least, one) => (one.p < least.p ? one : least));
  return { ...best, p: Math.min(1, tried.length * best.p) };
}

/**
 * Is there a gap between two sets of rows? p tests "one mode across the border": each set is split in two
 * halves, each half chooses the lines on which the rows of the other are placed (between the centres, and
 * between them after whitening by the covariance within the sets), and Hartigan's dip judges all places
 * together. How the sets were made does not enter: rows do not judge a line that they chose, so that labels
 * made from the points cannot make a gap. Cost O(m d^2) for m rows.
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
  if (a.length < 2 || b.length < 2) return { p: 1, dip: 0, rows: 0, line: 'centres' };
  const labels = Int32Array.from({ length: n }, (_, i) => (i < a.length ? 0 : 1));
  const { rows } = centredFrame(own, n, d);
  const spaces = lineSpaces(rows, d, labels, 2, fingerprints(own, n, d, seed));
  const all = Int32Array.from({ length: n }, (_, i) => i);
  return lineGap(spaces, [all.subarray(0, a.length), all.subarray(a.length)], []);
}
