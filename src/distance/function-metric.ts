import { rowNameOf } from '../data/row-name.js';
import type { Domain } from './domain.js';
import { functionDistances } from './function-distances.js';
import { meansByRows } from './mean-distances.js';
import type { DistanceFunction, NamedMetric, ResolvedMetric } from './metric-types.js';
import { pairSource } from './pair-source.js';

/**
 * A metric that is a function of two rows, called with the first row of a pair as its first argument. One of ours
 * has a domain; of a function of the caller's the symmetry is tried on some pairs.
 */
export function functionMetric(
  named: NamedMetric,
  fn: DistanceFunction,
  ours?: { readonly domain: Domain; readonly asymmetric: boolean },
): ResolvedMetric {
  const metric: ResolvedMetric = {
    ...named,
    ...ours,
    kind: 'function',
    symmetric: ours?.asymmetric === false,
    squared: false,
    source(where, rows, options = {}) {
      const { symmetric } = metric;
      const measure = functionDistances(where, { name: named.name, fn, domain: ours?.domain }, rows, options);
      return pairSource({ metric: named.name, n: rows.n, unit: 1, symmetric }, measure);
    },
    means: (where, rows, request) =>
      meansByRows(rows, request, () => metric.source(where, rows, { rowName: rowNameOf(rows) })),
  };
  return metric;
}
