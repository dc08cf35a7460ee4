import { mean, sampleStandardDeviation } from 'simple-statistics';
import { Rng } from '../../core/rng.js';
import { studentTail } from '../../statistics/student-tail.js';
import type { TouchingGap, TouchingGaps } from './all-gaps.js';
import { contentOrder } from './content-halves.js';
import type { NeighborsTell } from './gap-types.js';
import { type NearRows, nearRows, type PairOfGroups, withoutStrays } from './near-rows.js';
import { drawPair, normalPairLike } from './normal-pair.js';
import { sketched } from './sketched.js';

/** Draws of normal groups; Student's t takes account of their number. */
const DRAWS = 20;
/** Rows of a group that are looked at, and products for one draw that are affordable. */
const MOST = 100;
const FEWEST = 20;
const EFFORT = 1e7;
/** Pairs that are looked at, at most: those of which most rows were judged. */
const MOST_PAIRS = 40;

/** Near rows of one pair: as seen, and in draws of normal groups like it. */
export interface ComparedPair {
  readonly seen: readonly [NearRows, NearRows];
  readonly drawn: readonly (readonly [NearRows, NearRows])[];
}

/** Rows of each pair, in equal numbers of a group as far as that is affordable. */
function pairsOfGroups(
  { own, prints }: TouchingGaps,
  rows: Float64Array,
  d: number,
  gaps: readonly TouchingGap[],
): PairOfGroups[] {
  const most = Math.floor(Math.sqrt(EFFORT / (4 * d * gaps.length)));
  const size = Math.max(FEWEST, Math.min(MOST, most));
  const order = contentOrder(prints);
  return gaps.map(({ pair: [a, b] }) => {
    const first = order.filter((i) => own[i] === a).subarray(0, size);
    const second = order.filter((i) => own[i] === b).subarray(0, size);
    const at = new Float64Array((first.length + second.length) * d);
    [...first, ...second].forEach((i, position) => {
      at.set(rows.subarray(i * d, i * d + d), position * d);
    });
    return { rows: at, n: first.length + second.length, first: first.length };
  });
}

/**
 * Counts near rows of the pairs, and of draws of two normal groups with a Bayes error of 3%, the same sizes and the same
 * covariance within. null for a pair that no line parts, as normal groups along the line between centres are no match.
 */
export function comparedPairs(
  touching: TouchingGaps,
  gaps: readonly TouchingGap[],
  { n, d: width, seed }: { readonly n: number; readonly d: number; readonly seed: number },
): (ComparedPair | null)[] {
  const parted = gaps.filter(({ reliability }) => reliability > 0).sort((x, y) => y.rows - x.rows);
  const chosen = parted.slice(0, MOST_PAIRS);
  if (chosen.length === 0) return gaps.map(() => null);
  const { rows, d } = sketched(touching.rows, n, width);
  const rng = new Rng(seed);
  const compared = new Map<TouchingGap, ComparedPair>();
  pairsOfGroups(touching, rows, d, chosen).forEach((pair, p) => {
    const normal = normalPairLike(withoutStrays(pair, d), d);
    if (normal === null) return;
    const drawn = Array.from({ length: DRAWS }, () => nearRows(drawPair(normal, pair, rng), d, seed));
    compared.set(chosen[p]!, { seen: nearRows(pair, d, seed), drawn });
  });
  return gaps.map((gap) => compared.get(gap) ?? null);
}

/** Near rows across the borders among those across borders and cuts, as the angle that has the same spread at any share. */
function angleOf(counts: readonly NearRows[]): number {
  const sum = (of: (one: NearRows) => number) => counts.reduce((total, one) => total + of(one), 0);
  const border = sum((one) => one.border);
  const all = border + sum((one) => one.cut);
  return all > 0 ? Math.asin(Math.sqrt(border / all)) : 0;
}

/**
 * What the near rows of these pairs tell together, by the way of counting that shows more of them across the borders.
 * null where no pair could be compared.
 */
export function neighborsTell(pairs: readonly (ComparedPair | null)[]): NeighborsTell | null {
  const compared = pairs.filter((pair) => pair !== null);
  if (compared.length === 0) return null;
  const ways = ([0, 1] as const).map((way) => {
    const seen = angleOf(compared.map((pair) => pair.seen[way]));
    const drawn = Array.from({ length: DRAWS }, (_, s) => angleOf(compared.map((pair) => pair.drawn[s]![way])));
    const expected = mean(drawn);
    const spread = sampleStandardDeviation(drawn) * Math.sqrt(1 + 1 / DRAWS);
    const tail = spread > 0 ? studentTail((seen - expected) / spread, DRAWS - 1) : seen > expected ? 0 : 1;
    return { p: Math.min(1, 2 * tail), share: Math.sin(seen) ** 2, expected: Math.sin(expected) ** 2 };
  });
  return ways.reduce((least, one) => (one.p < least.p ? one : least));
}
