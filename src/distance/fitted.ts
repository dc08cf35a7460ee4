import { InputError, ShapeError, UndefinedMetricError } from '../core/errors.js';
import type { Points } from '../core/types.js';
import { numbersIn } from '../data/options.js';
import { LARGEST, readPoints } from '../data/points.js';
import { covarianceOf, factorOf, mahalanobisRows, variancesOf } from './covariance.js';

/** What a distance takes from the points as a whole: its parameter, one number per column or per pair of columns. */
export interface Fit {
  /** The parameter as an option. */
  readonly parameter: 'covariance' | 'variance' | 'ranges';
  /** Distances of mapped rows are those of this metric, times 1 / d where they are a mean over columns. */
  readonly onto: 'euclidean' | 'manhattan';
  readonly meanOfColumns: boolean;
  /** Reads a parameter that the caller gave. */
  read(where: string, value: unknown): Float64Array;
  /** Whether a parameter fits d columns. */
  size(d: number): number;
  /** The parameter of these points. `weights`: how many points each row stands for. */
  of(where: string, points: Float64Array, n: number, d: number, weights?: Float64Array): Float64Array;
  /** Rows in coordinates in which `onto` measures this distance. */
  map(where: string, points: Float64Array, n: number, d: number, parameter: Float64Array): Float64Array;
  /** The parameter as the caller may write it. */
  write(parameter: Float64Array): unknown;
}

const perColumn = { size: (d: number) => d, write: (parameter: Float64Array) => Array.from(parameter) };

function scaled(points: Float64Array, d: number, origin: Float64Array, scale: Float64Array): Float64Array {
  return points.map((value, p) => (value - origin[p % d]!) / scale[p % d]!);
}

function readCovariance(where: string, value: unknown): Float64Array {
  const { data, n, d } = readPoints(`${where} (covariance)`, value as Points);
  if (n !== d)
    throw new ShapeError('not-square', `${where}: covariance must be square, one row per column, got ${n} x ${d}`);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) {
      const [one, other] = [data[a * d + b]!, data[b * d + a]!];
      if (Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other))) continue;
      throw new InputError(
        'out-of-range',
        `${where}: covariance must be symmetric, got ${one} at row ${a}, column ${b} and ${other} at row ${b}, column ${a}; give the covariance itself, not a factor of it`,
      );
    }
  }
  return data;
}

function needTwo(where: string, name: string, n: number): void {
  if (n >= 2) return;
  throw new UndefinedMetricError(
    'undefined-metric',
    `${where}: metric '${name}' needs two rows for a variance, got ${n}; give the variance`,
  );
}

function requireVaried(where: string, variance: Float64Array): Float64Array {
  const constant = variance.findIndex((value) => !(value > 0 && value < Infinity));
  if (constant === -1) return variance;
  throw new UndefinedMetricError('undefined-metric', [
    `${where}: metric 'seuclidean' needs columns with a variance > 0, got ${variance[constant]} in `,
    { column: constant },
    '; leave the column out, or give the variance of each column',
  ]);
}

/** Distances that depend on all the points: they are measured once, and the rest is a fast kernel on mapped rows. */
export const FITTED = {
  mahalanobis: {
    parameter: 'covariance',
    onto: 'euclidean',
    meanOfColumns: false,
    read: readCovariance,
    size: (d) => d * d,
    of(where, points, n, d, weights) {
      needTwo(where, 'mahalanobis', n);
      if (n > d) {
        const covariance = covarianceOf(points, n, d, weights);
        factorOf(where, covariance, d);
        return covariance;
      }
      throw new UndefinedMetricError(
        'undefined-metric',
        `${where}: metric 'mahalanobis' needs more rows than columns for a covariance that can be inverted, got ${n} rows and ${d} columns; give a covariance, or take fewer columns`,
      );
    },
    map: mahalanobisRows,
    write(data) {
      const d = Math.sqrt(data.length);
      return { data, rows: d, columns: d };
    },
  },
  seuclidean: {
    ...perColumn,
    parameter: 'variance',
    onto: 'euclidean',
    meanOfColumns: false,
    read: (where, value) => Float64Array.from(numbersIn(where, 'variance', value, { min: 0, open: true })),
    of(where, points, n, d, weights) {
      needTwo(where, 'seuclidean', n);
      return requireVaried(where, variancesOf(points, n, d, weights));
    },
    map: (_where, points, _n, d, variance) => scaled(points, d, points.subarray(0, d), variance.map(Math.sqrt)),
  },
  gower: {
    ...perColumn,
    parameter: 'ranges',
    onto: 'manhattan',
    meanOfColumns: true,
    read: (where, value) => Float64Array.from(numbersIn(where, 'ranges', value, { min: 0, open: true })),
    of: (_where, points, _n, d) =>
      Float64Array.from({ length: d }, (_, c) => {
        let [low, high] = [Infinity, -Infinity];
        for (let p = c; p < points.length; p += d) {
          low = Math.min(low, points[p]!);
          high = Math.max(high, points[p]!);
        }
        return high - low || 1; // a constant column adds 0 whatever its range
      }),
    map(_where, points, _n, d, ranges) {
      const lowest = points.slice(0, d);
      for (let p = 0; p < points.length; p++) lowest[p % d] = Math.min(lowest[p % d]!, points[p]!);
      return scaled(points, d, lowest, ranges);
    },
  },
} as const satisfies Readonly<Record<string, Fit>>;

export type FittedName = keyof typeof FITTED;

/** Whether a parameter has the numbers that d columns need. */
export function requireSize(where: string, name: FittedName, parameter: Float64Array, d: number): void {
  const fit: Fit = FITTED[name];
  if (parameter.length === fit.size(d)) return;
  throw new ShapeError(
    'shape-mismatch',
    `${where}: ${fit.parameter} of metric '${name}' must have ${fit.size(d)} numbers for ${d} columns, got ${parameter.length}`,
  );
}

/** Mapped rows lie within what the door lets points be, so that no kernel overflows. */
export function requireModerate(
  where: string,
  name: FittedName,
  rows: Float64Array,
  d: number,
  rowName: (i: number) => number = (i) => i,
): void {
  const at = rows.findIndex((value) => !(Math.abs(value) <= LARGEST));
  if (at === -1) return;
  const { parameter }: Fit = FITTED[name];
  throw new InputError('out-of-range', [
    `${where}: ${parameter} of metric '${name}' must be large enough to keep scaled values within ${LARGEST}, got ${rows[at]} for `,
    { row: rowName(Math.floor(at / d)) },
    ', ',
    { column: at % d },
    `; give a larger ${parameter === 'ranges' ? 'range' : parameter}`,
  ]);
}
