import { studentQuantile } from '../../statistics/student-quantile.js';
import { studentTail } from '../../statistics/student-tail.js';
import type { SpaceDifference } from './space-types.js';

/**
 * Interval and two-sided p of a difference from its standard error over `resamples` overlapping subsamples
 * of rows. The standard error already counts the overlap (delete-d jackknife); it is itself an estimate
 * from so many values, so t is compared with Student's distribution, and no p is below 1 / (1 + resamples),
 * the least that as many resamples can show. null without a standard error above 0.
 */
export function resampledDifference(
  difference: number,
  standardError: number | null,
  resamples: number,
): Pick<SpaceDifference, 'interval' | 'p'> {
  if (standardError === null || standardError === 0) return { interval: null, p: null };
  const half = studentQuantile(0.025, resamples - 1) * standardError;
  const p = 2 * studentTail(Math.abs(difference) / standardError, resamples - 1);
  return {
    interval: { low: difference - half, high: difference + half, level: 0.95 },
    p: Math.min(1, Math.max(p, 1 / (1 + resamples))),
  };
}
