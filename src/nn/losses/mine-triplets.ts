import { byDistance } from './by-distance.js';

/** Which triplets of a batch count. */
export type Mining = 'all' | 'hard' | 'semi-hard';

export interface MinedTriplets {
  /** Sum of max(0, d_ap - d_an + margin) over the triplets. */
  readonly sum: number;
  readonly triplets: number;
  /** Those above 0. */
  readonly active: number;
  /** Those whose negative is not farther than the positive for want of one, with `semi-hard`. */
  readonly fallback: number;
}

/** An anchor with its distances, and the derivative of the sum by them. */
interface AnchorRow {
  readonly distances: Float64Array;
  readonly slope: Float64Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
  readonly margin: number;
}

/** How many values of a sorted list equal that at a place, from there on. */
function tiedFrom(sorted: Float64Array, place: number): number {
  let end = place + 1;
  while (end < sorted.length && sorted[end] === sorted[place]) end++;
  return end - place;
}

/**
 * Both sorted, the negatives that violate the margin against a positive are the first ones, for farther
 * positives more. The violations of a positive are those of the positive before it, each larger by what it
 * is farther, and those of the negatives that come in.
 */
function mineAll({ distances, slope, positives, negatives, margin }: AnchorRow): MinedTriplets {
  const far = byDistance(distances, positives);
  const near = byDistance(distances, negatives);
  let violations = 0;
  let sum = 0;
  let active = 0;
  let pushed = 0;
  for (let k = 0; k < far.rows.length; k++) {
    const reach = far.distances[k]!;
    if (pushed > 0) violations += pushed * (reach - far.distances[k - 1]!);
    for (; pushed < near.rows.length; pushed++) {
      const violation = reach - near.distances[pushed]! + margin;
      if (!(violation > 0)) break;
      violations += violation;
      // By this positive and all that are farther.
      slope[near.rows[pushed]!]! -= far.rows.length - k;
    }
    slope[far.rows[k]!]! += pushed;
    active += pushed;
    sum += violations;
  }
  return { sum, triplets: positives.length * negatives.length, active, fallback: 0 };
}

/** Spreads `amount` over those of the rows that lie at this distance. */
function share({ distances, slope }: AnchorRow, rows: Int32Array, at: number, amount: number): void {
  let tied = 0;
  for (const i of rows) if (distances[i] === at) tied++;
  for (const i of rows) if (distances[i] === at) slope[i]! += amount / tied;
}

function mineHard(row: AnchorRow): MinedTriplets {
  const { distances, positives, negatives, margin } = row;
  let farthest = Number.NEGATIVE_INFINITY;
  let nearest = Number.POSITIVE_INFINITY;
  for (const p of positives) farthest = Math.max(farthest, distances[p]!);
  for (const q of negatives) nearest = Math.min(nearest, distances[q]!);
  const violation = farthest - nearest + margin;
  if (!(violation > 0)) return { sum: 0, triplets: 1, active: 0, fallback: 0 };
  share(row, positives, farthest, 1);
  share(row, negatives, nearest, -1);
  return { sum: violation, triplets: 1, active: 1, fallback: 0 };
}

function mineSemiHard({ distances, slope, positives, negatives, margin }: AnchorRow): MinedTriplets {
  const far = byDistance(distances, positives);
  const near = byDistance(distances, negatives);
  const count = near.rows.length;
  let farthest = count - 1;
  while (farthest > 0 && near.distances[farthest - 1] === near.distances[count - 1]) farthest--;
  /** How often the negatives at a distance were chosen, at the first of them. */
  const chosen = new Int32Array(count);
  let sum = 0;
  let active = 0;
  let fallback = 0;
  let farther = 0;
  for (let k = 0; k < far.rows.length; k++) {
    const reach = far.distances[k]!;
    while (farther < count && near.distances[farther]! <= reach) farther++;
    if (farther === count) fallback++;
    const place = farther === count ? farthest : farther;
    const violation = reach - near.distances[place]! + margin;
    if (!(violation > 0)) continue;
    sum += violation;
    active++;
    slope[far.rows[k]!]! += 1;
    chosen[place]!++;
  }
  for (let place = 0; place < count; place++) {
    if (chosen[place] === 0) continue;
    const tied = tiedFrom(near.distances, place);
    for (let k = place; k < place + tied; k++) slope[near.rows[k]!]! -= chosen[place]! / tied;
  }
  return { sum, triplets: positives.length, active, fallback };
}

const MINERS = { all: mineAll, hard: mineHard, 'semi-hard': mineSemiHard } as const;

/**
 * The triplets of a batch, by its distances (n x n), and the derivative of their sum by each distance
 * into `slope`. Rows at one distance share what they do. Memory n^2; cost n^2, with `all` and `semi-hard`
 * n^2 log n.
 */
export function mineTriplets(
  distances: Float64Array,
  { codes, mining, margin }: { readonly codes: Int32Array; readonly mining: Mining; readonly margin: number },
  slope: Float64Array,
): MinedTriplets {
  const n = codes.length;
  const total = { sum: 0, triplets: 0, active: 0, fallback: 0 };
  const rows = Int32Array.from(codes, (_, i) => i);
  const others = new Map<number, Int32Array>();
  const members = new Map<number, Int32Array>();
  for (let a = 0; a < n; a++) {
    const code = codes[a]!;
    const negatives = others.get(code) ?? rows.filter((i) => codes[i] !== code);
    others.set(code, negatives);
    const own = members.get(code) ?? rows.filter((i) => codes[i] === code);
    members.set(code, own);
    const place = own.indexOf(a);
    const positives = new Int32Array(own.length - 1);
    positives.set(own.subarray(0, place));
    positives.set(own.subarray(place + 1), place);
    if (positives.length === 0 || negatives.length === 0) continue;
    const row = {
      distances: distances.subarray(a * n, (a + 1) * n),
      slope: slope.subarray(a * n, (a + 1) * n),
      positives,
      negatives,
      margin,
    };
    const found = MINERS[mining](row);
    total.sum += found.sum;
    total.triplets += found.triplets;
    total.active += found.active;
    total.fallback += found.fallback;
  }
  return total;
}
