import { dipTest } from '../../statistics/dip.js';
import { kMeans } from '../../statistics/k-means.js';
import { clearestLine } from '../gaps/line-gap.js';
import { type LineSpaces, lineSpaces } from '../gaps/line-spaces.js';
import { contactOf } from './contact.js';

/** Numbers of groups that are tried: 2 to this. */
const MOST = 12;
/** A group of fewer rows is none. */
const LEAST_ROWS = 8;
/** As in `findSplit`: the sides keep apart where they come closest, or have two modes between their centres. */
const APART = 0.97;
const LOCAL = 0.025;

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

/** p of "no gap between the two": 1 where they touch at the border itself, as the sides of a ring do (see `findSplit`). */
function judgePair(
  spaces: LineSpaces,
  rows: Float64Array,
  members: readonly Int32Array[],
  { a, b, thirds }: Pair,
  alpha: number,
): number {
  const pair = [members[a]!, members[b]!] as const;
  const { p, places } = clearestLine(spaces, [a, b], pair, thirds);
  if (p > alpha) return 1;
  const lines = spaces.white === null ? 1 : 2;
  const local = lines * dipTest(places.filter((v) => Math.abs(v) <= 0.5)).p;
  return local <= LOCAL || contactOf(rows, spaces.d, ...pair) >= APART ? p : 1;
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
  for (const pair of touchingPairs(centers, k, d)) {
    p = Math.max(p, judgePair(spaces, rows, members, pair, alpha));
    if (p > alpha) return null;
  }
  return { labels, p };
}

/**
 * The most groups by k-means, for k from 2 to 12, of which every pair of neighbours has a gap between them; null
 * when there is no such k. That all pairs have one is tested at the level of each (intersection-union test,
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
