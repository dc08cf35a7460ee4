import { Rng } from '../core/rng.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { distanceSource } from '../distance/source.js';
import type { Part } from './row-sample.js';

/** Training minus held-out of one index, beside the gaps of rows dealt anew to the two sides. */
export interface SplitGap {
  readonly training: number;
  readonly heldOut: number;
  readonly gap: number;
  readonly expectedGap: number;
  /** (1 + deals with a gap at least as large) / (1 + deals). */
  readonly p: number;
  /** The gaps of the deals; the same seed and classes give the same deals in every space. */
  readonly dealt: readonly number[];
}

/** Neighbours that are looked through before the whole row is. */
const NEAREST = 24;

/** Sides of the rows: the observed ones first, then dealt anew inside each class. */
function deals(part: Part, side: Uint8Array, permutations: number, seed: number): Uint8Array[] {
  const members: number[][] = Array.from({ length: part.k }, () => []);
  for (let i = 0; i < part.n; i++) members[part.labels[i]!]!.push(i);
  const rng = new Rng(seed);
  const all = [side];
  for (let p = 0; p < permutations; p++) {
    const dealt = new Uint8Array(part.n);
    for (const rows of members) {
      const own = rng.shuffle(Uint8Array.from(rows, (i) => side[i]!));
      rows.forEach((i, position) => {
        dealt[i] = own[position]!;
      });
    }
    all.push(dealt);
  }
  return all;
}

function nearestRows(distances: Float64Array, rows: Int32Array, gaps: Float64Array): void {
  gaps.fill(Infinity);
  rows.fill(-1);
  const last = rows.length - 1;
  for (let j = 0; j < distances.length; j++) {
    if (distances[j]! >= gaps[last]!) continue;
    let at = last;
    while (at > 0 && gaps[at - 1]! > distances[j]!) {
      gaps[at] = gaps[at - 1]!;
      rows[at] = rows[at - 1]!;
      at--;
    }
    gaps[at] = distances[j]!;
    rows[at] = j;
  }
}

function nearestOnSide(distances: Float64Array, near: Int32Array, side: Uint8Array, own: number): number {
  for (const j of near) if (j !== -1 && side[j] === own) return j;
  let best = -1;
  for (let j = 0; j < side.length; j++) {
    if (side[j] === own && Number.isFinite(distances[j]!) && (best === -1 || distances[j]! < distances[best]!))
      best = j;
  }
  return best;
}

/**
 * Whether an index is higher on the training rows (side 0) than on the held-out rows (side 1), each
 * measured among its own side. If training left no trace, rows of a class could stand on either
 * side: dealing them anew gives the gaps to expect, the effect of unequal numbers included.
 *
 * Cost O(n^2 (d + permutations)) time, O(n permutations) memory.
 */
export function splitGaps(
  where: string,
  part: Part,
  side: Uint8Array,
  setup: { readonly metric: Metric; readonly permutations: number; readonly seed: number },
): { silhouette: SplitGap; neighborAgreement: SplitGap } {
  const { n, d, k, labels, points } = part;
  const source = distanceSource(where, points, n, d, resolveMetric(where, setup.metric));
  const dealt = deals(part, side, setup.permutations, setup.seed);
  const counts = [new Float64Array(k), new Float64Array(k)];
  const sizes = [0, 0];
  for (let i = 0; i < n; i++) {
    counts[side[i]!]![labels[i]!]!++;
    sizes[side[i]!]!++;
  }
  const widths = dealt.map(() => [0, 0]);
  const hits = dealt.map(() => [0, 0]);
  const distances = new Float64Array(n);
  const scratch = new Float64Array(k);
  const near = new Int32Array(Math.min(NEAREST, n));
  const gaps = new Float64Array(near.length);
  for (let i = 0; i < n; i++) {
    source.fill(i, 0, n, distances, 0);
    distances[i] = Infinity;
    nearestRows(distances, near, gaps);
    dealt.forEach((sides, p) => {
      const nearest = nearestOnSide(distances, near, sides, sides[i]!);
      if (nearest !== -1 && labels[nearest] === labels[i]) hits[p]![sides[i]!]!++;
    });
    distances[i] = 0;
    dealt.forEach((sides, p) => {
      const own = sides[i]!;
      const count = counts[own]!;
      if (count[labels[i]!]! <= 1) return;
      scratch.fill(0);
      for (let j = 0; j < n; j++) if (sides[j] === own) scratch[labels[j]!]! += distances[j]!;
      const a = scratch[labels[i]!]! / (count[labels[i]!]! - 1);
      let b = Infinity;
      for (let c = 0; c < k; c++) {
        if (c !== labels[i] && count[c]! > 0 && scratch[c]! / count[c]! < b) b = scratch[c]! / count[c]!;
      }
      const larger = Math.max(a, b);
      if (larger > 0 && b < Infinity) widths[p]![own]! += (b - a) / larger;
    });
  }
  return { silhouette: gapOf(widths, sizes), neighborAgreement: gapOf(hits, sizes) };
}

/** A gap beside those of rows dealt anew. */
export function gapAgainst(
  gap: number,
  dealt: readonly number[],
): Pick<SplitGap, 'gap' | 'expectedGap' | 'p' | 'dealt'> {
  const slack = 1e-12;
  return {
    gap,
    expectedGap: dealt.reduce((sum, value) => sum + value, 0) / Math.max(1, dealt.length),
    p: (1 + dealt.filter((value) => value >= gap - slack).length) / (1 + dealt.length),
    dealt,
  };
}

function gapOf(sums: readonly number[][], sizes: readonly number[]): SplitGap {
  const gaps = sums.map(([training, heldOut]) => training! / sizes[0]! - heldOut! / sizes[1]!);
  const training = sums[0]![0]! / sizes[0]!;
  const heldOut = sums[0]![1]! / sizes[1]!;
  return { training, heldOut, ...gapAgainst(gaps[0]!, gaps.slice(1)) };
}
