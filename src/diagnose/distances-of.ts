import { rowNameOf } from '../data/row-name.js';
import type { Part } from '../data/row-sample.js';
import { heldSource } from '../distance/held-source.js';
import { type Metric, type ResolvedMetric, resolveMetric } from '../distance/metric.js';
import type { DistanceSource } from '../distance/source.js';

/** Rows up to which, and columns from which on, distances are held: 32 MB at most, which spare more than they cost. */
const MOST_ROWS = 2048;
const COLUMNS = 100;

/** Whether `distancesOf` computes each distance once. */
export function areHeld({ n, d }: Part, { kind }: ResolvedMetric): boolean {
  return n <= MOST_ROWS && (kind === 'function' || (kind !== 'precomputed' && d >= COLUMNS));
}

/** Distances between the rows of a part: each is computed once where they are dear, and a pair of rows then at half the cost. */
export function distancesOf(part: Part, metric: Metric): DistanceSource {
  const { points, n, d } = part;
  const resolved = resolveMetric('diagnose', metric);
  const source = resolved.source('diagnose', { points, n, d }, { rowName: rowNameOf(part) });
  return areHeld(part, resolved) ? heldSource(source) : source;
}
