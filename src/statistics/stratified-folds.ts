import { Rng } from '../core/rng.js';
import { type LabeledRows, rowOrder } from './row-order.js';

/**
 * Fold of each row, 0 .. folds - 1: rows of a class are dealt out in random order, and each class
 * goes on at the fold where the class before it stopped, so that folds differ by one row at most.
 */
export function stratifiedFolds(rows: LabeledRows & { readonly k: number }, folds: number, seed: number): Int32Array {
  const { labels, k } = rows;
  const rng = new Rng(seed);
  const members: number[][] = Array.from({ length: k }, () => []);
  for (const i of rowOrder(rows)) members[labels[i]!]!.push(i);
  const fold = new Int32Array(labels.length);
  let next = 0;
  for (const own of members) for (const i of rng.shuffle(own)) fold[i] = next++ % folds;
  return fold;
}
