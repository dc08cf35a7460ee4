import { Rng } from '../core/rng.js';

/**
 * Fold of each row, 0 .. folds - 1: rows of a class are dealt out in random order, and each class
 * goes on at the fold where the class before it stopped, so that folds differ by one row at most.
 */
export function stratifiedFolds(labels: Int32Array, k: number, folds: number, seed: number): Int32Array {
  const rng = new Rng(seed);
  const members: number[][] = Array.from({ length: k }, () => []);
  for (let i = 0; i < labels.length; i++) members[labels[i]!]!.push(i);
  const fold = new Int32Array(labels.length);
  let next = 0;
  for (const rows of members) for (const i of rng.shuffle(rows)) fold[i] = next++ % folds;
  return fold;
}
