import { InputError, show } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import type { FlatMatrix, MatrixLike } from '../core/types.js';
import { checkOptions, requireNumber } from '../data/options.js';
import { type BlockMetric, CHEBYSHEV, EUCLIDEAN, MANHATTAN, SQUARES } from '../kernels/block-metric.js';
import { type FillKernel, fillChebyshev, fillEuclidean, fillManhattan, fillSquaredEuclidean } from '../kernels/fill.js';
import { type Domain, rowsInDomain } from './domain.js';
import { FITTED, type Fit, type FittedName, requireModerate, requireSize } from './fitted.js';
import { minkowski } from './minkowski.js';
import { type FunctionName, NAMED_FUNCTIONS, type NamedFunction } from './named-functions.js';

/** A distance between two rows. It must be finite, non-negative, symmetric, and 0 from a row to itself. */
export type DistanceFunction = (a: Float64Array, b: Float64Array) => number;

/** Distances that are computed by kernels. */
export type FastMetricName = 'euclidean' | 'sqeuclidean' | 'cosine' | 'correlation' | 'manhattan' | 'chebyshev';

/** Other names of distances. */
const ALIASES = {
  cityblock: 'manhattan',
  l1: 'manhattan',
  l2: 'euclidean',
  squaredEuclidean: 'sqeuclidean',
} as const satisfies Readonly<Record<string, FastMetricName>>;

export type MetricAlias = keyof typeof ALIASES;

/** Distances that take parameters, which may be left out. */
export type MetricWithParameters =
  | { readonly name: 'minkowski' /** >= 1, or Infinity. Default 2. */; readonly p?: number | undefined }
  | {
      readonly name: 'mahalanobis';
      /** d x d. Default: that of the points, with n - 1. */
      readonly covariance?: ReadonlyArray<ArrayLike<number>> | MatrixLike | FlatMatrix | undefined;
    }
  | {
      readonly name: 'seuclidean';
      /** One per column, > 0. Default: that of the points, with n - 1. */
      readonly variance?: ArrayLike<number> | undefined;
    }
  | {
      readonly name: 'gower';
      /** One per column, > 0. Default: largest minus smallest value of the points. */
      readonly ranges?: ArrayLike<number> | undefined;
    };

/** The names of distances; `metricNames` says what each means and demands. */
export type MetricName = FastMetricName | MetricAlias | MetricWithParameters['name'] | FunctionName | 'precomputed';

/**
 * A distance by name, a name with parameters as in `{ name: 'minkowski', p: 3 }`, or a function of two
 * rows. 'precomputed': points are the n x n distances, or the n (n - 1) / 2 above their diagonal.
 * `metricNames` lists the names with domain, range and meaning.
 */
export type Metric = MetricName | MetricWithParameters | DistanceFunction;

interface Named {
  /** How results call it. */
  readonly name: string;
  /** What `resolveMetric` takes for the same metric in any thread. */
  readonly spec: Metric;
}

/** Distances that kernels take from the differences of coordinates. */
export interface CoordinateMetric extends Named {
  readonly kind: 'coordinates';
  readonly fill: FillKernel;
  /** The same distances from the block kernels. */
  readonly block: BlockMetric;
  readonly squared: boolean;
}

/** Distances that are those of another metric between mapped rows; the map depends on all points until it is fitted. */
export interface FittedMetric extends Named {
  readonly kind: 'fitted';
  readonly name: FittedName;
  readonly parameter?: Float64Array | undefined;
}

/** How distances of one metric are computed. */
export type ResolvedMetric =
  | CoordinateMetric
  | FittedMetric
  | (Named & { readonly kind: 'angle'; readonly centreRows: boolean })
  /** `domain` is given for distances of ours; a function of the caller's has none, and its symmetry is not known. */
  | (Named & {
      readonly kind: 'function';
      readonly fn: DistanceFunction;
      readonly domain?: Domain;
      readonly asymmetric?: boolean;
    })
  | (Named & { readonly kind: 'precomputed' });

function coordinates(name: FastMetricName, fill: FillKernel, block: BlockMetric): CoordinateMetric {
  return { name, spec: name, kind: 'coordinates', fill, block, squared: name === 'sqeuclidean' };
}

const KERNELS = {
  euclidean: coordinates('euclidean', fillEuclidean, EUCLIDEAN),
  sqeuclidean: coordinates('sqeuclidean', fillSquaredEuclidean, SQUARES),
  manhattan: coordinates('manhattan', fillManhattan, MANHATTAN),
  chebyshev: coordinates('chebyshev', fillChebyshev, CHEBYSHEV),
};

const FAST: Readonly<Record<string, ResolvedMetric>> = {
  ...KERNELS,
  cosine: { name: 'cosine', spec: 'cosine', kind: 'angle', centreRows: false },
  correlation: { name: 'correlation', spec: 'correlation', kind: 'angle', centreRows: true },
  precomputed: { name: 'precomputed', spec: 'precomputed', kind: 'precomputed' },
};

/** Names of scipy and ml-distance that are no distances, or name two things, and what to take. */
const REFUSED: Readonly<Record<string, string>> = {
  motyka: "is a similarity: its value from a row to itself is 0.5; take 'sorensen', which is 2 motyka - 1",
  fidelity: "is a similarity: it is 1 for equal rows; take 'hellinger' or 'bhattacharyya'",
  harmonicMean: "is a similarity: it is 1 for equal rows; take 'squared' or 'probabilisticSymmetric'",
  innerProduct: "is a similarity: it grows as rows agree; take 'cosine'",
  russellrao: "is no distance: its value from a row to itself is not 0; take 'jaccard' or 'hamming'",
  kulczynski1: "is a similarity: it grows as rows agree; take 'jaccard' or 'dice'",
  jensenShannon:
    "names two things: take 'jensenshannon' for the distance of scipy, a square root, or 'jensenDifference' for the divergence",
};

const SYMMETRIC_FORM: Readonly<Record<string, string>> = {
  kullbackLeibler: "'jeffreys' or 'jensenshannon'",
  kdivergence: "'topsoe' or 'jensenshannon'",
  pearson: "'probabilisticSymmetric'",
  neyman: "'probabilisticSymmetric'",
};

const has = Object.hasOwn;

/** All accepted names. */
export function allMetricNames(): MetricName[] {
  return [FAST, FITTED, { minkowski: 0 }, NAMED_FUNCTIONS, ALIASES].flatMap(Object.keys) as MetricName[];
}

function unknownName(where: string, name: string): InputError {
  return new InputError(
    'unknown-name',
    has(REFUSED, name)
      ? `${where}: metric must be a distance, got ${show(name)}, which ${REFUSED[name]}`
      : `${where}: unknown metric ${show(name)}${didYouMean(name, allMetricNames())} (known are ${allMetricNames().join(', ')}, or a function of two rows)`,
  );
}

function minkowskiOf(where: string, given: unknown): ResolvedMetric {
  const p = given === Infinity ? Infinity : requireNumber(where, 'p', given === undefined ? 2 : given, { min: 1 });
  const named = { name: `minkowski:${p}`, spec: { name: 'minkowski', p } } as const;
  if (p === 1) return { ...KERNELS.manhattan, ...named };
  if (p === 2) return { ...KERNELS.euclidean, ...named };
  if (p === Infinity) return { ...KERNELS.chebyshev, ...named };
  return { ...named, kind: 'function', fn: minkowski(p), domain: 'real' };
}

function fittedOf(where: string, name: FittedName, value: unknown): FittedMetric {
  if (value === undefined) return { name, spec: name, kind: 'fitted' };
  const fit: Fit = FITTED[name];
  const parameter = fit.read(where, value);
  return { name, spec: { name, [fit.parameter]: fit.write(parameter) } as Metric, kind: 'fitted', parameter };
}

function byName(where: string, given: string, parameters: Readonly<Record<string, unknown>>): ResolvedMetric {
  const name = has(ALIASES, given) ? ALIASES[given as MetricAlias] : given;
  if (has(FITTED, name)) {
    const { parameter }: Fit = FITTED[name as FittedName];
    checkOptions(`${where} (metric ${name})`, parameters, ['name', parameter]);
    return fittedOf(where, name as FittedName, parameters[parameter]);
  }
  if (name === 'minkowski') {
    checkOptions(`${where} (metric ${name})`, parameters, ['name', 'p']);
    return minkowskiOf(where, parameters.p);
  }
  if (!has(FAST, name) && !has(NAMED_FUNCTIONS, name)) throw unknownName(where, given);
  checkOptions(`${where} (metric ${name})`, parameters, ['name']);
  if (has(FAST, name)) return FAST[name]!;
  const found: NamedFunction = NAMED_FUNCTIONS[name as FunctionName];
  return {
    name,
    spec: name as FunctionName,
    kind: 'function',
    fn: found.fn,
    domain: found.domain,
    asymmetric: found.asymmetric === true,
  };
}

/**
 * Reads a metric. An asymmetric one is refused, unless `asymmetric` says that the caller gives the
 * direction: whatever compares clusters has one distance for two rows.
 *
 * @throws InputError unknown-name, wrong-type, not-a-distance.
 */
export function resolveMetric(where: string, metric: unknown, asymmetric = false): ResolvedMetric {
  if (metric === undefined) return KERNELS.euclidean;
  if (typeof metric === 'function') {
    const fn = metric as DistanceFunction;
    return { name: metric.name || 'custom', spec: fn, kind: 'function', fn };
  }
  const object = typeof metric === 'object' && metric !== null ? (metric as { readonly name?: unknown }) : {};
  const name = typeof metric === 'string' ? metric : object.name;
  if (typeof name !== 'string') {
    throw new InputError(
      'wrong-type',
      `${where}: metric must be a name, a name with parameters as { name: 'minkowski', p: 3 }, or a function of two rows, got ${show(metric)}`,
    );
  }
  const found = byName(where, name, object as Readonly<Record<string, unknown>>);
  if (!asymmetric && found.kind === 'function' && found.asymmetric) {
    throw new InputError(
      'not-a-distance',
      `${where}: needs one distance for two rows, got metric '${found.name}', which depends on the direction; ` +
        `take ${SYMMETRIC_FORM[found.name]}, or a function of your own that gives the mean of both directions`,
    );
  }
  return found;
}

/** Whether there is one distance for two rows by construction, which is not known of the caller's functions. */
export function isSymmetricMetric(metric: ResolvedMetric): boolean {
  return metric.kind !== 'function' || metric.asymmetric === false;
}

/** Whether standardised columns, half of them negative, are in its domain. */
export function takesAnyNumbers(metric: ResolvedMetric): boolean {
  return metric.kind !== 'function' || metric.domain === undefined || metric.domain === 'real';
}

/** The metric with what it takes from the points as a whole: for most the metric itself. */
export function fitMetric(
  where: string,
  metric: ResolvedMetric,
  points: Float64Array,
  n: number,
  d: number,
  weights?: Float64Array,
): ResolvedMetric {
  if (metric.kind !== 'fitted' || metric.parameter !== undefined) return metric;
  const fit: Fit = FITTED[metric.name];
  const parameter = fit.of(where, points, n, d, weights);
  return { ...metric, spec: { name: metric.name, [fit.parameter]: fit.write(parameter) } as Metric, parameter };
}

/**
 * Rows in coordinates in which a metric of kernels measures the distances of a fitted one, in units of `unit`.
 *
 * @throws InputError out-of-range where a parameter is so small that mapped rows would overflow.
 */
export function mappedRows(
  where: string,
  metric: FittedMetric,
  points: Float64Array,
  n: number,
  d: number,
  rowName?: (i: number) => number,
): { readonly rows: Float64Array; readonly onto: CoordinateMetric; readonly unit: number } {
  const { onto, map, meanOfColumns }: Fit = FITTED[metric.name];
  const { parameter } = fitMetric(where, metric, points, n, d) as FittedMetric;
  requireSize(where, metric.name, parameter!, d);
  const rows = map(where, points, n, d, parameter!);
  requireModerate(where, metric.name, rows, d, rowName);
  return { rows, onto: KERNELS[onto], unit: meanOfColumns ? 1 / d : 1 };
}

/**
 * Refuses rows outside the domain of a metric; `rowName` gives the row of the caller's input.
 *
 * @throws InputError out-of-range with row, column and domain.
 */
export function requireDomain(
  where: string,
  metric: ResolvedMetric,
  points: Float64Array,
  d: number,
  rowName?: (i: number) => number,
): void {
  if (metric.kind !== 'function' || metric.domain === undefined) return;
  rowsInDomain(where, metric.name, metric.domain, points, d, rowName);
}
