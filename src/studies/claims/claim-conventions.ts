import { UndefinedMetricError } from '../../core/errors.js';
import type { Label } from '../../core/types.js';
import { isPrecomputed } from '../../data/condensed.js';
import { type Dataset, datasetOf } from '../../data/dataset.js';
import { rowNameOf } from '../../data/row-name.js';
import type { Part } from '../../data/row-sample.js';
import type { Metric } from '../../distance/metric.js';
import { classBalance } from '../../imbalance/class-balance.js';
import { calinskiHarabasz } from '../../metrics/internal/calinski-harabasz.js';
import { daviesBouldin } from '../../metrics/internal/davies-bouldin.js';
import { dbcv } from '../../metrics/internal/dbcv.js';
import { dunn } from '../../metrics/internal/dunn.js';
import { medoidSilhouette } from '../../metrics/internal/medoid-silhouette.js';
import { nearestRows } from '../../metrics/internal/nearest-rows.js';
import { prepareNeighborAgreement } from '../../metrics/internal/neighbor-agreement.js';
import type { NoiseTreatment } from '../../metrics/internal/scope.js';
import { silhouette } from '../../metrics/internal/silhouette.js';
import { simplifiedSilhouette } from '../../metrics/internal/simplified-silhouette.js';
import { xieBeni } from '../../metrics/internal/xie-beni.js';
import { sampledShareInterval } from '../../statistics/sampled-share.js';
import { type Interval, intervalAround, type SampleError } from '../../statistics/stratified-interval.js';
import { stratifiedSample } from '../../statistics/stratified-sample.js';

/** Level from which on scored rows that are all alike do not rule out that others differ. */
const UNLIKELY = 0.999;

/** Settings under which an index is computed. */
export interface IndexSettings {
  readonly metric: Metric;
  readonly noiseLabel: Label | undefined;
  /** What happens with the noise rows; undefined: they are left out. */
  readonly noise?: NoiseTreatment | undefined;
  /** Whether the first number alone is wanted. */
  readonly firstOnly?: boolean | undefined;
  /** Score this many rows against all; undefined: all. */
  readonly scored?: number | undefined;
  readonly seed: number;
}

/**
 * A number that one computation gives, by the name of the convention; '' is the default. `interval` is given
 * for a number that was computed from scored rows only: where the number over all rows lies, at a level.
 */
export interface Reading {
  readonly name: string;
  readonly value: number;
  readonly interval?: (level: number) => Interval;
}

/** What can be claimed. */
export interface Claimable {
  readonly compute: (part: Part, settings: IndexSettings) => readonly Reading[];
  /** Whether the metric matters. */
  readonly metrics: boolean;
  /** Whether the coordinates matter. */
  readonly points: boolean;
  /** A count is what it is: it has no interval. */
  readonly interval: boolean;
  /** It jumps when one row goes, as a medoid does: its error needs samples that leave many rows out. */
  readonly jumps?: boolean;
  /** It is a share of nearest neighbours: its interval is Wilson's. */
  readonly share?: boolean;
  /** Cost grows with n^2. */
  readonly quadratic: boolean;
  /** Whether it can be estimated from some rows, each compared with all. */
  readonly sampled?: boolean;
  /** Whether squared and angular distances need no pairs of rows, so that it is exact with them. */
  readonly linear?: boolean;
  /** Treatments of noise beside leaving it out. */
  readonly noise: readonly NoiseTreatment[];
  /** Values that it can take; null for no upper bound. */
  readonly range: readonly [number, number | null];
}

/** Student's interval of a silhouette; where all scored rows are alike, another row would have been drawn. */
function intervalOf(value: number, error: SampleError, level: number, scored: number): Interval {
  if (error.standardError > 0 || level < UNLIKELY) return intervalAround(value, error, [-1, 1], level);
  const half = (-2 * Math.log(1 - level)) / scored;
  return { low: Math.max(-1, value - half), high: Math.min(1, value + half), level };
}

function silhouetteReadings(part: Part, { metric, noiseLabel, noise, scored, seed }: IndexSettings): Reading[] {
  const sampleSize = scored === undefined ? undefined : Math.min(scored, part.n);
  const result = silhouette(datasetOf(part), { metric, noiseLabel, noise, sampleSize, seed });
  const { clusters, score, macroScore, sample } = result;
  const alone = clusters.filter(({ size }) => size === 1).length;
  const rows = clusters.reduce((sum, { size }) => sum + size, 0);
  const factor = result.noise?.treatment === 'penalise' ? 1 - result.noise.share : 1;
  /** The mean with singletons at 1, and without them: its error grows as the mean does. */
  const readings = (name: string, value: number, parts: number, given: SampleError | undefined): Reading[] => {
    const reading = (how: string, v: number, times: number): Reading => {
      const words = [name, how].filter((word) => word !== '').join(', ');
      if (given === undefined) return { name: words, value: v };
      const error = { ...given, standardError: times * given.standardError };
      return { name: words, value: v, interval: (level) => intervalOf(v, error, level, sampleSize!) };
    };
    if (alone === 0) return [reading('', value, 1)];
    return [
      reading('', value, 1),
      reading('singletons score 1', value + (factor * alone) / parts, 1),
      reading('singletons left out', (value * parts) / (parts - alone), parts / (parts - alone)),
    ];
  };
  const micro = readings('', score, rows, sample?.error);
  const macro = readings('macro average', macroScore, clusters.length, sample?.macroError);
  const plain = { ...macro[0]!, name: 'macro average over classes' };
  return [micro[0]!, plain, ...micro.slice(1), ...macro.slice(1)];
}

/** Of all rows, or of rows drawn by cluster as the silhouette draws them, each with its nearest among all. */
function agreementReadings(part: Part, { metric, noiseLabel, noise, scored, seed }: IndexSettings): Reading[] {
  const prepared = prepareNeighborAgreement(datasetOf(part), { metric, noiseLabel, noise }, undefined);
  const { where, scope } = prepared;
  const { points, n, d, labels, counts } = scope;
  const source = prepared.metric.source(where, { points, n, d }, { rowName: rowNameOf(scope) });
  if (scored === undefined || scored >= n) return exactly(prepared.finish(nearestRows(source, labels)).score);
  const rows = stratifiedSample(scope, scored, seed, isPrecomputed(metric));
  const { tied, matching } = nearestRows(source, labels, rows);
  const strata = Array.from(counts, (total) => ({ total, taken: 0, sum: 0 }));
  rows.forEach((i, s) => {
    const stratum = strata[labels[i]!]!;
    stratum.taken++;
    stratum.sum += matching[s]! / tied[s]!;
  });
  const value = strata.reduce((sum, { total, taken, sum: own }) => sum + ((own / taken) * total) / n, 0);
  return [{ name: '', value, interval: (level) => sampledShareInterval(strata, level) }];
}

function exactly(value: number): Reading[] {
  return [{ name: '', value }];
}

/** As the index with the fewest treatments of noise takes them; `Claimable.noise` lists those of each. */
type Options = Pick<IndexSettings, 'metric' | 'noiseLabel'> & {
  readonly noise: Exclude<NoiseTreatment, 'penalise'> | undefined;
};

function withOptions(compute: (data: Dataset, options: Options) => number): Claimable['compute'] {
  return (part, { metric, noiseLabel, noise }) =>
    exactly(compute(datasetOf(part), { metric, noiseLabel, noise: noise as Options['noise'] }));
}

/** Distances tell nothing of what an index takes from the columns: that is a reason, and no error. */
function requireColumns(metric: Metric | undefined, what: string): void {
  if (!isPrecomputed(metric)) return;
  throw new UndefinedMetricError(
    'undefined-metric',
    `verifyClaims: ${what} needs the points themselves, got distances; claim it of the points`,
  );
}

/** An index of centroids, for which the metric is settled. */
function ofCentroids(compute: (data: Dataset, options: Omit<Options, 'metric'>) => number): Claimable['compute'] {
  return withOptions((data, { metric, noiseLabel, noise }) => {
    requireColumns(metric, 'an index of centroids');
    return compute(data, { noiseLabel, noise });
  });
}

function balanceOf(read: (balance: ReturnType<typeof classBalance>) => number): Claimable {
  return {
    compute: (part) => exactly(read(classBalance(datasetOf(part)))),
    metrics: false,
    points: false,
    interval: false,
    quadratic: false,
    noise: [],
    range: [0, null],
  };
}

const POSITIVE = { range: [0, null], noise: ['singletons'] } as const;
const SIGNED = { range: [-1, 1], noise: ['singletons', 'penalise'] } as const;
const INDEX = { metrics: true, points: true, interval: true, quadratic: true };
const CENTROIDS = { metrics: false, points: true, interval: true, quadratic: false };

/** Every number that can be claimed, by name. */
export const CLAIMABLE: Readonly<Record<string, Claimable>> = {
  silhouette: { ...INDEX, ...SIGNED, sampled: true, linear: true, compute: silhouetteReadings },
  daviesBouldin: {
    ...CENTROIDS,
    ...POSITIVE,
    compute: (part, settings) => {
      const score = (q: number) =>
        ofCentroids((data, options) => daviesBouldin(data, { ...options, q }).score)(part, settings)[0]!.value;
      const second = settings.firstOnly ? [] : [{ name: 'q = 2 (root mean square scatter)', value: score(2) }];
      return [...exactly(score(1)), ...second];
    },
  },
  calinskiHarabasz: {
    ...CENTROIDS,
    ...POSITIVE,
    compute: ofCentroids((data, options) => calinskiHarabasz(data, options).score),
  },
  xieBeni: {
    ...CENTROIDS,
    ...POSITIVE,
    compute: ofCentroids((data, options) => xieBeni(data, options).score),
  },
  simplifiedSilhouette: {
    ...CENTROIDS,
    ...SIGNED,
    compute: ofCentroids((data, options) => simplifiedSilhouette(data, options).score),
  },
  medoidSilhouette: {
    ...INDEX,
    ...SIGNED,
    jumps: true,
    compute: withOptions((data, options) => medoidSilhouette(data, options).score),
  },
  dunn: {
    ...INDEX,
    ...POSITIVE,
    interval: false,
    compute: withOptions((data, options) => dunn(data, options).score),
  },
  dbcv: {
    ...INDEX,
    ...SIGNED,
    noise: [],
    interval: false,
    compute: withOptions((data, { metric, noiseLabel }) => {
      requireColumns(metric, 'dbcv');
      return dbcv(data, { metric, noiseLabel }).score;
    }),
  },
  neighborAgreement: {
    ...INDEX,
    range: [0, 1],
    noise: ['singletons'],
    share: true,
    sampled: true,
    compute: agreementReadings,
  },
  examples: balanceOf(({ n }) => n),
  classes: balanceOf(({ k }) => k),
  singletons: balanceOf(({ singletons }) => singletons),
  medianClassSize: balanceOf(({ median }) => median),
  meanClassSize: balanceOf(({ mean }) => mean),
  imbalanceRatio: balanceOf(({ imbalanceRatio }) => imbalanceRatio),
  effectiveClasses: balanceOf(({ effectiveClasses }) => effectiveClasses),
  gini: balanceOf(({ gini }) => gini),
};
