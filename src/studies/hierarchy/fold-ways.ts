import { gatherRows } from '../../kernels/cluster-order.js';
import { addMatmulTransposed } from '../../kernels/matmul.js';
import { type WardTree, wardTree, wardTreeOf } from '../../statistics/ward.js';
import { whiten, whiteningOf } from '../../statistics/whitened.js';
import type { FoldSums } from './grouping-scores.js';

/** Rows and the fold that holds each out. */
export interface Folded {
  readonly rows: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly members: readonly Int32Array[];
}

/** What a way of summing gives for one labeling and fold. */
type Products = Pick<FoldSums, 'products' | 'grams'> & { readonly tree: WardTree };

/** Numbers of the rows of each fold whose sums by class it takes, and what it makes of those over the training rows. */
export interface Way {
  readonly width: number;
  readonly numbers: (fold: number) => Float64Array;
  readonly products: (fold: number, training: Float64Array, sizes: Float64Array, labels: Int32Array) => Products;
}

/** From the sums of the coordinates. */
export function byCoordinates({ rows, n, d, k, members }: Folded): Way {
  const frames = members.map((held) => {
    const out = new Set(held);
    const training = Int32Array.from({ length: n }, (_, i) => i).filter((i) => !out.has(i));
    const { mean, factor } = whiteningOf(rows, n, d, training);
    const plain = gatherRows(rows, d, held);
    const white = plain.map((value, p) => value - mean[p % d]!);
    if (factor !== null) whiten(white, held.length, d, factor);
    return { mean, factor, plain, white };
  });
  return {
    width: d,
    numbers: (f) => frames[f]!.plain,
    products(f, sums, sizes) {
      const { mean, factor, white } = frames[f]!;
      const means = sums.map((sum, p) => sum / Math.max(1, sizes[Math.floor(p / d)]!));
      const tree = wardTree(means, sizes, k, d);
      for (let p = 0; p < sums.length; p++) sums[p]! -= sizes[Math.floor(p / d)]! * mean[p % d]!;
      if (factor !== null) whiten(sums, k, d, factor);
      const products = new Float64Array(k * (white.length / d));
      const grams = new Float64Array(k * k);
      addMatmulTransposed(sums, white, products, k, d, white.length / d);
      addMatmulTransposed(sums, sums, grams, k, d, k);
      return { products, grams, tree };
    },
  };
}

/** Squared distances below this share of the squares that they come from are rounding. */
const ROUNDING = 1e-13;

/** From the products of all pairs of rows. */
export function byProducts({ rows, n, d, k, members }: Folded): Way {
  const gram = new Float64Array(n * n);
  addMatmulTransposed(rows, rows, gram, n, d, n);
  const blocks = members.map((held) => gatherRows(gram, n, held));
  const foldOf = new Int32Array(n);
  members.forEach((held, f) => {
    for (const i of held) foldOf[i] = f;
  });
  return {
    width: n,
    numbers: (f) => blocks[f]!,
    products(f, sums, sizes, labels) {
      const grams = new Float64Array(k * k);
      for (let a = 0; a < k; a++) {
        for (let i = 0; i < n; i++) if (foldOf[i] !== f) grams[a * k + labels[i]!]! += sums[a * n + i]!;
      }
      const held = members[f]!;
      const products = new Float64Array(k * held.length);
      for (let c = 0; c < k; c++) {
        for (let p = 0; p < held.length; p++) products[c * held.length + p] = sums[c * n + held[p]!]!;
      }
      const square = (a: number) => grams[a * k + a]! / Math.max(1, sizes[a]!) ** 2;
      const squares = new Float64Array(k * k);
      for (let a = 0; a < k; a++) {
        for (let b = 0; b < k; b++) {
          const apart =
            square(a) + square(b) - (2 * grams[a * k + b]!) / Math.max(1, sizes[a]!) / Math.max(1, sizes[b]!);
          squares[a * k + b] = apart <= ROUNDING * (square(a) + square(b)) ? 0 : apart;
        }
      }
      return { products, grams, tree: wardTreeOf(squares, sizes, k) };
    },
  };
}
