import { firstLeaves, type WardTree } from '../../statistics/ward.js';

/** What the held-out rows of a fold are scored by under one labeling; all of it is overwritten. */
export interface FoldSums {
  /** Classes of the held-out rows. */
  readonly held: Int32Array;
  /** Sums of distances from the held-out rows of each class to each of the m, k x m, and how many these are. */
  readonly distances: Float64Array;
  readonly counts: Float64Array;
  /** Sums of products of the training rows of each class with each held-out row, k x m, and how many these are. */
  readonly products: Float64Array;
  readonly sizes: Float64Array;
  /** Sums of products of the training rows of one class with those of another, k x k. */
  readonly grams: Float64Array;
}

/** Adds row b to row a of a table with rows of this width. */
function addRow(table: Float64Array, width: number, a: number, b: number): void {
  for (let c = 0; c < width; c++) table[a * width + c]! += table[b * width + c]!;
}

/** Mean silhouette width of the held-out rows among the groups that are left. */
function heldSilhouette({ distances, counts }: FoldSums, groups: Int32Array, own: Int32Array): number {
  const m = own.length;
  const nearest = new Float64Array(m).fill(Infinity);
  const inside = new Float64Array(m);
  for (const g of groups) {
    const size = counts[g]!;
    if (size === 0) continue;
    for (let i = 0; i < m; i++) {
      const sum = distances[g * m + i]!;
      if (own[i] === g) inside[i] = sum / (size - 1);
      else nearest[i] = Math.min(nearest[i]!, sum / size);
    }
  }
  let total = 0;
  for (let i = 0; i < m; i++) {
    if (counts[own[i]!]! <= 1) continue;
    const larger = Math.max(inside[i]!, nearest[i]!);
    if (larger > 0 && nearest[i]! < Infinity) total += (nearest[i]! - inside[i]!) / larger;
  }
  return total / m;
}

/** Balanced accuracy of the nearest centroid on the held-out rows among the groups that are left. */
function heldAccuracy({ products, sizes, grams }: FoldSums, k: number, groups: Int32Array, own: Int32Array): number {
  const m = own.length;
  const least = new Float64Array(m).fill(Infinity);
  const best = new Int32Array(m).fill(groups[0]!);
  for (const g of groups) {
    const size = sizes[g]!;
    if (size === 0) continue;
    // Squared distance to the centroid, up to the square of the row.
    const square = grams[g * k + g]! / (size * size);
    const double = 2 / size;
    for (let i = 0; i < m; i++) {
      const distance = square - double * products[g * m + i]!;
      if (distance < least[i]!) {
        least[i] = distance;
        best[i] = g;
      }
    }
  }
  const right = new Float64Array(k);
  const count = new Float64Array(k);
  for (let i = 0; i < m; i++) {
    count[own[i]!]!++;
    if (own[i] === best[i]) right[own[i]!]!++;
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
      for (const table of [distances, products]) addRow(table, own.length, a, b);
      addRow(grams, k, a, b);
      for (let c = 0; c < k; c++) grams[c * k + a]! += grams[c * k + b]!;
      counts[a]! += counts[b]!;
      sizes[a]! += sizes[b]!;
      for (let i = 0; i < own.length; i++) if (own[i] === b) own[i] = a;
      left = left.filter((g) => g !== b);
    }
    silhouettes[position] = heldSilhouette(sums, left, own);
    accuracies[position] = heldAccuracy(sums, k, left, own);
  }
}
