import { rowNameOf } from '../data/row-name.js';
import { FITTED, type Fit, type FittedName, requireModerate, requireSize } from './fitted.js';
import type { Metric, PointRows, ResolvedMetric } from './metric-types.js';

/**
 * A metric whose distances are those of a metric of kernels between mapped rows. The map has a parameter that
 * is measured on the points, unless the caller gave it.
 */
export function fittedMetric(name: FittedName, onto: ResolvedMetric, parameter?: Float64Array): ResolvedMetric {
  const fit: Fit = FITTED[name];
  const measured = (where: string, { points, n, d }: PointRows, weights?: Float64Array) =>
    parameter ?? fit.of(where, points, n, d, weights);
  const metric: ResolvedMetric = {
    name,
    spec: parameter === undefined ? name : ({ name, [fit.parameter]: fit.write(parameter) } as Metric),
    kind: 'fitted',
    symmetric: true,
    squared: false,
    fit: (where, rows, weights) =>
      parameter === undefined ? fittedMetric(name, onto, measured(where, rows, weights)) : metric,
    source(where, rows, options = {}) {
      const source = onto.source(where, { ...rows, points: mapped(where, rows, options.rowName) }, options);
      const unit = source.unit * (fit.meanOfColumns ? 1 / rows.d : 1);
      return { ...source, metric: name, unit };
    },
    // Silhouettes do not depend on the unit.
    means: (where, rows, request) =>
      onto.means(where, { ...rows, points: mapped(where, rows, rowNameOf(rows)) }, request),
  };
  /** Rows in coordinates in which `onto` measures; an InputError where a parameter is so small that they would overflow. */
  function mapped(where: string, rows: PointRows, rowName?: (i: number) => number): Float64Array {
    const { points, n, d } = rows;
    const fitted = measured(where, rows);
    requireSize(where, name, fitted, d);
    const found = fit.map(where, points, n, d, fitted);
    requireModerate(where, name, found, d, rowName);
    return found;
  }
  return metric;
}
