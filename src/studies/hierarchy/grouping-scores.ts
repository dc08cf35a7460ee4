import { squaresWithin } from '../../kernels/row-distances.js';
import { cutTree, wardTree } from '../../statistics/ward.js';
import { whitened } from '../../statistics/whitened.js';

/** What a fold needs for scoring any labeling; nothing in it depends on labels. */
export interface FoldFrame {
  readonly training: Int32Array;
  readonly held: Int32Array;
  readonly white: Float64Array;
  /** Distances between held-out rows, in the order of `held`. */
  readonly between: Float64Array;
}

export function foldFrame(
  rows: Float64Array,
  n: number,
  d: number,
  fold: Int32Array,
  index: number,
  squared: boolean,
): FoldFrame {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  const training = all.filter((i) => fold[i] !== index);
  const held = all.filter((i) => fold[i] === index);
  const between = squaresWithin({ points: rows, d, order: held });
  if (!squared) for (let p = 0; p < between.length; p++) between[p] = Math.sqrt(between[p]!);
  return { training, held, white: whitened(rows, n, d, training), between };
}

function classMeans(rows: Float64Array, d: number, k: number, chosen: Int32Array, labels: Int32Array) {
  const means = new Float64Array(k * d);
  const sizes = new Float64Array(k);
  for (const i of chosen) {
    const at = labels[i]! * d;
    sizes[labels[i]!]!++;
    for (let c = 0; c < d; c++) means[at + c]! += rows[i * d + c]!;
  }
  for (let a = 0; a < k; a++) for (let c = 0; c < d; c++) means[a * d + c]! /= Math.max(1, sizes[a]!);
  return { means, sizes };
}

/** Products of one row with k others, four at a time as in the distance kernels. */
function dotProducts(x: Float64Array, xi: number, y: Float64Array, d: number, k: number, out: Float64Array, o: number) {
  let a = 0;
  for (; a + 4 <= k; a += 4) {
    const at = a * d;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < d; c++) {
      const v = x[xi + c]!;
      s0 += v * y[at + c]!;
      s1 += v * y[at + d + c]!;
      s2 += v * y[at + 2 * d + c]!;
      s3 += v * y[at + 3 * d + c]!;
    }
    out[o + a] = s0;
    out[o + a + 1] = s1;
    out[o + a + 2] = s2;
    out[o + a + 3] = s3;
  }
  for (; a < k; a++) {
    let s = 0;
    for (let c = 0; c < d; c++) s += x[xi + c]! * y[a * d + c]!;
    out[o + a] = s;
  }
}

/** Mean silhouette width of the held-out rows, from the sums of distances to each class. */
function heldSilhouette(
  sums: Float64Array,
  counts: Float64Array,
  k: number,
  groupOf: Int32Array,
  groups: number,
  held: Int32Array,
  labels: Int32Array,
): number {
  const m = held.length;
  const size = new Float64Array(groups);
  for (let c = 0; c < k; c++) size[groupOf[c]!]! += counts[c]!;
  const scratch = new Float64Array(groups);
  let total = 0;
  for (let i = 0; i < m; i++) {
    const own = groupOf[labels[held[i]!]!]!;
    if (size[own]! <= 1) continue;
    scratch.fill(0);
    for (let c = 0; c < k; c++) scratch[groupOf[c]!]! += sums[i * k + c]!;
    const a = scratch[own]! / (size[own]! - 1);
    let b = Infinity;
    for (let g = 0; g < groups; g++) if (g !== own && size[g]! > 0) b = Math.min(b, scratch[g]! / size[g]!);
    const larger = Math.max(a, b);
    if (larger > 0 && b < Infinity) total += (b - a) / larger;
  }
  return total / m;
}

/** Balanced accuracy of the nearest centroid on the held-out rows, from their products with class means. */
function heldAccuracy(
  products: Float64Array,
  grams: Float64Array,
  sizes: Float64Array,
  k: number,
  groupOf: Int32Array,
  groups: number,
  held: Int32Array,
  labels: Int32Array,
): number {
  const weight = new Float64Array(groups);
  for (let c = 0; c < k; c++) weight[groupOf[c]!]! += sizes[c]!;
  const length = new Float64Array(groups);
  for (let a = 0; a < k; a++) {
    const g = groupOf[a]!;
    for (let b = 0; b < k; b++) {
      if (groupOf[b] === g) length[g]! += (sizes[a]! * sizes[b]! * grams[a * k + b]!) / (weight[g]! * weight[g]!);
    }
  }
  const right = new Float64Array(groups);
  const count = new Float64Array(groups);
  const scratch = new Float64Array(groups);
  const share = Float64Array.from({ length: k }, (_, c) => sizes[c]! / weight[groupOf[c]!]!);
  for (let i = 0; i < held.length; i++) {
    scratch.fill(0);
    for (let c = 0; c < k; c++) scratch[groupOf[c]!]! += share[c]! * products[i * k + c]!;
    let best = 0;
    let least = Infinity;
    for (let g = 0; g < groups; g++) {
      const distance = length[g]! - 2 * scratch[g]!;
      if (weight[g]! > 0 && distance < least) {
        least = distance;
        best = g;
      }
    }
    const own = groupOf[labels[held[i]!]!]!;
    count[own]!++;
    if (own === best) right[own]!++;
  }
  let sum = 0;
  let present = 0;
  for (let g = 0; g < groups; g++) {
    if (count[g] === 0) continue;
    sum += right[g]! / count[g]!;
    present++;
  }
  return sum / present;
}

/**
 * Builds the tree on the training rows of a fold, cuts it into each number of groups, and scores the
 * cuts on its held-out rows: writes silhouette and balanced accuracy per number of groups.
 */
export function scoreFold(
  frame: FoldFrame,
  rows: Float64Array,
  d: number,
  k: number,
  labels: Int32Array,
  groups: readonly number[],
  silhouettes: Float64Array,
  accuracies: Float64Array,
): void {
  const { training, held, white, between } = frame;
  const m = held.length;
  const plain = classMeans(rows, d, k, training, labels);
  const tree = wardTree(plain.means, plain.sizes, k, d);
  const sums = new Float64Array(m * k);
  const counts = new Float64Array(k);
  const heldLabels = Int32Array.from(held, (i) => labels[i]!);
  for (let i = 0; i < m; i++) {
    counts[heldLabels[i]!]!++;
    for (let j = 0; j < m; j++) sums[i * k + heldLabels[j]!]! += between[i * m + j]!;
  }
  const { means, sizes } = classMeans(white, d, k, training, labels);
  const products = new Float64Array(m * k);
  const grams = new Float64Array(k * k);
  for (let i = 0; i < m; i++) dotProducts(white, held[i]! * d, means, d, k, products, i * k);
  for (let a = 0; a < k; a++) dotProducts(means, a * d, means, d, k, grams, a * k);
  groups.forEach((g, position) => {
    const groupOf = cutTree(tree, k, g);
    silhouettes[position] = heldSilhouette(sums, counts, k, groupOf, g, held, labels);
    accuracies[position] = heldAccuracy(products, grams, sizes, k, groupOf, g, held, labels);
  });
}
