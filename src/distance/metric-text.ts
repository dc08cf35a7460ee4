import { InputError } from '../core/errors.js';
import type { Metric } from './metric-types.js';

/** The metric of a command line: a name, or minkowski:p, where inf is Infinity. */
export function metricFromText(where: string, text: string | undefined): Metric | undefined {
  if (text === undefined) return undefined;
  const [name, value, ...rest] = text.split(':');
  if (value === undefined) return text as Metric;
  const p = value.trim() === '' ? Number.NaN : /^inf(inity)?$/i.test(value.trim()) ? Infinity : Number(value);
  if (name === 'minkowski' && rest.length === 0 && p >= 1) return { name, p };
  throw new InputError(
    'out-of-range',
    `${where}: only minkowski takes a parameter, at least 1 or inf, got '${text}'; write minkowski:3`,
  );
}

/** What `metricFromText` reads as this metric; undefined for functions and for parameters that no text holds. */
export function metricAsText(metric: Metric): string | undefined {
  if (typeof metric === 'string') return metric;
  if (typeof metric === 'function') return undefined;
  if (metric.name === 'minkowski') return `minkowski:${metric.p ?? 2}`;
  return Object.values(metric).filter((value) => value !== undefined).length === 1 ? metric.name : undefined;
}
