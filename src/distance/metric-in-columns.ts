import type { Metric } from './metric-types.js';

/** Whether a metric has a number of the caller's for each column. */
export function hasColumnParameter(metric: Metric): boolean {
  return typeof metric === 'object' && Object.values(metric).some((value) => typeof value === 'object');
}

/** A metric with numbers for each column, for some of the columns; any other as it is. */
export function metricInColumns(metric: Metric, columns: readonly number[]): Metric {
  if (typeof metric !== 'object') return metric;
  const picked = (values: ArrayLike<number>) => columns.map((column) => values[column]!);
  if (metric.name === 'gower' && metric.ranges !== undefined) return { ...metric, ranges: picked(metric.ranges) };
  if (metric.name === 'seuclidean' && metric.variance !== undefined) {
    return { ...metric, variance: picked(metric.variance) };
  }
  if (metric.name !== 'mahalanobis' || metric.covariance === undefined) return metric;
  const { covariance } = metric;
  const entry = (row: number, column: number): number => {
    if ('get' in covariance) return covariance.get(row, column);
    if ('data' in covariance) return covariance.data[row * covariance.columns + column]!;
    return covariance[row]![column]!;
  };
  return { ...metric, covariance: columns.map((row) => columns.map((column) => entry(row, column))) };
}
