import { InputError, show, UndefinedMetricError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import type { Label, Labels, Points } from '../core/types.js';
import { admit, type Dataset, isDataset } from '../data/dataset.js';
import { readNoiseLabel } from '../data/named-label.js';
import { booleanOf, checkOptions, nothingMore, numberIn, seedOf } from '../data/options.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { zScores } from '../kernels/z-scores.js';
import { CLAIMABLE, type Claimable, type Settings } from './claim-conventions.js';
import type { ClaimCheck, Convention } from './claim-types.js';
import { type ClaimedNumber, readClaim, roundsTo } from './claimed-number.js';
import { coincidenceOf } from './coincidence.js';
import { noiseCandidate } from './noise-candidate.js';
import { type Part, partOf } from './row-sample.js';
import { shareInterval } from './share-interval.js';
import { NORMAL_975, subsampleSize, subsampleSpread } from './subsample.js';

/** Claimed values by name: 'daviesBouldin' and 'davies-bouldin' are the same; text keeps its zeros ('0.680'). */
export type Claims = Readonly<Record<string, number | string>>;

export interface VerifyClaimsOptions {
  /** The convention that is tried first. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Columns divided by their standard deviation in the convention that is tried first. Default false. */
  readonly standardize?: boolean | undefined;
  readonly noiseLabel?: Label | undefined;
  /** Subsamples for the intervals, 20 to 10,000. Default 100. */
  readonly resamples?: number | undefined;
  /** Above this many rows an index that compares all pairs is computed from a sample. Default 10,000. */
  readonly exactRows?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

const OPTIONS = ['metric', 'standardize', 'noiseLabel', 'resamples', 'exactRows', 'seed'];
/** Metrics that are tried when the first one does not give the number. */
const OTHER_METRICS = ['euclidean', 'sqeuclidean', 'cosine', 'correlation', 'manhattan'] as const;
/** Multiplications that a sampled silhouette may cost; they decide how many rows are scored. */
const EFFORT = 2e9;
const FEWEST_SCORED = 100;
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
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new InputError(
      'wrong-type',
      `${where}: claims must be an object of numbers by name, as { silhouette: 0.68 }, got ${show(claims)}`,
    );
  }
  const list = Object.entries(claims).filter(([, value]) => value !== undefined);
  if (list.length === 0) throw new InputError('empty', `${where}: claims must name at least one number, got none`);
  return list.map(([name, value]) => ({ name: resolveName(where, name), claim: readClaim(where, name, value) }));
}

interface Trial {
  readonly name: string;
  readonly part: Part;
  readonly settings: Settings;
}

interface Ground {
  readonly raw: Part;
  readonly scaled: () => Part;
  readonly first: Settings & { readonly standardize: boolean; readonly square: boolean };
  readonly resamples: number;
  readonly exactRows: number;
}

/** The default first, then one thing changed at a time, and scaling together with the metric. */
function trialsOf(ground: Ground, claimable: Claimable): Trial[] {
  const { raw, scaled, first } = ground;
  const { metric, noiseLabel, seed, scored } = first;
  const own = first.standardize ? scaled() : raw;
  const trials: Trial[] = [{ name: '', part: own, settings: first }];
  const candidate = noiseLabel ?? raw.classes[noiseCandidate(raw.classes)];
  const noise = (part: Part, words: string, m: Metric) => {
    if (candidate === undefined || !claimable.points) return;
    const base = { metric: m, seed, scored };
    const named = noiseLabel === undefined ? `label ${candidate}` : 'noise';
    trials.push(
      noiseLabel === undefined
        ? { name: `${words}${named} left out as noise`, part, settings: { ...base, noiseLabel: candidate } }
        : { name: `${words}${named} as a cluster`, part, settings: { ...base, noiseLabel: undefined } },
    );
    for (const treatment of claimable.noise) {
      const how = treatment === 'singletons' ? 'as clusters of one row' : 'left out, score times the share of the rest';
      trials.push({
        name: `${words}${named} ${how}`,
        part,
        settings: { ...base, noiseLabel: candidate, noise: treatment },
      });
    }
  };
  if (!claimable.points || first.square) {
    noise(own, '', metric);
    return trials;
  }
  const other = first.standardize ? raw : scaled();
  const words = first.standardize ? 'raw columns' : 'standardised columns';
  noise(own, '', metric);
  trials.push({ name: words, part: other, settings: first });
  noise(other, `${words}, `, metric);
  if (!claimable.metrics) return trials;
  for (const [part, prefix] of [
    [own, ''],
    [other, `${words}, `],
  ] as const) {
    for (const m of OTHER_METRICS) {
      if (m !== metric)
        trials.push({ name: `${prefix}metric ${m}`, part, settings: { metric: m, noiseLabel, seed, scored } });
    }
  }
  return trials;
}

/** Conventions that were tried, and the largest half-width of the interval of a sampled value. */
interface Tried {
  readonly conventions: Convention[];
  readonly error: number;
}

function tryOne({ name, part, settings }: Trial, claimable: Claimable, claim: ClaimedNumber): Tried {
  try {
    const { values, error } = claimable.compute(part, settings);
    const conventions = values.map(([reading, value]): Convention => {
      const words = [name, reading].filter((word) => word !== '').join(', ') || 'default';
      if (!Number.isFinite(value)) return { name: words, value: null, matches: false, reason: `the value is ${value}` };
      return { name: words, value, matches: roundsTo(value, claim, error) };
    });
    return { conventions, error };
  } catch (error) {
    if (!(error instanceof UndefinedMetricError)) throw error;
    return {
      conventions: [{ name: name || 'default', value: null, matches: false, reason: error.message }],
      error: 0,
    };
  }
}

/** All conventions; where values are sampled and costly, only until one gives the claim. */
function tryAll(trials: readonly Trial[], claimable: Claimable, claim: ClaimedNumber, all: boolean): Tried {
  const conventions: Convention[] = [];
  let largest = 0;
  for (const trial of trials) {
    const { conventions: more, error } = tryOne(trial, claimable, claim);
    conventions.push(...more);
    largest = Math.max(largest, error);
    if (!all && more.some(({ matches }) => matches)) break;
  }
  return { conventions, error: largest };
}

function intervalOf(ground: Ground, claimable: Claimable, value: number): ClaimCheck['interval'] {
  const part = ground.first.standardize ? ground.scaled() : ground.raw;
  const { square } = ground.first;
  const size = subsampleSize(part.n, part.k);
  if (!claimable.interval || size < 10) return null;
  const valueOn = (rows: Int32Array) => {
    try {
      const given = { ...ground.first, scored: undefined, firstOnly: true };
      return claimable.compute(partOf(part, rows, square), given).values[0]![1];
    } catch (error) {
      if (error instanceof UndefinedMetricError) return Number.NaN;
      throw error;
    }
  };
  const { standardErrors } = subsampleSpread((subsets) => subsets.map((rows) => [valueOn(rows)]), part.n, {
    size,
    resamples: ground.resamples,
    seed: ground.first.seed,
  });
  const error = standardErrors[0]!;
  if (error === null) return null;
  const around = { low: value - NORMAL_975 * error, high: value + NORMAL_975 * error, level: 0.95 };
  if (claimable.share !== true) return around;
  const [low, high] = shareInterval(value, part.n);
  return { low: Math.max(0, Math.min(low, around.low)), high: Math.min(1, Math.max(high, around.high)), level: 0.95 };
}

function check(ground: Ground, name: string, claim: ClaimedNumber): ClaimCheck {
  const claimable = CLAIMABLE[name]!;
  const { n } = ground.raw;
  const sampled = claimable.quadratic && n > ground.exactRows;
  const scoredOnly = sampled && name === 'silhouette';
  const scored = Math.min(n, Math.max(FEWEST_SCORED, Math.floor(EFFORT / (n * ground.raw.d))));
  // The silhouette is sampled by scoring some rows against all; other indices only exactly.
  const setup: Ground = { ...ground, first: { ...ground.first, scored: scoredOnly ? scored : undefined } };
  const base = { metric: name, claimed: claim.value, decimals: claim.decimals, n };
  const none = {
    recomputed: null,
    interval: null,
    withinInterval: null,
    verdict: 'not-computable' as const,
    reproducedBy: null,
    coincidence: null,
  };
  if (sampled && !scoredOnly) {
    const reason = `${name} compares all pairs, and ${n} rows are more than exactRows = ${ground.exactRows}; raise exactRows to compute it`;
    return { ...base, ...none, reason, conventions: [{ name: 'default', value: null, matches: false, reason }] };
  }
  const { conventions, error } = tryAll(trialsOf(setup, claimable), claimable, claim, !scoredOnly);
  const main = conventions[0]!;
  const interval = main.value === null ? null : intervalOf(setup, claimable, main.value);
  const within =
    interval === null
      ? null
      : claim.value >= interval.low - 0.5 / 10 ** claim.decimals &&
        claim.value <= interval.high + 0.5 / 10 ** claim.decimals;
  const match = conventions.find(({ matches }) => matches);
  const computable = conventions.some(({ value }) => value !== null);
  const coincidence = coincidenceOf(conventions, claim, claimable.range, error);
  const doubtful = match !== undefined && match !== main && coincidence !== null && coincidence > ACCIDENT;
  return {
    ...base,
    recomputed: main.value,
    ...(main.reason === undefined ? {} : { reason: main.reason }),
    interval,
    withinInterval: within,
    verdict: match !== undefined ? 'reproduced' : computable ? 'refuted' : 'not-computable',
    conventions,
    reproducedBy: match?.name ?? null,
    coincidence,
    ...(doubtful
      ? {
          caution:
            `With ${conventions.length} conventions tried, a made-up number of ${claim.decimals} decimals would be met by one of them with probability ` +
            `${coincidence.toPrecision(2)}: ask which convention was used, or for more decimals.`,
        }
      : {}),
    ...(scoredOnly ? { sample: { rows: scored, of: n } } : {}),
  };
}

/** Options of `verifyClaims` with their defaults filled in. */
export interface ClaimSettings {
  readonly metric: Metric;
  readonly standardize: boolean;
  readonly noiseLabel: Label | undefined;
  readonly resamples: number;
  readonly exactRows: number;
  readonly seed: number;
}

/** As `verifyClaims`, for data that have passed the door. */
export function checkClaims(
  data: Part,
  claims: readonly { name: string; claim: ClaimedNumber }[],
  settings: ClaimSettings,
): ClaimCheck[] {
  const { metric, standardize, noiseLabel, resamples, exactRows, seed } = settings;
  let scaled: Part | undefined;
  const ground: Ground = {
    raw: data,
    scaled: () => {
      scaled ??= { ...data, points: zScores(data.points, data.n, data.d) };
      return scaled;
    },
    first: { metric, standardize, noiseLabel, seed, square: metric === 'precomputed' },
    resamples,
    exactRows,
  };
  return claims.map(({ name, claim }) => check(ground, name, claim));
}

/**
 * Recomputes claimed numbers and says of each whether it can be reproduced: under the default
 * convention, or under which other one (micro or macro average, q = 1 or 2, noise, singletons,
 * metric, raw or standardised columns). A claim is compared at its own number of decimals. Beside it
 * stands a 95% interval over samples of rows (delete-d jackknife, see `subsampleSpread`: no row is
 * copied), which tells whether other rows of the same kind could have given the claim; the verdict
 * does not depend on it.
 *
 * Above `exactRows` rows the silhouette is computed from scored rows against all; a claim then counts as
 * reproduced when it lies within the 95% interval of that sampling, and conventions are tried only until
 * one does.
 *
 * Many conventions are tried, so a claim of one or two decimals can be met by accident: `conventions`
 * lists all of them, `coincidence` is the probability that a made-up number would be met, and a claim
 * that only another convention than the default meets carries a `caution` where that is above 0.05.
 *
 * @param claims by name: silhouette, daviesBouldin, calinskiHarabasz, xieBeni, simplifiedSilhouette,
 *   medoidSilhouette, dunn, dbcv, neighborAgreement, and of class balance examples, classes,
 *   singletons, medianClassSize, meanClassSize, imbalanceRatio, effectiveClasses, gini.
 * @returns one check per claim, in the order given; plain JSON.
 * @throws InputError for unknown names, claims that are not numbers, and bad input; an index that is
 *   undefined on these data gives the verdict 'not-computable' with the reason. Cost: one evaluation
 *   of the index per convention (about ten), and `resamples` on at most about 600 rows.
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
    seed: seedOf(where, options.seed),
  });
}
