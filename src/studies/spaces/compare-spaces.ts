import type { Label, Labels, Points } from '../../core/types.js';
import { isPrecomputed } from '../../data/condensed.js';
import { readLabel } from '../../data/labels.js';
import { booleanOf, checkOptions, nothingMore, numberIn, seedOf } from '../../data/options.js';
import { rowNameOf } from '../../data/row-name.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { subsampleSize, subsampleSpread } from '../../statistics/subsample.js';
import { orderedParts } from './ordered-parts.js';
import { readSpaceParts, type SpaceParts } from './read-spaces.js';
import { resampledDifference } from './resampled-difference.js';
import { spaceGaps } from './space-gaps.js';
import { type KnownScores, spaceScores } from './space-scores.js';
import { type CompareSettings, SPACE_METRICS, type SpaceComparison, type SpaceDifference } from './space-types.js';
import { subsetIndices } from './subset-indices.js';

/** The same rows in several spaces, by name. */
export type Spaces = Readonly<Record<string, Points>>;

export interface CompareSpacesOptions {
  /** Rows that were not trained on, in the spaces of the same names. */
  readonly heldOut?: { readonly spaces: Spaces; readonly labels: Labels } | undefined;
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide the columns of every space by their standard deviation over the training rows. Default false. */
  readonly standardize?: boolean | undefined;
  readonly noiseLabel?: Label | undefined;
  /** Default 100. */
  readonly permutations?: number | undefined;
  /** Subsamples for the intervals of differences, 20 to 10,000; no p is below 1 / (1 + resamples). Default 200. */
  readonly resamples?: number | undefined;
  /** Rows used at most per space, drawn by class. Default 1500. */
  readonly sampleSize?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

const OPTIONS = ['heldOut', 'metric', 'standardize', 'noiseLabel', 'permutations', 'resamples', 'sampleSize', 'seed'];

/** Differences of all pairs of spaces, all from the same subsamples. */
function differencesOf(
  where: string,
  names: readonly string[],
  parts: readonly Part[],
  rows: SpaceDifference['rows'],
  settings: CompareSettings,
): SpaceDifference[] {
  if (names.length < 2) return [];
  const square = isPrecomputed(settings.metric);
  const chosen = sampleRows(parts[0]!, settings.sampleSize, settings.seed, square);
  const used = parts.map((part) => (chosen.length === part.n ? part : partOf(part, chosen, square)));
  const pairs = names.flatMap((_, a) => names.slice(a + 1).map((_, b) => [a, a + 1 + b] as const));
  const differ = (values: readonly number[][]) =>
    pairs.flatMap(([a, b]) => SPACE_METRICS.map((_, m) => values[b]![m]! - values[a]![m]!));
  const { n, k } = used[0]!;
  /** Differences on each of several subsets. */
  const differencesOn = (subsets: readonly Int32Array[]) => {
    const values = used.map((part) => subsetIndices(where, part, settings.metric, subsets));
    return subsets.map((_, b) => differ(values.map((space) => space[b]!)));
  };
  const observed = differencesOn([Int32Array.from({ length: n }, (_, i) => i)])[0]!;
  const note = n === parts[0]!.n ? {} : { sample: { rows: n, of: parts[0]!.n } };
  const size = subsampleSize(n, k, 400);
  const spread =
    size < 10
      ? null
      : subsampleSpread(
          differencesOn,
          Int32Array.from({ length: n }, (_, i) => i),
          { size, resamples: settings.resamples, seed: settings.seed },
        );
  return pairs.flatMap(([a, b], q) =>
    SPACE_METRICS.flatMap((metric, m): SpaceDifference[] => {
      const difference = observed[q * SPACE_METRICS.length + m]!;
      if (!Number.isFinite(difference)) return [];
      const error = spread?.standardErrors[q * SPACE_METRICS.length + m] ?? null;
      return [
        {
          metric,
          rows,
          from: names[a]!,
          to: names[b]!,
          difference,
          ...resampledDifference(difference, error, settings.resamples),
          ...note,
        },
      ];
    }),
  );
}

function heldDifferences(
  where: string,
  names: readonly string[],
  heldOut: ReadonlyArray<Part | null>,
  settings: CompareSettings,
) {
  const known = names.flatMap((name, p) => (heldOut[p] == null ? [] : [{ name, part: heldOut[p] }]));
  const parts = known.map(({ part }) => part);
  return differencesOf(
    where,
    known.map(({ name }) => name),
    parts,
    'held-out',
    settings,
  );
}

/** As `compareSpaces`, for spaces that have passed the door; `known` is what is known of the first on its training rows. */
export function compareParts(
  where: string,
  given: SpaceParts,
  settings: CompareSettings,
  known?: KnownScores,
): SpaceComparison {
  const square = isPrecomputed(settings.metric);
  const { names } = given;
  const training = orderedParts(given.training, square);
  const heldOut = given.heldOut === null ? null : orderedParts(given.heldOut, square);
  const scoring = { ...settings, sampleSize: settings.scoreSize ?? settings.sampleSize };
  return {
    spaces: names.map((name, p) => ({
      name,
      training: spaceScores(training[p]!, scoring, p === 0 ? known : undefined),
      heldOut: heldOut === null || heldOut[p] === null ? null : spaceScores(heldOut[p]!, scoring),
    })),
    differences: [
      ...differencesOf(where, names, training, 'training', settings),
      ...(heldOut === null ? [] : heldDifferences(where, names, heldOut, settings)),
    ],
    gaps: spaceGaps(where, { names, training, heldOut }, settings),
    metric: resolveMetric(where, settings.metric).name,
    standardized: settings.standardized,
    permutations: settings.permutations,
    seed: settings.seed,
  };
}

/**
 * How the same rows cluster in several spaces (input, latent, projection): silhouette,
 * Davies-Bouldin and nearest-neighbour agreement beside their values under permuted labels; the
 * differences between spaces with 95% intervals from the same subsamples of rows (no row copied);
 * and training rows beside held-out rows, with the p of their gap, also beyond the gap of the first
 * space. A score on training rows can be memorised: the held-out column is the one to believe.
 *
 * Cost O(sampleSize^2 (d + permutations)) per space.
 *
 * @param spaces points by name, the same rows in each, in the same order.
 * @returns plain JSON. Above `sampleSize` rows a sample by class is used, and said so.
 * @throws InputError and ShapeError for bad input; where an index is undefined it is null with the reason.
 *
 * @example
 * import { compareSpaces } from 'clusterlens';
 * const labels = Array.from({ length: 40 }, (_, i) => i % 2);
 * const input = labels.map((label, i) => [label, 3 * Math.sin(5 * i)]);
 * const latent = labels.map((label, i) => [4 * label, Math.sin(5 * i)]);
 * const { spaces, differences } = compareSpaces({ input, latent }, labels);
 * console.log(spaces.map(({ name, training }) => `${name} ${training.silhouette.score!.toFixed(2)}`));
 * // [ 'input 0.08', 'latent 0.80' ]
 * console.log(differences[0]!.metric, differences[0]!.difference.toFixed(2), differences[0]!.p!.toFixed(3));
 * // silhouette 0.72 0.005
 */
export function compareSpaces(
  spaces: Spaces,
  labels: Labels,
  options?: CompareSpacesOptions,
  ...more: []
): SpaceComparison {
  nothingMore('compareSpaces', more, [spaces, labels, options]);
  const where = 'compareSpaces';
  const given = checkOptions(where, options, OPTIONS);
  const metric = resolveMetric(where, given.metric);
  const noiseLabel =
    given.noiseLabel === undefined ? undefined : readLabel(where, given.noiseLabel, 'option noiseLabel');
  const standardize = booleanOf(where, 'standardize', given.standardize, false);
  const settings: CompareSettings = {
    metric: (given.metric as Metric | undefined) ?? 'euclidean',
    standardized: standardize,
    permutations: numberIn(where, 'permutations', given.permutations, { min: 1, max: 10_000, integer: true }, 100),
    resamples: numberIn(where, 'resamples', given.resamples, { min: 20, max: 10_000, integer: true }, 200),
    sampleSize: numberIn(where, 'sampleSize', given.sampleSize, { min: 20, integer: true }, 1500),
    seed: seedOf(where, given.seed),
  };
  const parts = readSpaceParts(where, spaces, labels, given.heldOut, { noiseLabel, standardize });
  for (const [table, of] of [
    ['spaces', parts.training],
    ['heldOut.spaces', parts.heldOut ?? []],
  ] as const) {
    for (const [s, part] of of.entries()) {
      if (part === null) continue;
      requireDomain(`${where} (${table}.${parts.names[s]})`, metric, part.points, part.d, rowNameOf(part));
    }
  }
  return compareParts(where, parts, settings);
}
