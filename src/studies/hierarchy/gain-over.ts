import { meanAndSd } from '../../statistics/mean.js';
import { studentTail } from '../../statistics/student-tail.js';
import type { Gain } from './hierarchy-types.js';

/** Difference of two supports over the same folds. */
export function gainOver(values: readonly number[], unmerged: readonly number[], over: number): Gain {
  const folds = values.length;
  const gains = values.map((value, f) => value - unmerged[f]!);
  const gain = meanAndSd(gains);
  // The folds share training rows, so their spread alone understates the error (Nadeau and Bengio 2003,
  // doi:10.1023/A:1024068626366): 1 / folds becomes 1 / folds + held-out rows / training rows.
  const variance = (gain.sd ** 2 * folds) / (folds - 1);
  const standardError = Math.sqrt(variance * (1 / folds + 1 / (folds - 1)));
  // Folds that all gain the same have no spread: what is left is that all of them gain (sign test).
  const equal = standardError <= 1e-12 * Math.abs(gain.mean);
  const p = equal ? (gain.mean > 1e-12 ? 0.5 ** folds : 1) : studentTail(gain.mean / standardError, folds - 1);
  return { over, difference: gain.mean, standardError, p };
}
