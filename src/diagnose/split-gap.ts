import { Rng } from '../core/rng.js';
import { eachBlock } from '../distance/each-row.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { distanceSource } from '../distance/source.js';
import { clusterOrder } from '../kernels/cluster-order.js';
import { labelingMeans } from '../kernels/labeling-means.js';
import { nearestIn, nearestRows } from './nearest-rows.js';
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
  const halves = [0, 1].map((own) => halfOf(labels, k, dealt, own));
  const widths = dealt.map(() => [0, 0]);
  const hits = dealt.map(() => [0, 0]);
  const near = nearestRows(n);
  eachBlock(source, undefined, (rows, distances) => {
    for (let s = 0; s < rows.length; s++) {
      const i = rows[s]!;
      const row = distances.subarray(s * n, (s + 1) * n);
      row[i] = Infinity;
      near.read(row);
      dealt.forEach((sides, p) => {
        const nearest = nearestIn(row, near.rows, sides, sides[i]!);
        if (nearest !== -1 && labels[nearest] === labels[i]) hits[p]![sides[i]!]!++;
      });
      row[i] = 0;
    }
    halves.forEach(({ offsets, labelings }, own) => {
      labelingMeans(rows, distances, labelings, (p, i, sum, nearest) => {
        const others = offsets[labels[i]! + 1]! - offsets[labels[i]!]! - 1;
        if (dealt[p]![i] !== own || others <= 0) return;
        const larger = Math.max(sum / others, nearest);
        if (larger > 0 && nearest < Infinity) widths[p]![own]! += (nearest - sum / others) / larger;
      });
    });
  });
  const heldOut = side.reduce((sum, s) => sum + s, 0);
  const sizes = [n - heldOut, heldOut];
  return { silhouette: gapOf(widths, sizes), neighborAgreement: gapOf(hits, sizes) };
}

/** The clusters on one side, which have the same sizes in all deals. */
function halfOf(labels: Int32Array, k: number, dealt: readonly Uint8Array[], own: number) {
  const codes = labels.map((label, i) => (dealt[0]![i] === own ? label : k));
  const offsets = clusterOrder(codes, k + 1).offsets.slice(0, k + 1);
  const labelings = dealt.map((sides) => {
    const { order } = clusterOrder(
      labels.map((label, i) => (sides[i] === own ? label : k)),
      k + 1,
    );
    return { labels, order: order.subarray(0, offsets[k]!), offsets };
  });
  return { offsets, labelings };
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
