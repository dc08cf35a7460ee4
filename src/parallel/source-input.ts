import { type DistanceFunction, nameOfMetric, type ResolvedMetric } from '../distance/metric.js';
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
  const name = nameOfMetric(metric);
  return {
    source: { where, points, n, d, metric: name ?? (metric as { readonly fn: DistanceFunction }).fn },
    portable: name !== undefined && name !== 'precomputed',
    perPair: metric.kind === 'function' ? CALL * d : d,
  };
}
