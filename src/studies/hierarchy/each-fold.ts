import { classSums, labelingsAtOnce } from '../../kernels/class-sums.js';
import { squaresWithin } from '../../kernels/row-distances.js';
import type { WardTree } from '../../statistics/ward.js';
import { WIDEST } from '../../statistics/whitened.js';
import { byCoordinates, byProducts, type Folded } from './fold-ways.js';
import type { FoldSums } from './grouping-scores.js';

/** Gets what the held-out rows of a fold are scored by under one labeling, and the tree of the classes over its training rows. */
export type VisitFold = (labeling: number, fold: number, sums: FoldSums, tree: WardTree) => void;

/** Distances between the held-out rows of each fold, in their order. */
function heldDistances({ rows, d, members }: Folded, squared: boolean): Float64Array[] {
  return members.map((held) => {
    const between = squaresWithin({ points: rows, d, order: held });
    if (!squared) for (let p = 0; p < between.length; p++) between[p] = Math.sqrt(between[p]!);
    return between;
  });
}

/** How many rows of each class every fold holds, and all. */
function sizesOf({ k, members }: Folded, labels: Int32Array) {
  const total = new Float64Array(k);
  const inFold = members.map((held) => {
    const sizes = new Float64Array(k);
    for (const i of held) sizes[labels[i]!]!++;
    for (let c = 0; c < k; c++) total[c]! += sizes[c]!;
    return sizes;
  });
  return inFold.map((sizes) => total.map((all, c) => all - sizes[c]!));
}

/** The labels of some rows under each labeling. */
const labelsOf = (labelings: readonly Int32Array[], rows: Int32Array) =>
  labelings.map((labels) => Int32Array.from(rows, (i) => labels[i]!));

/** Sums of some numbers of the rows of each fold by class, k x width; `of` gives the numbers of the rows of a fold. */
function foldSums({ k, members }: Folded, labelings: readonly Int32Array[], of: (f: number) => Float64Array) {
  return members.map((held, f) => {
    const table = of(f);
    return classSums(table, table.length / held.length, k, labelsOf(labelings, held));
  });
}

/** Sums over all folds, less those over each. */
function overTraining(heldSums: readonly Float64Array[]): Float64Array[] {
  const total = new Float64Array(heldSums[0]!.length);
  for (const sums of heldSums) for (let p = 0; p < sums.length; p++) total[p]! += sums[p]!;
  return heldSums.map((sums) => sums.map((value, p) => total[p]! - value));
}

/**
 * Visits each fold under each of several labelings: nearest centroids in coordinates in which the training rows are
 * round, as `whiteningOf` says. Above `WIDEST` columns these are the coordinates as they are, and where there
 * are fewer rows than columns their products are cheaper. Cost for each labeling O(n d + n k d), or O(n^2).
 */
export function eachFold(folded: Folded, squared: boolean, labelings: readonly Int32Array[], visit: VisitFold): void {
  const { n, d, k, members } = folded;
  const between = heldDistances(folded, squared);
  const way = d > WIDEST && n < d * (1 + k / 4) ? byProducts(folded) : byCoordinates(folded);
  const batch = labelingsAtOnce(members.length * k * (way.width + n));
  for (let from = 0; from < labelings.length; from += batch) {
    const some = labelings.slice(from, from + batch);
    const distances = foldSums(folded, some, (f) => between[f]!);
    const heldSums = foldSums(folded, some, way.numbers);
    some.forEach((labels, p) => {
      const training = overTraining(heldSums.map((sums) => sums[p]!));
      const trainingSizes = sizesOf(folded, labels);
      members.forEach((held, f) => {
        const sizes = trainingSizes[f]!;
        const { tree, ...products } = way.products(f, training[f]!, sizes, labels);
        const own = Int32Array.from(held, (i) => labels[i]!);
        const counts = new Float64Array(k);
        for (const c of own) counts[c]!++;
        const sums = { held: own, distances: distances[f]![p]!, counts, ...products, sizes };
        visit(from + p, f, sums, tree);
      });
    });
  }
}
