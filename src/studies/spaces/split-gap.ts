import { Rng } from '../../core/rng.js';
import type { Part } from '../../data/row-sample.js';
import type { Metric } from '../../distance/metric.js';
import { rowsByClass } from '../../statistics/row-order.js';
import { subsetIndices } from './subset-indices.js';

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
  const members = rowsByClass(part);
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
 * side: dealing them anew gives the gaps to expect, the effect of unequal numbers included. Both sides
 * must have two classes, and one of two rows.
 *
 * Cost O(n^2 (d + permutations)) time, O(n permutations) memory.
 */
export function splitGaps(
  where: string,
  part: Part,
  side: Uint8Array,
  setup: { readonly metric: Metric; readonly permutations: number; readonly seed: number },
): { silhouette: SplitGap; neighborAgreement: SplitGap } {
  const every = Int32Array.from({ length: part.n }, (_, i) => i);
  const subsets = deals(part, side, setup.permutations, setup.seed).flatMap((sides) => [
    every.filter((i) => sides[i] === 0),
    every.filter((i) => sides[i] === 1),
  ]);
  const indices = subsetIndices(where, part, setup.metric, subsets);
  const gapOf = (index: 0 | 1): SplitGap => {
    const values = indices.map((found) => found[index]);
    const gaps = values.flatMap((training, s) => (s % 2 === 0 ? [training - values[s + 1]!] : []));
    return { training: values[0]!, heldOut: values[1]!, ...gapAgainst(gaps[0]!, gaps.slice(1)) };
  };
  return { silhouette: gapOf(0), neighborAgreement: gapOf(1) };
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
