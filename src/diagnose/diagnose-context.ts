import { InputError, ShapeError, show, UndefinedMetricError } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { isPrecomputed, squareOf } from '../data/condensed.js';
import { type Dataset, readDataset } from '../data/dataset.js';
import { readLabel } from '../data/labels.js';
import { codeOfLabel, requireSameSpelling } from '../data/named-label.js';
import { booleanOf, checkOptions, numberIn, seedOf } from '../data/options.js';
import { asInput, type Part, partOf, sampleRows } from '../data/row-sample.js';
import { fitMetric, type Metric, requireDomain, resolveMetric } from '../distance/metric.js';
import { classBalance } from '../imbalance/class-balance.js';
import { confusability } from '../signatures/confusability.js';
import { signatureDistances } from '../signatures/signature-distances.js';
import { zScores } from '../statistics/z-scores.js';
import { readClaims } from '../studies/claims/verify-claims.js';
import { filteredSilhouettes } from '../studies/filters/filtered-silhouettes.js';
import { labelHierarchy } from '../studies/hierarchy/label-hierarchy.js';
import { auditOrReason } from '../studies/positives/positive-pair-audit.js';
import { scoredRows, scoredSignificance } from '../studies/significance/scored-significance.js';
import { compareParts, scaledTogether } from '../studies/spaces/compare-spaces.js';
import { attempt, type CheckedTraining, type Context, once } from './findings/context.js';
import { FILTERS } from './findings/filter-sensitivity.js';
import { subsetNote } from './findings/words.js';
import { readTraining } from './read-training.js';

const WHERE = 'diagnose';
const INPUT = ['points', 'labels', 'spaces', 'training', 'heldOut', 'claims'];
const OPTIONS = [
  'metric',
  'seed',
  'permutations',
  'alpha',
  'standardize',
  'noiseLabel',
  'sampleSize',
  'signal',
  'onProgress',
];
/** Rows that the hierarchy and the comparison of spaces use at most; they cost more per row. */
const FEWER = 1500;
/** Classes whose signatures are compared at most: more would cost k^2 for each permutation and tell no more. */
const MOST_SIGNATURES = 50;
/** Additions that the permuted signatures may cost. */
const SIGNATURE_EFFORT = 2e9;
/** Fewest rows of a class in the hierarchy, and what is asked where too few classes have these. */
const CLASS_ROWS = [10, 5, 3];

function withoutLabel(data: Dataset, noiseLabel: Label | undefined, square: boolean): Part {
  const noise = codeOfLabel(WHERE, 'noiseLabel', noiseLabel, data.classes);
  if (noise === -1) return data;
  const rows = Int32Array.from({ length: data.n }, (_, i) => i).filter((i) => data.labels[i] !== noise);
  return partOf(data, rows, square);
}

function readSpaceTable(name: string, value: unknown, labels: unknown, n: number, noiseLabel: Label | undefined): Part {
  const data = readDataset(`${WHERE} (${name})`, value, labels);
  if (data.n !== n) {
    throw new ShapeError(
      'length-mismatch',
      `${WHERE}: space ${show(name)} must have the ${n} rows of points, got ${data.n}`,
    );
  }
  return withoutLabel(data, noiseLabel, false);
}

function entriesOf(name: string, value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError('wrong-type', `${WHERE}: ${name} must be an object of points by name, got ${show(value)}`);
  }
  const entries = Object.entries(value).filter(([, points]) => points !== undefined);
  if (entries.some(([space]) => space === 'input')) {
    throw new InputError(
      'unknown-name',
      `${WHERE}: 'input' is the name of points, got it in ${name}; rename the space`,
    );
  }
  return entries;
}

/** The part of the sampler that the audit needs; null when it is one of another kind. */
function auditOptions(training: CheckedTraining | null) {
  const sampler = training?.record?.sampler;
  if (sampler === undefined) return null;
  const { batchSize, dropLast, classes, samples } = sampler.settings;
  if (sampler.name === 'shuffledBatches' && typeof batchSize === 'number' && batchSize >= 2) {
    return { sampler: 'shuffled' as const, batchSize, dropLast: dropLast === true };
  }
  if (sampler.name === 'balancedBatches' && typeof classes === 'number' && typeof samples === 'number') {
    return { sampler: 'balanced' as const, classes, samples };
  }
  return null;
}

/** Reads the input and options of `diagnose`, and sets up what findings share. */
export function readContext(input: unknown, options: unknown) {
  const given = checkOptions(WHERE, input ?? {}, INPUT);
  const chosen = checkOptions(WHERE, options, OPTIONS);
  const whole = readDataset(
    WHERE,
    isPrecomputed(chosen.metric) ? squareOf(WHERE, given.points) : given.points,
    given.labels,
  );
  const resolved = resolveMetric(WHERE, chosen.metric);
  const metric = (chosen.metric as Metric | undefined) ?? 'euclidean';
  const square = resolved.kind === 'precomputed';
  const seed = seedOf(WHERE, chosen.seed);
  const permutations = numberIn(
    WHERE,
    'permutations',
    chosen.permutations,
    { min: 39, max: 100_000, integer: true },
    200,
  );
  const alpha = numberIn(WHERE, 'alpha', chosen.alpha, { min: 1e-4, max: 0.5 }, 0.05);
  const standardized = booleanOf(WHERE, 'standardize', chosen.standardize, false);
  if (square && standardized) {
    throw new InputError(
      'out-of-range',
      `${WHERE}: standardize needs coordinates, got metric 'precomputed'; leave one out`,
    );
  }
  const sampleSize = numberIn(WHERE, 'sampleSize', chosen.sampleSize, { min: 50, integer: true }, 2000);
  const noiseLabel =
    chosen.noiseLabel === undefined ? undefined : readLabel(WHERE, chosen.noiseLabel, 'option noiseLabel');
  const { signal, onProgress } = chosen;
  if (signal !== undefined && typeof (signal as AbortSignal | null)?.throwIfAborted !== 'function') {
    throw new InputError('wrong-type', `${WHERE}: signal must be an AbortSignal, got ${show(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InputError('wrong-type', `${WHERE}: onProgress must be a function, got ${show(onProgress)}`);
  }
  const training = readTraining(WHERE, given.training);
  const claims = given.claims === undefined ? null : readClaims(WHERE, given.claims);
  const raw = withoutLabel(whole, noiseLabel, square);
  if (raw.n === 0) {
    throw new InputError(
      'empty',
      `${WHERE}: some row must have another label than the noise label ${show(noiseLabel)}, got none`,
    );
  }
  const scaled = (part: Part): Part =>
    standardized ? { ...part, points: zScores(part.points, part.n, part.d) } : part;
  const data = scaled(raw);
  const kept = Int32Array.from(whole.labels.keys()).filter((i) => whole.classes[whole.labels[i]!] !== noiseLabel);
  requireDomain(
    standardized ? `${WHERE} (standardised columns)` : WHERE,
    resolved,
    data.points,
    data.d,
    (i) => kept[i]!,
  );
  const fitted = fitMetric(WHERE, resolved, data.points, data.n, data.d).spec;
  const spaces = entriesOf('spaces', given.spaces).map(([name, points]) => ({
    name,
    part: readSpaceTable(name, points, given.labels, whole.n, noiseLabel),
  }));
  const held = readHeldOut(given.heldOut, { whole, raw, noiseLabel, standardized, spaces, square });
  const rows = sampleRows(data, sampleSize, seed);
  const all = rows.length === data.n;
  const sample = all ? data : partOf(data, rows, square);
  const note = subsetNote(all ? undefined : { rows: rows.length, of: data.n });
  const signed = data.n * data.d * permutations <= SIGNATURE_EFFORT ? data : sample;
  const balance = classBalance(Array.from(raw.labels, (c) => raw.classes[c]!));
  const context: Context = {
    whole,
    noiseLabel,
    raw,
    data,
    sample,
    rawSample: all ? raw : partOf(raw, rows, square),
    note,
    heldOut: held === null ? null : { raw: held.raw, data: held.data },
    spaces,
    training,
    metric,
    fitted,
    metricName: resolved.name,
    square,
    standardized,
    alpha,
    permutations,
    seed,
    balance,
    sampleSize,
    scored: scoredRows(data, sampleSize),
    significance: once(() =>
      attempt(() => scoredSignificance(WHERE, data, { metric: fitted, permutations, seed, most: sampleSize })),
    ),
    signed,
    signatures: once(() => {
      if (square) return { reason: 'distances were given in place of coordinates' };
      // A class of one row has a signature but no spread: permuting its label moves nothing.
      const top = Math.min(MOST_SIGNATURES, signed.counts.filter((size) => size >= 2).length);
      if (top < 2) return { reason: 'fewer than two classes have two rows or more' };
      return attempt(() => signatureDistances(...asInput(signed), { top, metric: fitted, permutations, seed }));
    }),
    hierarchyRows: FEWER,
    confusability: once(() => attempt(() => confusability(...asInput(sample), { metric: fitted, alpha }))),
    hierarchy: once(() =>
      attempt(() => hierarchyOf(data, resolved.name, { seed, alpha, permutations: Math.min(permutations, 200) })),
    ),
    filtered: once(() =>
      data.k < 2 || data.k >= data.n
        ? null
        : filteredSilhouettes(WHERE, data, FILTERS, { metric: fitted, permutations, seed, most: sampleSize }),
    ),
    comparison: once(() => {
      if ((spaces.length === 0 && held === null) || square) return null;
      const parts = {
        names: ['input', ...spaces.map(({ name }) => name)],
        training: [data, ...spaces.map(({ part }) => part)],
        heldOut: held === null ? null : [held.data, ...spaces.map(({ name }) => held.spaces.get(name) ?? null)],
      };
      const settings = { metric, standardized, permutations, resamples: 200, seed };
      return compareParts(
        WHERE,
        parts,
        { ...settings, sampleSize: Math.min(FEWER, sampleSize), scoreSize: sampleSize },
        context.significance(),
      );
    }),
    positivePairs: once(() => {
      const audit = auditOptions(training);
      if (audit === null) return null;
      const { rows: trained } = training!.record!;
      if (trained !== whole.n) return { reason: `the record is of ${trained} rows, and ${whole.n} labels were given` };
      const labels = Array.from(whole.labels, (c) => whole.classes[c]!);
      const found = auditOrReason(labels, { ...audit, observed: training!.record!.positives });
      return 'reason' in found ? { reason: `the record has ${found.reason}` } : found;
    }),
  };
  return { context, claims, signal: signal as AbortSignal | undefined, onProgress };
}

function hierarchyOf(data: Part, metric: string, settings: { seed: number; alpha: number; permutations: number }) {
  const known = ['euclidean', 'sqeuclidean', 'cosine', 'correlation'] as const;
  const name = known.find((one) => one === metric);
  if (name === undefined) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `the hierarchy needs coordinates and one of ${known.join(', ')}, got metric ${metric}`,
    );
  }
  const enough = (size: number) => data.counts.filter((count) => count >= size).length;
  const minClassSize =
    CLASS_ROWS.find((size) => enough(size) >= 3) ?? CLASS_ROWS.find((size) => enough(size) >= 2) ?? CLASS_ROWS[0]!;
  const folds = Math.min(5, minClassSize);
  return labelHierarchy(...asInput(data), { ...settings, metric: name, minClassSize, folds, sampleSize: FEWER });
}

interface HeldOutParts {
  readonly raw: Part;
  readonly data: Part;
  readonly spaces: ReadonlyMap<string, Part>;
}

function readHeldOut(
  value: unknown,
  training: {
    readonly whole: Dataset;
    readonly raw: Part;
    readonly noiseLabel: Label | undefined;
    readonly standardized: boolean;
    readonly spaces: Context['spaces'];
    readonly square: boolean;
  },
): HeldOutParts | null {
  if (value === undefined) return null;
  const given = checkOptions(`${WHERE} (heldOut)`, value, ['points', 'labels', 'spaces']);
  if (training.square) {
    throw new InputError(
      'out-of-range',
      `${WHERE}: heldOut needs coordinates, got metric 'precomputed'; leave one out`,
    );
  }
  const data = readDataset(`${WHERE} (heldOut)`, given.points, given.labels);
  const sameColumns = (name: string, columns: number, wanted: number) => {
    if (columns === wanted) return;
    throw new ShapeError(
      'shape-mismatch',
      `${WHERE}: held-out rows of ${name} must have ${wanted} columns as the training rows have, got ${columns}`,
    );
  };
  sameColumns('points', data.d, training.whole.d);
  requireSameSpelling(`${WHERE} (heldOut)`, data.classes, training.whole.classes);
  const raw = withoutLabel(data, training.noiseLabel, false);
  const spaces = new Map(
    entriesOf('heldOut.spaces', given.spaces).map(([name, points]) => {
      const trained = training.spaces.find((space) => space.name === name);
      if (trained === undefined) {
        throw new InputError(
          'unknown-name',
          `${WHERE}: heldOut.spaces must name spaces of the training rows, got ${show(name)}`,
        );
      }
      const part = readSpaceTable(name, points, given.labels, data.n, training.noiseLabel);
      sameColumns(show(name), part.d, trained.part.d);
      return [name, part] as const;
    }),
  );
  return { raw, data: training.standardized ? scaledTogether(training.raw, raw)[1]! : raw, spaces };
}
