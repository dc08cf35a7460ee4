import { InputError, show } from '../../core/errors.js';
import type { PlaceNames } from '../../core/place.js';
import { didYouMean } from '../../core/suggest.js';
import type { Label, Labels, Points } from '../../core/types.js';
import { countText, pText } from '../../core/words.js';
import { isPrecomputed } from '../../data/condensed.js';
import { admit, type Dataset, isDataset } from '../../data/dataset.js';
import { readNoiseLabel } from '../../data/named-label.js';
import { booleanOf, checkOptions, isRecord, nothingMore, numberIn, seedOf } from '../../data/options.js';
import type { Part } from '../../data/row-sample.js';
import { type Metric, resolveMetric, takesAnyNumbers } from '../../distance/metric.js';
import { inZScores } from '../../statistics/z-scores.js';
import { CLAIMABLE } from './claim-conventions.js';
import { claimInterval } from './claim-interval.js';
import type { Ground } from './claim-trials.js';
import type { ClaimCheck, ClaimVerdict, Convention } from './claim-types.js';
import { type ClaimedNumber, reaches, readClaim } from './claimed-number.js';
import { coincidenceOf } from './coincidence.js';
import { isInfinite, tryConventions } from './try-conventions.js';

/** Claimed values by name: 'daviesBouldin' and 'davies-bouldin' are the same; text keeps its zeros ('0.680'). */
export type Claims = Readonly<Record<string, number | string>>;

export interface VerifyClaimsOptions {
  /** The convention that is tried first. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Columns divided by their standard deviation in the convention that is tried first. Default false. */
  readonly standardize?: boolean | undefined;
  readonly noiseLabel?: Label | undefined;
  /** Subsamples or groups of rows for the intervals, 20 to 10,000. Default 100. */
  readonly resamples?: number | undefined;
  /** Up to this many rows every convention is computed exactly. Default 10,000. */
  readonly exactRows?: number | undefined;
  /**
   * Above `exactRows`: true leaves open what the sample cannot decide. Default false: it is computed exactly
   * where that is affordable.
   */
  readonly sampleOnly?: boolean | undefined;
  /**
   * true: only the settings given decide, and a claim that another convention gives is refuted (`reproducedBy` still
   * names that one). Default false.
   */
  readonly strict?: boolean | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

const OPTIONS = ['metric', 'standardize', 'noiseLabel', 'resamples', 'exactRows', 'sampleOnly', 'strict', 'seed'];
/** Probability from which on a match may be an accident. */
const ACCIDENT = 0.05;

function plainName(name: string): string {
  return name.replace(/[-_\s]/g, '').toLowerCase();
}

function resolveName(where: string, name: string): string {
  const names = Object.keys(CLAIMABLE);
  const found = names.find((known) => plainName(known) === plainName(name));
  if (found !== undefined) return found;
  throw new InputError(
    'unknown-name',
    `${where}: claims must name known numbers, got ${show(name)}${didYouMean(name, names)} (known are ${names.join(', ')})`,
  );
}

/** The claims, with their names resolved. */
export function readClaims(where: string, claims: unknown): { name: string; claim: ClaimedNumber }[] {
  if (!isRecord(claims)) {
    throw new InputError(
      'wrong-type',
      `${where}: claims must be an object of numbers by name, as { silhouette: 0.68 }, got ${show(claims)}`,
    );
  }
  const list = Object.entries(claims).filter(([, value]) => value !== undefined);
  if (list.length === 0) throw new InputError('empty', `${where}: claims must name at least one number, got none`);
  return list.map(([name, value]) => ({ name: resolveName(where, name), claim: readClaim(where, name, value) }));
}

function check(ground: Ground, name: string, claim: ClaimedNumber): ClaimCheck {
  const claimable = CLAIMABLE[name]!;
  const { n } = ground.raw;
  const base = { metric: name, claimed: claim.value, decimals: claim.decimals, n };
  if (claimable.quadratic && !claimable.sampled && n > ground.exactRows) {
    const reason = `${name} compares all pairs, and ${n} rows are more than exactRows = ${ground.exactRows}; raise exactRows to compute it`;
    return {
      ...base,
      recomputed: null,
      reason,
      interval: null,
      withinInterval: null,
      verdict: 'not-computable',
      conventions: [{ name: 'default', value: null, matches: false, reason }],
      reproducedBy: null,
      coincidence: null,
    };
  }
  const { conventions, scored } = tryConventions(ground, claimable, claim);
  const main = conventions[0]!;
  const sampled = main.interval !== undefined;
  const interval = main.value === null ? null : (main.interval ?? claimInterval(ground, claimable, main.value));
  const match = conventions.find(({ matches }) => matches === true);
  const coincidence = coincidenceOf(conventions, claim, claimable.range);
  const doubtful =
    !ground.strict && match !== undefined && match !== main && coincidence !== null && coincidence > ACCIDENT;
  return {
    ...base,
    recomputed: main.value,
    ...(main.reason === undefined ? {} : { reason: main.reason }),
    interval,
    withinInterval: interval === null ? null : reaches(interval, claim),
    verdict: verdictOf(ground.strict ? [main] : conventions),
    conventions,
    reproducedBy: match?.name ?? null,
    coincidence,
    ...(doubtful
      ? {
          caution:
            `With ${conventions.length} conventions tried, a made-up number of ${countText(claim.decimals, 'decimal')} would be met by one of them with probability ` +
            `${pText(coincidence)}: ask which convention was used, or for more decimals.`,
        }
      : {}),
    ...(sampled ? { sample: { rows: scored, of: n } } : {}),
  };
}

function verdictOf(conventions: readonly Convention[]): ClaimVerdict {
  if (conventions.some(({ matches }) => matches === true)) return 'reproduced';
  if (conventions.some(({ matches }) => matches === null)) return 'consistent';
  // An infinite value differs from every claim; where the settings given have no value, nothing is refuted.
  const [{ value: asGiven, reason }] = conventions as readonly [Convention];
  const hasValue = asGiven !== null || isInfinite(reason);
  return hasValue && conventions.some(({ value }) => value !== null) ? 'refuted' : 'not-computable';
}

/** Options of `verifyClaims` with their defaults filled in. */
export interface ClaimSettings {
  readonly metric: Metric;
  readonly standardize: boolean;
  readonly noiseLabel: Label | undefined;
  readonly resamples: number;
  readonly exactRows: number;
  readonly sampleOnly: boolean;
  /** Only the settings given decide. */
  readonly strict?: boolean | undefined;
  /** Rows that are scored above `exactRows`; undefined: as many as are affordable. */
  readonly scored?: number | undefined;
  readonly seed: number;
  /** How reasons call rows and columns. */
  readonly names?: PlaceNames | undefined;
}

/** As `verifyClaims`, for data that have passed the door. */
export function checkClaims(
  data: Part,
  claims: readonly { name: string; claim: ClaimedNumber }[],
  settings: ClaimSettings,
): ClaimCheck[] {
  const {
    metric,
    standardize,
    noiseLabel,
    resamples,
    exactRows,
    sampleOnly,
    strict = false,
    scored,
    seed,
    names,
  } = settings;
  const named = resolveMetric('verifyClaims', metric);
  if (standardize && !takesAnyNumbers(named)) {
    throw new InputError(
      'out-of-range',
      `verifyClaims: metric '${named.name}' is not defined for standardised columns, half of whose values are negative; leave standardize out, or take another metric`,
    );
  }
  let scaled: Part | undefined;
  const ground: Ground = {
    raw: data,
    scaled: () => {
      scaled ??= inZScores(data);
      return scaled;
    },
    first: { metric, standardize, noiseLabel, seed, square: isPrecomputed(metric) },
    resamples,
    exactRows,
    sampleOnly,
    strict,
    scored,
    names,
  };
  return claims.map(({ name, claim }) => check(ground, name, claim));
}

/**
 * Recomputes claimed numbers and says of each whether it can be reproduced: under the default
 * convention, or under which other one (micro or macro average, q = 1 or 2, noise, singletons,
 * metric, raw or standardised columns). A claim is compared at its own number of decimals.
 *
 * A 95% interval says whether other rows of the same kind could have given the claim. It is a jackknife,
 * which copies no row: groups of rows are left out, with Student's t; for the medoid silhouette, which
 * jumps, three quarters of the rows are drawn. A ratio without upper bound is taken on its logarithm, and the
 * neighbour agreement has Wilson's interval. The verdict does not depend on it.
 *
 * Above `exactRows` rows, silhouette and neighbour agreement are first estimated from a sample of rows,
 * each compared with all. A convention is ruled out where the claim lies outside the interval that holds
 * with probability 1 - 1e-6. The others are computed exactly, the default first, within 4e11
 * multiplications (200,000 rows of 8 columns, twice). Only an exact value reproduces a claim. What stays
 * open has `matches: null` and gives the verdict 'consistent': the sample agrees with the claim, and exact
 * computation decides (raise `exactRows`). A value from a sample carries the interval of that sample.
 *
 * Many conventions are tried, so one of them can meet a claim of one or two decimals by accident.
 * `conventions` lists all of them, and `coincidence` is the probability that they would meet a made-up
 * number. Where it is above 0.05, a claim that the default does not meet carries a `caution`.
 *
 * Cost: one evaluation of the index per convention (about ten), and `resamples` on a sample
 * of the rows where there are many.
 *
 * @param claims by name: silhouette, daviesBouldin, calinskiHarabasz, xieBeni, simplifiedSilhouette,
 *   medoidSilhouette, dunn, dbcv, neighborAgreement, and of class balance examples, classes,
 *   singletons, medianClassSize, meanClassSize, imbalanceRatio, effectiveClasses, gini.
 * @returns one check per claim, in the order given; plain JSON.
 * @throws InputError for unknown names, claims that are not numbers, and bad input; an index that is
 *   undefined on these data gives the verdict 'not-computable' with the reason.
 *
 * @example
 * import { verifyClaims } from 'clusterlens';
 * const [check] = verifyClaims([[0], [1], [5], [6]], ['a', 'a', 'b', 'b'], { silhouette: '0.90' });
 * console.log(check!.verdict, check!.recomputed!.toFixed(3)); // refuted 0.798
 */
export function verifyClaims(
  points: Points,
  labels: Labels,
  claims: Claims,
  options?: VerifyClaimsOptions,
): ClaimCheck[];
export function verifyClaims(dataset: Dataset, claims: Claims, options?: VerifyClaimsOptions): ClaimCheck[];
export function verifyClaims(
  first: Points | Dataset,
  second: Labels | Claims,
  third?: Claims | VerifyClaimsOptions,
  fourth?: VerifyClaimsOptions,
  ...more: []
): ClaimCheck[] {
  nothingMore('verifyClaims', more, [first, second, third, fourth]);
  return claimsOf([first, second, third, fourth]);
}

/** `verifyClaims`, whose reasons call rows and columns by these names. */
export function claimsOf(
  [first, second, third, fourth]: readonly [unknown, unknown, unknown, unknown],
  names?: PlaceNames,
): ClaimCheck[] {
  const where = 'verifyClaims';
  if (isDataset(first)) nothingMore(where, [fourth], [first, second, third]);
  const { data } = admit(where, first, isDataset(first) ? undefined : second, undefined, []);
  const claims = readClaims(where, isDataset(first) ? second : third);
  const options = checkOptions(where, isDataset(first) ? third : fourth, OPTIONS);
  resolveMetric(where, options.metric);
  return checkClaims(data, claims, {
    metric: (options.metric as Metric | undefined) ?? 'euclidean',
    standardize: booleanOf(where, 'standardize', options.standardize, false),
    noiseLabel: readNoiseLabel(where, options.noiseLabel, data),
    resamples: numberIn(where, 'resamples', options.resamples, { min: 20, max: 10_000, integer: true }, 100),
    exactRows: numberIn(where, 'exactRows', options.exactRows, { min: 10, integer: true }, 10_000),
    sampleOnly: booleanOf(where, 'sampleOnly', options.sampleOnly, false),
    strict: booleanOf(where, 'strict', options.strict, false),
    seed: seedOf(where, options.seed),
    names,
  });
}
