import { Rng } from '../core/rng.js';
import { type LabeledRows, rowsByClass } from './row-order.js';

/**
 * Fold of each row, 0 .. folds - 1: rows of a class are dealt out in random order, and each class
 * goes on at the fold where the class before it stopped, so that folds differ by one row at most.
 */
export function stratifiedFolds(rows: LabeledRows, folds: number, seed: number): Int32Array {
  const rng = new Rng(seed);
  const fold = new Int32Array(rows.labels.length);
  let next = 0;
  for (const own of rowsByClass(rows)) for (const i of rng.shuffle(own)) fold[i] = next++ % folds;
  return fold;
}
