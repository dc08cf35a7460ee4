import { InputError, show } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import { checkOptions, requireNumber } from '../data/options.js';
import { CHEBYSHEV, EUCLIDEAN, MANHATTAN, SQUARES } from '../kernels/formula.js';
import { angles } from './angles.js';
import { coordinates } from './coordinates.js';
import { rowsInDomain } from './domain.js';
import { FITTED, type Fit, type FittedName } from './fitted.js';
import { fittedMetric } from './fitted-metric.js';
import { functionMetric } from './function-metric.js';
import type { DistanceFunction, FastMetricName, MetricAlias, MetricName, ResolvedMetric } from './metric-types.js';
import { minkowski } from './minkowski.js';
import { type FunctionName, NAMED_FUNCTIONS, type NamedFunction } from './named-functions.js';
import { precomputed } from './precomputed-metric.js';

export type {
  DistanceFunction,
  FastMetricName,
  Metric,
  MetricAlias,
  MetricName,
  MetricWithParameters,
  ResolvedMetric,
} from './metric-types.js';

const ALIASES: Readonly<Record<MetricAlias, FastMetricName>> = {
  cityblock: 'manhattan',
  l1: 'manhattan',
  l2: 'euclidean',
  squaredEuclidean: 'sqeuclidean',
};

const KERNELS = {
  euclidean: /* @__PURE__ */ coordinates({ name: 'euclidean', spec: 'euclidean' }, EUCLIDEAN),
  sqeuclidean: /* @__PURE__ */ coordinates({ name: 'sqeuclidean', spec: 'sqeuclidean' }, SQUARES),
  manhattan: /* @__PURE__ */ coordinates({ name: 'manhattan', spec: 'manhattan' }, MANHATTAN),
  chebyshev: /* @__PURE__ */ coordinates({ name: 'chebyshev', spec: 'chebyshev' }, CHEBYSHEV),
};

const FAST: Readonly<Record<string, ResolvedMetric>> = {
  ...KERNELS,
  cosine: /* @__PURE__ */ angles('cosine', false),
  correlation: /* @__PURE__ */ angles('correlation', true),
  precomputed,
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
  if (p === 1) return coordinates(named, MANHATTAN);
  if (p === 2) return coordinates(named, EUCLIDEAN);
  if (p === Infinity) return coordinates(named, CHEBYSHEV);
  return functionMetric(named, minkowski(p), { domain: 'real', asymmetric: false });
}

function fittedOf(where: string, name: FittedName, value: unknown): ResolvedMetric {
  const fit: Fit = FITTED[name];
  return fittedMetric(name, KERNELS[fit.onto], value === undefined ? undefined : fit.read(where, value));
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
  const { fn, domain, asymmetric }: NamedFunction = NAMED_FUNCTIONS[name as FunctionName];
  return functionMetric({ name, spec: name as FunctionName }, fn, { domain, asymmetric: asymmetric === true });
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
    return functionMetric({ name: metric.name || 'custom', spec: fn }, fn);
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
  if (!asymmetric && found.asymmetric) {
    throw new InputError(
      'not-a-distance',
      `${where}: needs one distance for two rows, got metric '${found.name}', which depends on the direction; ` +
        `take ${SYMMETRIC_FORM[found.name]}, or a function of your own that gives the mean of both directions`,
    );
  }
  return found;
}

/** Whether standardised columns, half of them negative, are in its domain. */
export function takesAnyNumbers({ domain }: ResolvedMetric): boolean {
  return domain === undefined || domain === 'real';
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
  return metric.fit?.(where, { points, n, d }, weights) ?? metric;
}

/**
 * Refuses rows outside the domain of a metric; `rowName` gives the row of the caller's input.
 *
 * @throws InputError out-of-range with row, column and domain.
 */
export function requireDomain(
  where: string,
  { name, domain }: ResolvedMetric,
  points: Float64Array,
  d: number,
  rowName?: (i: number) => number,
): void {
  if (domain !== undefined) rowsInDomain(where, name, domain, points, d, rowName);
}
