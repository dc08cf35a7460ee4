import { InputError, inTable, show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import { isPrecomputed, squareOf } from '../data/condensed.js';
import { readDataset } from '../data/dataset.js';
import { readLabel } from '../data/labels.js';
import { booleanOf, checkOptions, numberIn, oneOf, seedOf } from '../data/options.js';
import type { Part } from '../data/row-sample.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { readClaims } from '../studies/claims/verify-claims.js';
import type { CheckedTraining } from './findings/context.js';
import type { DiagnoseOptions } from './input-types.js';
import { readColumns } from './read-columns.js';
import { type HeldOutRows, readHeldOut } from './read-held-out.js';
import { readSpace, spaceEntries } from './read-spaces.js';
import { readTraining } from './read-training.js';
import { featuresOf } from './read-uses.js';

const WHERE = 'diagnose';
const INPUT = ['points', 'labels', 'columns', 'spaces', 'training', 'heldOut', 'claims'];
const OPTIONS = [
  'metric',
  'seed',
  'permutations',
  'alpha',
  'standardize',
  'noiseLabel',
  'keepIdentifiers',
  'labelsFrom',
  'sampleSize',
  'signal',
  'onProgress',
];

/** The options that decide a number. */
export interface DiagnoseSettings {
  readonly metric: Metric;
  readonly standardized: boolean;
  readonly noiseLabel: Label | undefined;
  readonly labelsFrom: 'auto' | 'points' | 'elsewhere';
  readonly alpha: number;
  readonly permutations: number;
  readonly seed: number;
  readonly sampleSize: number;
}

/** The tables as given, each through the door once, noise included. */
export interface Tables {
  readonly whole: Part;
  /** Names of the columns of `whole`; null where none were given. */
  readonly columns: readonly string[] | null;
  /** What each column that was given is, those that were left out before among them; null where they have no names. */
  readonly uses: readonly ColumnUse[] | null;
  readonly spaces: ReadonlyArray<{ readonly name: string; readonly part: Part }>;
  readonly heldOut: HeldOutRows | null;
  readonly training: CheckedTraining | null;
}

function readSettings(chosen: Readonly<Record<string, unknown>>): DiagnoseSettings {
  const count = { min: 39, max: 100_000, integer: true };
  return {
    metric: (chosen.metric as Metric | undefined) ?? 'euclidean',
    seed: seedOf(WHERE, chosen.seed),
    permutations: numberIn(WHERE, 'permutations', chosen.permutations, count, 200),
    alpha: numberIn(WHERE, 'alpha', chosen.alpha, { min: 1e-4, max: 0.5 }, 0.05),
    standardized: booleanOf(WHERE, 'standardize', chosen.standardize, false),
    sampleSize: numberIn(WHERE, 'sampleSize', chosen.sampleSize, { min: 50, integer: true }, 2000),
    labelsFrom: oneOf(WHERE, 'labelsFrom', chosen.labelsFrom, ['auto', 'points', 'elsewhere'] as const, 'auto'),
    noiseLabel: chosen.noiseLabel === undefined ? undefined : readLabel(WHERE, chosen.noiseLabel, 'option noiseLabel'),
  };
}

function readHooks({ signal, onProgress }: Readonly<Record<string, unknown>>) {
  if (signal !== undefined && typeof (signal as AbortSignal | null)?.throwIfAborted !== 'function') {
    throw new InputError('wrong-type', `${WHERE}: signal must be an AbortSignal, got ${show(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InputError('wrong-type', `${WHERE}: onProgress must be a function, got ${show(onProgress)}`);
  }
  return { signal, onProgress } as Pick<DiagnoseOptions, 'signal' | 'onProgress'>;
}

/** The door of `diagnose`: input and options, checked and copied once. */
export function readInput(input: unknown, options: unknown) {
  const given = checkOptions(WHERE, input ?? {}, INPUT);
  const chosen = checkOptions(WHERE, options, OPTIONS);
  const points = isPrecomputed(chosen.metric) ? squareOf(WHERE, given.points) : given.points;
  const whole = readDataset(WHERE, points, given.labels);
  const square = resolveMetric(WHERE, chosen.metric).kind === 'precomputed';
  const settings = readSettings(chosen);
  if (square && settings.standardized) {
    throw new InputError(
      'out-of-range',
      `${WHERE}: standardize needs coordinates, got metric 'precomputed'; leave one out`,
    );
  }
  const columns = readColumns(WHERE, given.columns, whole.d, square);
  const hooks = readHooks(chosen);
  const training = readTraining(WHERE, given.training);
  const claims = given.claims === undefined ? null : readClaims(WHERE, given.claims);
  const spaces = spaceEntries(WHERE, 'spaces', given.spaces).map(([name, table]) => ({
    name,
    part: inTable(`spaces.${name}`, () => readSpace(WHERE, name, table, whole)),
  }));
  const heldOut = readHeldOut(WHERE, given.heldOut, { whole, spaces, square });
  const keep = booleanOf(WHERE, 'keepIdentifiers', chosen.keepIdentifiers, false);
  const tables = featuresOf({ whole, columns, spaces, heldOut, training }, settings.metric, keep);
  return { tables, settings, claims, ...hooks };
}
