import { kMeans } from '../../statistics/k-means.js';
import { CROSSED } from '../gaps/crossing.js';
import { clearestLine } from '../gaps/line-gap.js';
import { lineSpaces } from '../gaps/line-spaces.js';
import { borderCrossing } from './border.js';

/** Numbers of groups that are tried: 2 to this. */
const MOST = 12;
/** A group of fewer rows is none. */
const LEAST_ROWS = 8;

/** k groups of all rows, as halves of the rows make them for the other half: nothing is judged by what made it. */
interface Clustering {
  readonly labels: Int32Array;
  readonly p: number;
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly thirds: readonly number[];
}

/** Pairs of centres whose middle is not nearer to a third centre: their cells touch. */
function touchingPairs(centres: Float64Array, k: number, d: number): Pair[] {
  const square = (x: (j: number) => number, c: number) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (x(j) - centres[c * d + j]!) ** 2;
    return sum;
  };
  const pairs: Pair[] = [];
  for (let b = 1; b < k; b++) {
    for (let a = 0; a < b; a++) {
      const middle = (j: number) => (centres[a * d + j]! + centres[b * d + j]!) / 2;
      const own = square(middle, a);
      const thirds = Array.from({ length: k }, (_, c) => c).filter((c) => c !== a && c !== b);
      if (thirds.every((c) => square(middle, c) >= own)) pairs.push({ a, b, thirds });
    }
  }
  return pairs;
}

/** k-means with this k, and the largest p over its touching pairs: small when there is a gap between all of them. */
function clusteredInto(
  rows: Float64Array,
  d: number,
  k: number,
  prints: Uint32Array,
  { seed, alpha }: { readonly seed: number; readonly alpha: number },
): Clustering | null {
  const n = rows.length / d;
  const { labels, centers } = kMeans(rows, n, d, k, { seed, restarts: 4 });
  const members = Array.from({ length: k }, (_, c) => Int32Array.from(labels.keys()).filter((i) => labels[i] === c));
  if (members.some((own) => own.length < LEAST_ROWS)) return null;
  const spaces = lineSpaces(rows, d, labels, k, prints);
  let p = 0;
  const pairs = touchingPairs(centers, k, d);
  for (const { a, b, thirds } of pairs) {
    p = Math.max(p, clearestLine(spaces, [a, b], [members[a]!, members[b]!], thirds).p);
    if (p > alpha) return null;
  }
  const crossed = borderCrossing(
    rows,
    prints,
    labels,
    pairs.map(({ a, b }) => [a, b] as const),
    { d, k, seed },
  );
  return crossed < CROSSED ? { labels, p } : null;
}

/**
 * The most groups by k-means, for k from 2 to 12, of which every pair of neighbours has a gap between them; null
 * when there is no such k. Neighbours must stay on their side of the borders, too (see `borderCrossing`). That all pairs have one is tested at the level of each (intersection-union test,
 * Berger 1982), corrected for the numbers of groups tried. Two of the same group have no gap, so that k is not too large.
 */
export function clusteredGroups(
  rows: Float64Array,
  d: number,
  prints: Uint32Array,
  settings: { readonly seed: number; readonly alpha: number },
): (Clustering & { readonly groups: number }) | null {
  const n = rows.length / d;
  const tries = MOST - 1;
  for (let k = Math.min(MOST, Math.floor(n / LEAST_ROWS)); k >= 2; k--) {
    const found = clusteredInto(rows, d, k, prints, { ...settings, alpha: settings.alpha / tries });
    if (found === null) continue;
    return { labels: found.labels, p: Math.min(1, found.p * tries), groups: k };
  }
  return null;
}
