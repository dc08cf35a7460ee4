import { InputError } from '../core/errors.js';
import { oneOf } from '../data/options.js';
import { type ResolvedMetric, resolveMetric } from '../distance/metric.js';

/**
 * What stands for a class: the mean of its rows; the median of each column; or the medoid, its row
 * with the smallest sum of distances to the others (of those that tie, to 1e-12, the one with the least coordinates).
 */
export type Center = 'mean' | 'median' | 'medoid';

const CENTERS: readonly Center[] = ['mean', 'median', 'medoid'];

export function centerOf(where: string, value: unknown): Center {
  return oneOf(where, 'center', value, CENTERS, 'mean');
}

/** A metric that can measure the distance to a mean, which a matrix of distances cannot. */
export function metricOf(where: string, value: unknown): ResolvedMetric {
  const metric = resolveMetric(where, value);
  if (metric.kind !== 'precomputed') return metric;
  throw new InputError(
    'unknown-name',
    `${where}: metric must measure coordinates, got 'precomputed'; a class centre needs the points themselves`,
  );
}
