import { DOMAINS, type Domain } from './domain.js';
import type { MetricName } from './metric-types.js';
import { type FunctionName, NAMED_FUNCTIONS, type NamedFunction } from './named-functions.js';

/** What one name of a distance means and demands. */
export interface MetricDescription {
  /** In plain text; a and b are two rows, p and q two rows of amounts or probabilities. 0 / 0 and 0 ln 0 are 0. */
  readonly meaning: string;
  /** Which values rows may have: anything else is an error with row and column. */
  readonly domain: Domain;
  /** The same in words. */
  readonly domainIs: string;
  /** Smallest and largest value; null: no bound, or one that depends on the number of columns. */
  readonly range: readonly [number, number | null];
  /** Whether it is the same in both directions; where not, only `pairwiseDistances` takes it. */
  readonly symmetric: boolean;
  /** Whether no detour is shorter: d(a, c) <= d(a, b) + d(b, c). */
  readonly metric: boolean;
  /** Parameters that `{ name, ... }` takes. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly source: string;
}

type Entry = readonly [meaning: string, range: number | null, metric: boolean, source: string];

const SCIPY = 'scipy.spatial.distance 1.10';
const SKLEARN = 'scikit-learn 1.2';
const CHA = 'Cha 2007, Int. J. Math. Models and Methods in Applied Sciences 1(4)';
const UNBOUNDED = null;

const ENTRIES: Readonly<Record<MetricName, Entry>> = {
  euclidean: ['sqrt(sum (a - b)^2)', UNBOUNDED, true, SCIPY],
  l2: ['euclidean', UNBOUNDED, true, SKLEARN],
  sqeuclidean: ['sum (a - b)^2', UNBOUNDED, false, SCIPY],
  squaredEuclidean: ['sqeuclidean', UNBOUNDED, false, CHA],
  manhattan: ['sum |a - b|', UNBOUNDED, true, SKLEARN],
  cityblock: ['manhattan', UNBOUNDED, true, SCIPY],
  l1: ['manhattan', UNBOUNDED, true, SKLEARN],
  chebyshev: ['max |a - b|', UNBOUNDED, true, SCIPY],
  minkowski: ['(sum |a - b|^p)^(1/p)', UNBOUNDED, true, SCIPY],
  seuclidean: ['sqrt(sum (a - b)^2 / variance of the column)', UNBOUNDED, true, SCIPY],
  mahalanobis: ["sqrt((a - b)' covariance^-1 (a - b))", UNBOUNDED, true, SCIPY],
  cosine: ['1 - cosine of the angle; 1 from a row of zeros to every other row', 2, false, SCIPY],
  correlation: ["1 - Pearson's r; 1 from a constant row to every other row", 2, false, SCIPY],
  canberra: ['sum |a - b| / (|a| + |b|)', UNBOUNDED, true, SCIPY],
  braycurtis: ['sum |a - b| / sum |a + b|; at most 1 for values >= 0', UNBOUNDED, false, SCIPY],
  hamming: ['share of columns that differ', 1, true, SCIPY],
  gower: ['mean of |a - b| / range of the column', 1, true, 'Gower 1971, doi:10.2307/2528823; daisy of R'],
  haversine: ['angle between two places on a sphere, in radians', Math.PI, true, SKLEARN],
  lorentzian: ['sum ln(1 + |a - b|)', UNBOUNDED, true, CHA],
  avg: ['(sum |a - b| + max |a - b|) / 2', UNBOUNDED, true, CHA],

  sorensen: ['sum |p - q| / sum (p + q)', 1, false, CHA],
  czekanowski: ['sorensen', 1, false, CHA],
  soergel: ['sum |p - q| / sum max(p, q)', 1, true, CHA],
  tanimoto: ['soergel', 1, true, CHA],
  kulczynski: ['sum |p - q| / sum min(p, q)', UNBOUNDED, false, CHA],
  waveHedges: ['sum |p - q| / max(p, q)', UNBOUNDED, true, CHA],
  clark: ['sqrt(sum ((p - q) / (p + q))^2)', UNBOUNDED, true, CHA],
  divergence: ['2 sum ((p - q) / (p + q))^2', UNBOUNDED, false, CHA],
  squared: ['sum (p - q)^2 / (p + q)', UNBOUNDED, false, CHA],
  probabilisticSymmetric: ['2 sum (p - q)^2 / (p + q)', UNBOUNDED, false, CHA],
  squaredChord: ['sum (sqrt p - sqrt q)^2', UNBOUNDED, false, CHA],
  topsoe: ['sum p ln(2 p / (p + q)) + q ln(2 q / (p + q))', UNBOUNDED, false, CHA],
  jensenDifference: ['topsoe / 2', UNBOUNDED, false, CHA],

  additiveSymmetric: ['sum (p - q)^2 (p + q) / (p q)', UNBOUNDED, false, CHA],
  jeffreys: ['sum (p - q) ln(p / q)', UNBOUNDED, false, CHA],
  kumarJohnson: ['sum (p^2 - q^2)^2 / (2 (p q)^(3/2))', UNBOUNDED, false, CHA],
  taneja: ['sum (p + q) / 2 ln((p + q) / (2 sqrt(p q)))', UNBOUNDED, false, CHA],
  pearson: ['sum (p - q)^2 / q', UNBOUNDED, false, CHA],
  neyman: ['sum (p - q)^2 / p', UNBOUNDED, false, CHA],

  hellinger: ['sqrt(1 - sum sqrt(p q))', 1, true, 'Hellinger 1909, doi:10.1515/crll.1909.136.210'],
  matusita: ['sqrt(2 - 2 sum sqrt(p q))', Math.SQRT2, true, CHA],
  bhattacharyya: ['-ln sum sqrt(p q)', UNBOUNDED, false, CHA],
  intersection: ['1 - sum min(p, q)', 1, true, CHA],
  kullbackLeibler: ['sum p ln(p / q)', UNBOUNDED, false, CHA],
  kdivergence: ['sum p ln(2 p / (p + q))', Math.LN2, false, CHA],
  jensenshannon: [
    'sqrt(topsoe / 2) of rows divided by their sum; the square root of the divergence',
    Math.sqrt(Math.LN2),
    true,
    SCIPY,
  ],

  jaccard: ['of the columns that are 1 in either row, the share that differ', 1, true, SCIPY],
  dice: ['columns that differ / number of ones in both rows', 1, false, SCIPY],
  matching: ['hamming', 1, true, SCIPY],
  rogerstanimoto: ['2 r / (n + r), r of n columns differ', 1, true, SCIPY],
  sokalmichener: ['rogerstanimoto', 1, true, SCIPY],
  sokalsneath: ['2 r / (t + 2 r), r columns differ and t are 1 in both', 1, true, SCIPY],
  yule: ['2 b c / (t f + b c), t columns are 1 in both, f in neither, b and c in one', 2, false, SCIPY],

  precomputed: ['points are the distances: n x n, or the n (n - 1) / 2 above the diagonal', UNBOUNDED, false, SKLEARN],
};

const PARAMETERS: Readonly<Partial<Record<MetricName, Readonly<Record<string, string>>>>> = {
  minkowski: { p: 'at least 1, or Infinity; default 2' },
  mahalanobis: { covariance: 'd x d; default that of the points, with n - 1' },
  seuclidean: { variance: 'one per column; default that of the points, with n - 1' },
  gower: { ranges: 'one per column; default largest minus smallest of the points' },
};

function describe(name: MetricName, [meaning, most, metric, source]: Entry): MetricDescription {
  const computed: NamedFunction | undefined = NAMED_FUNCTIONS[name as FunctionName];
  const domain = computed?.domain ?? 'real';
  return {
    meaning,
    domain,
    domainIs: name === 'precomputed' ? 'distances: symmetric, >= 0, 0 on the diagonal' : DOMAINS[domain].is,
    range: [0, most],
    symmetric: computed?.asymmetric !== true,
    metric,
    parameters: PARAMETERS[name] ?? {},
    source,
  };
}

/**
 * Every name that `metric` takes, with its meaning, domain, range, whether it is symmetric and a metric,
 * its parameters and its source.
 *
 * @example
 * import { metricNames } from 'clusterlens';
 * console.log(metricNames.hellinger.domain); // probability
 * console.log(metricNames.minkowski.parameters); // { p: 'at least 1, or Infinity; default 2' }
 */
export const metricNames: Readonly<Record<MetricName, MetricDescription>> = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Object.entries(ENTRIES).map(([name, entry]) => [name, describe(name as MetricName, entry)]),
) as unknown as Record<MetricName, MetricDescription>;
