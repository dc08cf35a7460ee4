import { InputError } from '../../core/errors.js';
import type { ResolvedMetric } from '../../distance/metric.js';

/** A matrix of distances has no columns to judge. */
export function requireCoordinates(where: string, metric: ResolvedMetric): void {
  if (metric.kind !== 'precomputed') return;
  throw new InputError(
    'unknown-name',
    `${where}: metric must measure coordinates, got 'precomputed'; give the points themselves`,
  );
}
