import { firstLeaves, type WardTree } from '../../statistics/ward.js';

/** What the held-out rows of a fold are scored by under one labeling; all of it is overwritten. */
export interface FoldSums {
  /** Classes of the held-out rows. */
  readonly held: Int32Array;
  /** Sums of distances from each held-out row to those of each class, and how many these are. */
  readonly distances: Float64Array;
  readonly counts: Float64Array;
  /** Sums of products of each held-out row with the training rows of each class, and how many these are. */
  readonly products: Float64Array;
  readonly sizes: Float64Array;
  /** Sums of products of the training rows of one class with those of another. */
  readonly grams: Float64Array;
}

/** Adds column b to column a in every row of k numbers. */
function addColumn(table: Float64Array, k: number, a: number, b: number): void {
  for (let at = 0; at < table.length; at += k) table[at + a]! += table[at + b]!;
}

/** Mean silhouette width of the held-out rows among the groups that are left. */
function heldSilhouette({ distances, counts }: FoldSums, k: number, groups: Int32Array, own: Int32Array): number {
  let total = 0;
  for (let i = 0; i < own.length; i++) {
    const mine = own[i]!;
    if (counts[mine]! <= 1) continue;
    const at = i * k;
    const a = distances[at + mine]! / (counts[mine]! - 1);
    let b = Infinity;
    for (let p = 0; p < groups.length; p++) {
      const g = groups[p]!;
      if (g !== mine && counts[g]! > 0) b = Math.min(b, distances[at + g]! / counts[g]!);
    }
    const larger = Math.max(a, b);
    if (larger > 0 && b < Infinity) total += (b - a) / larger;
  }
  return total / own.length;
}

/** Balanced accuracy of the nearest centroid on the held-out rows among the groups that are left. */
function heldAccuracy({ products, sizes, grams }: FoldSums, k: number, groups: Int32Array, own: Int32Array): number {
  const filled = groups.filter((g) => sizes[g]! > 0);
  // Squared distance to a centroid, up to the square of the row.
  const square = Float64Array.from(filled, (g) => grams[g * k + g]! / (sizes[g]! * sizes[g]!));
  const double = Float64Array.from(filled, (g) => 2 / sizes[g]!);
  const right = new Float64Array(k);
  const count = new Float64Array(k);
  for (let i = 0; i < own.length; i++) {
    const at = i * k;
    let best = groups[0]!;
    let least = Infinity;
    for (let p = 0; p < filled.length; p++) {
      const distance = square[p]! - double[p]! * products[at + filled[p]!]!;
      if (distance < least) {
        least = distance;
        best = filled[p]!;
      }
    }
    count[own[i]!]!++;
    if (own[i] === best) right[best]!++;
  }
  let sum = 0;
  let present = 0;
  for (const g of groups) {
    if (count[g] === 0) continue;
    sum += right[g]! / count[g]!;
    present++;
  }
  return sum / present;
}

/**
 * Cuts a tree of the classes into each number of groups, ascending, and scores the cuts on the held-out rows: writes
 * silhouette and balanced accuracy per number of groups. Groups are merged step by step, in place; each
 * stands where its first class does. Cost O(m (k + sum of groups)) for m held-out rows.
 */
export function scoreCuts(
  tree: WardTree,
  k: number,
  groups: readonly number[],
  sums: FoldSums,
  silhouettes: Float64Array,
  accuracies: Float64Array,
): void {
  const { held, distances, counts, products, sizes, grams } = sums;
  const own = held.slice();
  let left = Int32Array.from({ length: k }, (_, c) => c);
  const merges = firstLeaves(tree, k);
  for (let position = groups.length - 1; position >= 0; position--) {
    while (left.length > groups[position]!) {
      const [a, b] = merges[k - left.length]!;
      for (const table of [distances, products, grams]) addColumn(table, k, a, b);
      for (let c = 0; c < k; c++) grams[a * k + c]! += grams[b * k + c]!;
      counts[a]! += counts[b]!;
      sizes[a]! += sizes[b]!;
      for (let i = 0; i < own.length; i++) if (own[i] === b) own[i] = a;
      left = left.filter((g) => g !== b);
    }
    silhouettes[position] = heldSilhouette(sums, k, left, own);
    accuracies[position] = heldAccuracy(sums, k, left, own);
  }
}
