import type { Label } from '../core/types.js';
import type { Metric } from '../distance/metric.js';
import { classBalance } from '../imbalance/class-balance.js';
import { calinskiHarabasz } from '../metrics/internal/calinski-harabasz.js';
import { daviesBouldin } from '../metrics/internal/davies-bouldin.js';
import { dbcv } from '../metrics/internal/dbcv.js';
import { dunn } from '../metrics/internal/dunn.js';
import { medoidSilhouette } from '../metrics/internal/medoid-silhouette.js';
import { neighborAgreement } from '../metrics/internal/neighbor-agreement.js';
import { silhouette } from '../metrics/internal/silhouette.js';
import { simplifiedSilhouette } from '../metrics/internal/simplified-silhouette.js';
import { xieBeni } from '../metrics/internal/xie-beni.js';
import { asInput, type Part } from './row-sample.js';

/** Settings under which an index is computed. */
export interface Settings {
  readonly metric: Metric;
  readonly noiseLabel: Label | undefined;
  /** Score this many rows against all; undefined: all. */
  readonly scored?: number | undefined;
  readonly seed: number;
}

/**
 * The numbers that one computation gives, by the name of the convention; '' is the default. `error`
 * is the half-width of the 95% interval of a number that was computed from scored rows only.
 */
export interface Readings {
  readonly values: ReadonlyArray<readonly [name: string, value: number]>;
  readonly error: number;
}

/** What can be claimed. */
export interface Claimable {
  readonly compute: (part: Part, settings: Settings) => Readings;
  /** Whether the metric matters. */
  readonly metrics: boolean;
  /** Whether the coordinates matter. */
  readonly points: boolean;
  /** A count is what it is: it has no interval. */
  readonly interval: boolean;
  /** It is a share of rows, whose interval must not shrink to nothing at 0 and 1. */
  readonly share?: boolean;
  /** Cost grows with n^2. */
  readonly quadratic: boolean;
}

function silhouetteReadings(part: Part, { metric, noiseLabel, scored, seed }: Settings): Readings {
  const [points, labels] = asInput(part);
  const sampleSize = scored === undefined ? undefined : Math.min(scored, part.n);
  const { clusters, score, macroScore, sample } = silhouette(points, labels, { metric, noiseLabel, sampleSize, seed });
  const error = sample === undefined ? 0 : (sample.interval.high - sample.interval.low) / 2;
  const readings: [string, number][] = [
    ['', score],
    ['macro average over classes', macroScore],
  ];
  const alone = clusters.filter(({ size }) => size === 1).length;
  if (alone === 0) return { values: readings, error };
  const rows = clusters.reduce((sum, { size }) => sum + size, 0);
  readings.push(
    ['singletons score 1', score + alone / rows],
    ['singletons left out', (score * rows) / (rows - alone)],
    ['macro average, singletons score 1', macroScore + alone / clusters.length],
    ['macro average, singletons left out', (macroScore * clusters.length) / (clusters.length - alone)],
  );
  return { values: readings, error };
}

function exactly(value: number): Readings {
  return { values: [['', value]], error: 0 };
}

function withOptions(
  compute: (...input: [...ReturnType<typeof asInput>, { metric: Metric; noiseLabel: Label | undefined }]) => number,
): Claimable['compute'] {
  return (part, { metric, noiseLabel }) => exactly(compute(...asInput(part), { metric, noiseLabel }));
}

function balanceOf(read: (balance: ReturnType<typeof classBalance>) => number): Claimable {
  return {
    compute: (part) => exactly(read(classBalance(asInput(part)[1]))),
    metrics: false,
    points: false,
    interval: false,
    quadratic: false,
  };
}

const INDEX = { metrics: true, points: true, interval: true, quadratic: true };
const CENTROIDS = { metrics: false, points: true, interval: true, quadratic: false };

/** Every number that can be claimed, by name. */
export const CLAIMABLE: Readonly<Record<string, Claimable>> = {
  silhouette: { ...INDEX, compute: silhouetteReadings },
  daviesBouldin: {
    ...CENTROIDS,
    compute: (part, { noiseLabel }) => {
      const [points, labels] = asInput(part);
      const values: [string, number][] = [
        ['', daviesBouldin(points, labels, { noiseLabel }).score],
        ['q = 2 (root mean square scatter)', daviesBouldin(points, labels, { noiseLabel, q: 2 }).score],
      ];
      return { values, error: 0 };
    },
  },
  calinskiHarabasz: {
    ...CENTROIDS,
    compute: withOptions((points, labels, { noiseLabel }) => calinskiHarabasz(points, labels, { noiseLabel }).score),
  },
  xieBeni: {
    ...CENTROIDS,
    compute: withOptions((points, labels, { noiseLabel }) => xieBeni(points, labels, { noiseLabel }).score),
  },
  simplifiedSilhouette: {
    ...CENTROIDS,
    compute: withOptions(
      (points, labels, { noiseLabel }) => simplifiedSilhouette(points, labels, { noiseLabel }).score,
    ),
  },
  medoidSilhouette: {
    ...INDEX,
    compute: withOptions((points, labels, options) => medoidSilhouette(points, labels, options).score),
  },
  dunn: {
    ...INDEX,
    interval: false,
    compute: withOptions((points, labels, options) => dunn(points, labels, options).score),
  },
  dbcv: {
    ...INDEX,
    interval: false,
    compute: (part, { metric, noiseLabel }) => {
      const [points, labels] = asInput(part);
      return exactly(dbcv(points, labels, { metric, noiseLabel }).score);
    },
  },
  neighborAgreement: {
    ...INDEX,
    share: true,
    compute: withOptions((points, labels, options) => neighborAgreement(points, labels, options).score),
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
