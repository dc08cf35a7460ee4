import { InputError } from '../../core/errors.js';
import type { Labels, Points } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { booleanOf, numberIn, seedOf } from '../../data/options.js';
import { fitMetric, type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { readThresholds } from '../../imbalance/filter-curve.js';
import { type FilterGainResult, filterGain } from '../../imbalance/filter-gain.js';
import { daviesBouldin } from '../../metrics/internal/davies-bouldin.js';
import { neighborAgreement } from '../../metrics/internal/neighbor-agreement.js';
import { silhouette } from '../../metrics/internal/silhouette.js';
import { zScores } from '../../statistics/z-scores.js';
import { significance } from '../significance/significance.js';

export interface FilterSensitivityOptions {
  /** Fewest rows of a class that is kept, integers >= 1. Default 1, 2, 3, 5, 8, 10, 15, 20. */
  readonly thresholds?: ArrayLike<number> | undefined;
  /** Distance of silhouette and neighbours, by name or as a function; not 'precomputed'. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide columns by their standard deviation over all rows first. Default false. */
  readonly standardize?: boolean | undefined;
  /** Random labelings per threshold for the chance level, an integer from 0 (none) to 100,000. Default 20. */
  readonly permutations?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** Indices followed beside the silhouette, null where undefined. */
export type FilterSensitivityResult = FilterGainResult & {
  readonly metric: string;
  readonly permutations: number;
  readonly seed: number;
};

/** Chance that two different rows have the same label. */
function chanceAgreement({ n, counts }: Dataset): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / (n * (n - 1)), 0);
}

/**
 * What dropping small classes does to the silhouette, and where a gain comes from: from badly scoring
 * classes that are gone, or from the rest scoring better once its rivals are gone (see `filterGain`).
 * `chance` is the mean silhouette of random labels with the same class sizes, which itself rises when
 * small classes go: only `gain.beyondChance` is about the data.
 *
 * Each step also has `indices.daviesBouldin` (lower is better), `indices.neighborAgreement` and
 * `indices.neighborAgreementChance`. Score and samples are silhouettes in [-1, 1], higher is better.
 *
 * @param points n x d. @param labels n labels of any type (a noise label counts as a class).
 * @throws InputError and ShapeError for bad input. Where an index is undefined (fewer than 2 classes
 *   left, or as many as rows) the step says why. Cost O(n^2 (d + permutations)) per threshold.
 */
export function filterSensitivity(
  points: Points,
  labels: Labels,
  options?: FilterSensitivityOptions,
): FilterSensitivityResult;
export function filterSensitivity(dataset: Dataset, options?: FilterSensitivityOptions): FilterSensitivityResult;
export function filterSensitivity(
  first: Points | Dataset,
  second?: Labels | FilterSensitivityOptions,
  third?: FilterSensitivityOptions,
): FilterSensitivityResult {
  const where = 'filterSensitivity';
  const { data, options } = admit(where, first, second, third, [
    'thresholds',
    'metric',
    'standardize',
    'permutations',
    'seed',
  ]);
  const resolved = resolveMetric(where, options.metric);
  if (resolved.kind === 'precomputed') {
    throw new InputError(
      'unknown-name',
      `${where}: metric must measure coordinates, got 'precomputed'; Davies-Bouldin needs the points themselves`,
    );
  }
  const permutations = numberIn(where, 'permutations', options.permutations, { min: 0, max: 1e5, integer: true }, 20);
  const seed = seedOf(where, options.seed);
  const standardized = booleanOf(where, 'standardize', options.standardize, false);
  const scaled = standardized ? Object.freeze({ ...data, points: zScores(data.points, data.n, data.d) }) : data;
  // Smaller sets of classes are measured as all of them are.
  const metric = fitMetric(where, resolved, scaled.points, data.n, data.d).spec;
  requireDomain(standardized ? `${where} (standardised columns)` : where, resolved, scaled.points, data.d);
  const result = filterGain(scaled, {
    thresholds: readThresholds(where, options.thresholds),
    evaluate: (kept) => {
      const { score, samples } = silhouette(kept, { metric });
      if (permutations === 0) return { score, samples };
      return { score, samples, chance: significance(kept, { metric, permutations, seed }).silhouette.null.mean };
    },
    indices: {
      daviesBouldin: (kept) => daviesBouldin(kept).score,
      neighborAgreement: (kept) => neighborAgreement(kept, { metric }).score,
      neighborAgreementChance: (kept) => chanceAgreement(kept),
    },
  });
  return { ...result, metric: resolved.name, permutations, seed };
}
