import { fitMetric, type ResolvedMetric } from '../distance/metric.js';
import type { SourceInput } from './jobs.js';

interface PointsInput {
  readonly points: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** Multiply-adds that a call of a function is worth. */
const CALL = 10;

/**
 * The distances of a job over rows. Functions without a name stay on the calling thread, and so do
 * precomputed distances, which are looked up faster than they are copied.
 */
export function sourceInput(
  where: string,
  { points, n, d }: PointsInput,
  metric: ResolvedMetric,
): { readonly source: SourceInput; readonly portable: boolean; readonly perPair: number } {
  const { spec } = fitMetric(where, metric, points, n, d);
  return {
    source: { where, points, n, d, metric: spec },
    portable: typeof spec !== 'function' && spec !== 'precomputed',
    perPair: metric.kind === 'function' ? CALL * d : d,
  };
}
