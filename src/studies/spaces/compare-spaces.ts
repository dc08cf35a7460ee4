import { InputError, ShapeError, show } from '../../core/errors.js';
import type { Label, Labels, Points } from '../../core/types.js';
import { isPrecomputed } from '../../data/condensed.js';
import { readDataset } from '../../data/dataset.js';
import { readLabel } from '../../data/labels.js';
import { codeOfLabel, requireSameSpelling } from '../../data/named-label.js';
import { booleanOf, checkOptions, nothingMore, numberIn, seedOf } from '../../data/options.js';
import { rowNameOf } from '../../data/row-name.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { subsampleSize, subsampleSpread } from '../../statistics/subsample.js';
import { inZScores } from '../../statistics/z-scores.js';
import { orderedParts } from './ordered-parts.js';
import { resampledDifference } from './resampled-difference.js';
import { type KnownScores, spaceScores } from './space-scores.js';
import type { SpaceComparison, SpaceDifference, SpaceGap } from './space-types.js';
import { gapAgainst, splitGaps } from './split-gap.js';
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

/** Spaces that have passed the door, without noise rows. */
export interface SpaceParts {
  readonly names: readonly string[];
  readonly training: readonly Part[];
  /** null without held-out rows; null in it for a space without. */
  readonly heldOut: ReadonlyArray<Part | null> | null;
}

export interface CompareSettings {
  readonly metric: Metric;
  readonly standardized: boolean;
  readonly permutations: number;
  readonly resamples: number;
  readonly sampleSize: number;
  /** Rows that are scored at most, each against all; default `sampleSize`. */
  readonly scoreSize?: number | undefined;
  readonly seed: number;
}

function readSpaces(
  where: string,
  spaces: unknown,
  labels: unknown,
  noiseLabel: Label | undefined,
  name: string,
): [string, Part][] {
  if (typeof spaces !== 'object' || spaces === null || Array.isArray(spaces)) {
    throw new InputError('wrong-type', `${where}: ${name} must be an object of points by name, got ${show(spaces)}`);
  }
  const entries = Object.entries(spaces).filter(([, points]) => points !== undefined);
  if (entries.length === 0) throw new InputError('empty', `${where}: ${name} must name at least one space, got none`);
  return entries.map(([space, points]) => {
    const data = readDataset(`${where} (${space})`, points, labels);
    const noise = codeOfLabel(where, 'noiseLabel', noiseLabel, data.classes);
    if (noise === -1) return [space, data];
    return [
      space,
      partOf(
        data,
        Int32Array.from({ length: data.n }, (_, i) => i).filter((i) => data.labels[i] !== noise),
      ),
    ];
  });
}

/** Columns in units of their standard deviation over the training rows. */
export function scaledTogether(training: Part, heldOut: Part | undefined): [Part, Part | undefined] {
  const scaled = inZScores(training);
  if (heldOut === undefined) return [scaled, undefined];
  const { d } = training;
  const points = new Float64Array(heldOut.n * d);
  for (let c = 0; c < d; c++) {
    // Measured from the first value, so that rounding cannot make a constant column vary.
    const origin = training.points[c]!;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < training.n; i++) mean += (training.points[i * d + c]! - origin) / training.n;
    for (let i = 0; i < training.n; i++) square += (training.points[i * d + c]! - origin - mean) ** 2 / training.n;
    const sd = Math.sqrt(square);
    for (let i = 0; i < heldOut.n; i++)
      points[i * d + c] = sd === 0 ? 0 : (heldOut.points[i * d + c]! - origin - mean) / sd;
  }
  return [scaled, { ...heldOut, points }];
}

function readSpaceParts(
  where: string,
  spaces: unknown,
  labels: unknown,
  heldOut: unknown,
  settings: { readonly noiseLabel: Label | undefined; readonly standardize: boolean },
): SpaceParts {
  const { noiseLabel, standardize } = settings;
  const training = readSpaces(where, spaces, labels, noiseLabel, 'spaces');
  const names = training.map(([name]) => name);
  let held: [string, Part][] | null = null;
  if (heldOut !== undefined) {
    const given = checkOptions(where, heldOut, ['spaces', 'labels']);
    held = readSpaces(where, given.spaces, given.labels, noiseLabel, 'heldOut.spaces');
    requireSameSpelling(`${where} (heldOut)`, held[0]![1].classes, training[0]![1].classes);
    const missing = names.find((name) => !held!.some(([other]) => other === name));
    if (missing !== undefined) {
      throw new InputError(
        'unknown-name',
        `${where}: heldOut.spaces must have every space, got none named ${show(missing)}`,
      );
    }
    held = names.map((name) => held!.find(([other]) => other === name)!);
    for (const [p, [name, part]] of held.entries()) {
      if (part.d !== training[p]![1].d) {
        throw new ShapeError(
          'shape-mismatch',
          `${where}: held-out rows of ${show(name)} must have ${training[p]![1].d} columns as the training rows have, got ${part.d}`,
        );
      }
    }
  }
  const scaled = training.map(([, part], p): [Part, Part | undefined] => {
    const other = held?.[p]?.[1];
    return standardize ? scaledTogether(part, other) : [part, other];
  });
  return {
    names,
    training: scaled.map(([part]) => part),
    heldOut: held === null ? null : scaled.map(([, part]) => part!),
  };
}

const METRICS = ['silhouette', 'neighborAgreement'] as const;

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
    pairs.flatMap(([a, b]) => METRICS.map((_, m) => values[b]![m]! - values[a]![m]!));
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
    METRICS.flatMap((metric, m): SpaceDifference[] => {
      const difference = observed[q * METRICS.length + m]!;
      if (!Number.isFinite(difference)) return [];
      const error = spread?.standardErrors[q * METRICS.length + m] ?? null;
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

/** Training and held-out rows of a space as one, with labels numbered together. */
function joined(training: Part, heldOut: Part): { part: Part; side: Uint8Array } {
  const classes = [...training.classes];
  const code = new Map(classes.map((label, c) => [label, c]));
  for (const label of heldOut.classes) {
    if (code.has(label)) continue;
    code.set(label, classes.length);
    classes.push(label);
  }
  const n = training.n + heldOut.n;
  const points = new Float64Array(n * training.d);
  points.set(training.points);
  points.set(heldOut.points, training.points.length);
  const labels = new Int32Array(n);
  labels.set(training.labels);
  labels.set(
    heldOut.labels.map((c) => code.get(heldOut.classes[c]!)!),
    training.n,
  );
  const counts = new Int32Array(classes.length);
  for (const c of labels) counts[c]!++;
  const side = new Uint8Array(n).fill(1, training.n);
  return { part: { n, d: training.d, k: classes.length, points, labels, classes, counts }, side };
}

/** The rows of classes that have two rows or more on either side: there an index can be compared. */
function comparableRows({ labels, k }: Part, side: Uint8Array): Int32Array {
  const counts = new Int32Array(2 * k);
  labels.forEach((c, i) => {
    counts[2 * c + side[i]!]!++;
  });
  return Int32Array.from(labels.keys()).filter((i) => counts[2 * labels[i]!]! >= 2 && counts[2 * labels[i]! + 1]! >= 2);
}

interface Measured extends Omit<SpaceGap, 'corrected'> {
  readonly dealt: readonly number[];
}

function minus(a: Measured, b: Measured): Measured {
  const gap = a.gap - b.gap;
  // The same deals were made in both spaces.
  const dealt = a.dealt.map((value, t) => value - b.dealt[t]!);
  return {
    ...a,
    over: b.space,
    training: a.training - b.training,
    heldOut: a.heldOut - b.heldOut,
    ...gapAgainst(gap, dealt),
  };
}

function gapsOf(where: string, parts: SpaceParts, settings: CompareSettings): SpaceGap[] {
  if (parts.heldOut === null || isPrecomputed(settings.metric)) return [];
  const alone = parts.names.flatMap((space, p): Measured[] => {
    const other = parts.heldOut![p]!;
    if (other === null) return [];
    const both = joined(parts.training[p]!, other);
    const comparable = comparableRows(both.part, both.side);
    const chosen = sampleRows(partOf(both.part, comparable), settings.sampleSize, settings.seed);
    const rows = chosen.map((i) => comparable[i]!);
    const part = partOf(both.part, rows);
    const side = Uint8Array.from(rows, (i) => both.side[i]!);
    if (part.k < 2 || !side.includes(0) || !side.includes(1)) return [];
    const found = splitGaps(where, part, side, settings);
    const heldOutRows = side.reduce((sum, s) => sum + s, 0);
    const compared = {
      trainingRows: part.n - heldOutRows,
      heldOutRows,
      classes: part.k,
      ...(part.n === comparable.length ? {} : { sample: { rows: part.n, of: comparable.length } }),
    };
    return METRICS.map((metric) => ({ space, over: null, metric, ...found[metric], ...compared }));
  });
  const beyond = alone.slice(METRICS.length).flatMap((of) => {
    const first = alone.find(({ space, metric }) => space === parts.names[0] && metric === of.metric);
    return first === undefined ? [] : [minus(of, first)];
  });
  const found = [...alone, ...beyond];
  const inUnits = found.map(({ gap, expectedGap, dealt }) => {
    const sd = Math.sqrt(dealt.reduce((sum, v) => sum + (v - expectedGap) ** 2, 0) / dealt.length);
    const scaled = (value: number) => (sd === 0 ? 0 : (value - expectedGap) / sd);
    return { observed: scaled(gap), dealt: dealt.map(scaled) };
  });
  const largest = found[0]?.dealt.map((_, t) => Math.max(...inUnits.map(({ dealt }) => dealt[t]!))) ?? [];
  return found.map(({ dealt: _, ...gap }, g): SpaceGap => {
    const reached = largest.filter((value) => value >= inUnits[g]!.observed - 1e-12).length;
    return { ...gap, corrected: Math.max(gap.p, (1 + reached) / (1 + largest.length)) };
  });
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
    gaps: gapsOf(where, { names, training, heldOut }, settings),
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
