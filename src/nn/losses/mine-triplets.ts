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

function mineAll({ distances, slope, positives, negatives, margin }: AnchorRow): MinedTriplets {
  // Side by side: the inner loop runs n^3 / 4 times.
  const near = new Float64Array(negatives.length);
  const pushes = new Int32Array(negatives.length);
  for (let k = 0; k < near.length; k++) near[k] = distances[negatives[k]!]!;
  let sum = 0;
  let active = 0;
  for (const p of positives) {
    const reach = distances[p]!;
    let pulls = 0;
    for (let k = 0; k < near.length; k++) {
      const violation = reach - near[k]! + margin;
      if (!(violation > 0)) continue;
      sum += violation;
      pushes[k]!++;
      pulls++;
    }
    slope[p]! += pulls;
    active += pulls;
  }
  for (let k = 0; k < near.length; k++) slope[negatives[k]!]! -= pushes[k]!;
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

/** The first place of a sorted list that holds more than `value`. */
function placeAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function mineSemiHard({ distances, slope, positives, negatives, margin }: AnchorRow): MinedTriplets {
  const near = new Float64Array(negatives.length);
  for (let k = 0; k < near.length; k++) near[k] = distances[negatives[k]!]!;
  near.sort();
  const farthest = near[near.length - 1]!;
  /** How often each distance was chosen. */
  const chosen = new Map<number, number>();
  let sum = 0;
  let active = 0;
  let fallback = 0;
  for (const p of positives) {
    const farther = near[placeAbove(near, distances[p]!)];
    if (farther === undefined) fallback++;
    const distance = farther ?? farthest;
    const violation = distances[p]! - distance + margin;
    if (!(violation > 0)) continue;
    sum += violation;
    active++;
    slope[p]! += 1;
    chosen.set(distance, (chosen.get(distance) ?? 0) + 1);
  }
  if (active === 0) return { sum, triplets: positives.length, active, fallback };
  const shares = new Map<number, number>();
  for (const [distance, times] of chosen) {
    const end = placeAbove(near, distance);
    let first = end - 1;
    while (first > 0 && near[first - 1] === distance) first--;
    shares.set(distance, times / (end - first));
  }
  for (const q of negatives) {
    const share = shares.get(distances[q]!);
    if (share !== undefined) slope[q]! -= share;
  }
  return { sum, triplets: positives.length, active, fallback };
}

const MINERS = { all: mineAll, hard: mineHard, 'semi-hard': mineSemiHard } as const;

/**
 * The triplets of a batch, by its distances (n x n), and the derivative of their sum by each distance
 * into `slope`. Rows at one distance share what they do. Memory n^2; cost n^2, with `semi-hard` n^2 log n, with `all` n^3 / 4.
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
  for (let a = 0; a < n; a++) {
    const code = codes[a]!;
    const negatives = others.get(code) ?? rows.filter((i) => codes[i] !== code);
    others.set(code, negatives);
    const positives = rows.filter((i) => codes[i] === code && i !== a);
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
