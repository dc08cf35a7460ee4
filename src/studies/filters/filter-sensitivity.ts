import { definedOr } from '../../core/attempt.js';
import { InputError } from '../../core/errors.js';
import type { Labels, Points } from '../../core/types.js';
import { admit, type Dataset, datasetOf } from '../../data/dataset.js';
import { booleanOf, nothingMore, numberIn, seedOf } from '../../data/options.js';
import { type Part, partOf } from '../../data/row-sample.js';
import { fitMetric, type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { filterSteps, readThresholds } from '../../imbalance/filter-curve.js';
import type { FilterGainResult, FilterGainStep } from '../../imbalance/filter-gain.js';
import { daviesBouldin } from '../../metrics/internal/davies-bouldin.js';
import { neighborAgreement } from '../../metrics/internal/neighbor-agreement.js';
import { requireClusters } from '../../metrics/internal/scope.js';
import { pairChance } from '../../statistics/pair-chance.js';
import { inZScores } from '../../statistics/z-scores.js';
import { filterMoves } from './filter-moves.js';
import { filteredSilhouettes } from './filtered-silhouettes.js';

export interface FilterSensitivityOptions {
  /** Fewest rows of a class that is kept, integers >= 1. Default 1, 2, 3, 5, 8, 10, 15, 20. */
  readonly thresholds?: ArrayLike<number> | undefined;
  /** Distance of silhouette and neighbours, by name or as a function; not 'precomputed'. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide columns by their standard deviation over all rows first. Default false. */
  readonly standardize?: boolean | undefined;
  /** Permuted labelings for the chance level, an integer from 0 (none) to 100,000. Default 200. */
  readonly permutations?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** The steps of `filterGain` with the silhouette as the index, and how they were computed. */
export type FilterSensitivityResult = FilterGainResult & {
  readonly metric: string;
  readonly permutations: number;
  readonly seed: number;
};

/** Further indices of the rows that a filter leaves. */
function indicesOf(part: Part, metric: Metric): FilterGainStep['indices'] {
  const data = datasetOf(part);
  const score = (compute: () => number) => definedOr(compute, () => null);
  const { n, counts } = part;
  return {
    daviesBouldin: score(() => daviesBouldin(data).score),
    neighborAgreement: score(() => neighborAgreement(data, { metric }).score),
    neighborAgreementChance: n < 2 ? null : pairChance(counts, n),
  };
}

/**
 * What dropping small classes does to the silhouette, and where a gain comes from: from badly scoring
 * classes that are gone, or from the rest scoring better once its rivals are gone (see `filterGain`).
 * `chance` is the mean silhouette of permuted labels, filtered in the same way. It rises by itself when
 * small classes go: only `gain.beyondChance` is about the data. A diagnosis with the same seed and number
 * of permutations gives the same numbers, up to its sample size.
 *
 * Each step also has `indices.daviesBouldin` (lower is better), `indices.neighborAgreement` and
 * `indices.neighborAgreementChance`. Score and samples are silhouettes in [-1, 1], higher is better.
 *
 * Cost O(n^2 (d + permutations)) time for all thresholds together, and O(n^2 d) for the further indices of
 * each; O(n permutations) memory.
 *
 * @param points n x d.
 * @param labels n labels of any type (a noise label counts as a class).
 * @throws InputError and ShapeError for bad input. Where an index is undefined (fewer than 2 classes left,
 *   or as many as rows) the step says why.
 *
 * @example
 * import { filterSensitivity } from 'clusterlens';
 * const points = [[0], [1], [2], [7], [8], [9], [4.4]];
 * const labels = ['a', 'a', 'a', 'b', 'b', 'b', 'c'];
 * const { steps } = filterSensitivity(points, labels, { thresholds: [1, 2] });
 * console.log(steps.map(({ score }) => score!.toFixed(3))); // [ '0.508', '0.807' ]
 * console.log(steps[1]!.gain!.total.toFixed(3), steps[1]!.gain!.beyondChance!.toFixed(3)); // 0.298 0.078
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
  ...more: []
): FilterSensitivityResult {
  nothingMore('filterSensitivity', more, [first, second, third]);
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
  const permutations = numberIn(where, 'permutations', options.permutations, { min: 0, max: 1e5, integer: true }, 200);
  const seed = seedOf(where, options.seed);
  const standardized = booleanOf(where, 'standardize', options.standardize, false);
  const scaled: Part = standardized ? inZScores(data) : data;
  // Smaller sets of classes are measured as all of them are.
  const metric = fitMetric(where, resolved, scaled.points, data.n, data.d).spec;
  requireDomain(standardized ? `${where} (standardised columns)` : where, resolved, scaled.points, data.d);
  const thresholds = readThresholds(where, options.thresholds);
  const { n, d, k, labels, counts, classes } = data;
  const unclustered = (part: Part) =>
    definedOr(
      () => {
        requireClusters('silhouette', part);
        return null;
      },
      (reason) => reason,
    );
  const reason = unclustered(data);
  const found = reason === null ? filteredSilhouettes(where, scaled, thresholds, { metric, permutations, seed }) : null;
  const moves = found === null ? [] : filterMoves(found);
  const steps = filterSteps({ codes: labels, classes, counts }, thresholds).map((step): FilterGainStep => {
    const none = { score: null, chance: null, gain: null };
    if (step.examples === 0) {
      const indices = { daviesBouldin: null, neighborAgreement: null, neighborAgreementChance: null };
      return { ...step, ...none, indices, reason: 'no class is large enough' };
    }
    const rows = Int32Array.from(labels.keys()).filter((i) => counts[labels[i]!]! >= step.threshold);
    const part = rows.length === n ? scaled : partOf(scaled, rows);
    const measured = { ...step, indices: indicesOf(part, metric) };
    const move = moves[found?.classes.indexOf(step.classes) ?? -1];
    if (move === undefined) return { ...measured, ...none, reason: unclustered(part)! };
    return { ...measured, score: move.score, chance: move.chance, gain: move.gain };
  });
  const { score = null, chance = null } = moves[0] ?? {};
  return { n, d, k, score, chance, steps, metric: resolved.name, permutations, seed };
}
