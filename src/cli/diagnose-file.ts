import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { InputError } from '../core/errors.js';
import type { TrainingRecord } from '../core/training-record.js';
import { diagnose } from '../diagnose/diagnose.js';
import type { DiagnoseInput, Diagnosis } from '../diagnose/types.js';
import { readClaims } from '../diagnose/verify-claims.js';
import { type Metric, resolveMetric } from '../distance/metric.js';
import { addPointOptions, named, noiseLabelOf, type PointArguments, wholeNumber } from './arguments.js';
import { type LoadedData, loadData, requireSpace } from './load-data.js';
import type { Terminal } from './terminal.js';

/** Options of `diagnose` and `report`. */
export interface DiagnoseArguments extends PointArguments {
  readonly space?: Record<string, string>;
  readonly heldOut?: string;
  readonly heldOutLabels?: string;
  readonly trainingRecord?: string;
  readonly lossSpace?: string;
  readonly measuredSpace?: string;
  readonly outputs?: string;
  readonly claim?: Record<string, string>;
  readonly permutations?: number;
  readonly alpha?: number;
  readonly sampleSize?: number;
}

/** Name under which the columns of --outputs travel through the reader; no space can have it. */
const OUTPUTS = '';

function level(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 0.5) return value;
  throw new InvalidArgumentError('It must be a number above 0 and at most 0.5.');
}

export function addDiagnoseOptions(command: Command): Command {
  return addPointOptions(command)
    .option(
      '--space <name=columns>',
      "columns that hold the same rows in another space, as latent='z_*'; may be given again",
      named("NAME=COLUMNS, as latent='z_*'"),
    )
    .option('--held-out <file>', 'rows that were not trained on, with the same columns')
    .option('--held-out-labels <file>', 'labels of the held-out rows, where they are in a file of their own')
    .option('--training-record <file>', 'JSON of what train() recorded')
    .option('--loss-space <name>', 'the space on which the contrastive loss acted')
    .option('--measured-space <name>', 'the space that was measured')
    .option('--outputs <columns>', 'columns that hold what the decoder gave for the features')
    .option('--claim <name=value>', 'check a claimed number too; may be given again', named('NAME=VALUE'))
    .option('--permutations <n>', 'permutations of the labels (default: 200)', wholeNumber(1))
    .option('--alpha <p>', 'level of every test (default: 0.05)', level)
    .option('--sample-size <n>', 'rows that the costly tests use at most (default: 2000)', wholeNumber(50));
}

function readRecord(path: string): TrainingRecord {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(
      'unknown-name',
      `${path}: needs a file that can be read, got ${(error as NodeJS.ErrnoException).code}; check --training-record`,
    );
  }
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    throw new InputError('malformed-file', `${path}: must be JSON, got: ${(error as Error).message}`);
  }
  const { epochs, objective } = (record ?? {}) as Partial<TrainingRecord>;
  if (Array.isArray(epochs) && Array.isArray(objective)) return record as TrainingRecord;
  throw new InputError(
    'malformed-file',
    `${path}: must be a training record with epochs and objective, got neither or one; write it with JSON.stringify(run.record())`,
  );
}

function trainingOf(given: DiagnoseArguments, data: LoadedData): DiagnoseInput['training'] {
  const { trainingRecord, lossSpace, measuredSpace } = given;
  const outputs = data.spaces[OUTPUTS];
  if ([trainingRecord, lossSpace, measuredSpace, outputs].every((item) => item === undefined)) return undefined;
  return {
    record: trainingRecord === undefined ? undefined : readRecord(trainingRecord),
    lossSpace,
    measuredSpace,
    ...(outputs === undefined ? {} : { targets: data.points, outputs }),
  };
}

function withoutOutputs({ [OUTPUTS]: _, ...spaces }: LoadedData['spaces']): LoadedData['spaces'] {
  return spaces;
}

async function heldOutOf(
  given: DiagnoseArguments,
  data: LoadedData,
  spaces: { readonly name: string; readonly columns: string }[],
  { note }: Terminal,
): Promise<LoadedData | undefined> {
  const { heldOut, heldOutLabels, features, label, dropMissing, header } = given;
  if (heldOut === undefined) {
    if (heldOutLabels === undefined) return undefined;
    throw new InputError('empty', '--held-out-labels: needs the rows that it labels, got none; add --held-out FILE');
  }
  const found = await loadData(heldOut, {
    label,
    labels: heldOutLabels,
    // By default the columns of the data themselves, in their order.
    features: features ?? data.columns.join(','),
    spaces: spaces.filter(({ name }) => name !== OUTPUTS),
    dropMissing,
    header,
    only: given.minClassSize === undefined ? undefined : new Set(data.labels),
    points: true,
  });
  for (const text of found.notes) note(`${found.name}: ${text}`);
  return found;
}

export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  readonly data: LoadedData;
  readonly heldOut: LoadedData | undefined;
  readonly training: TrainingRecord | undefined;
}

/** Reads the files that were named and diagnoses them. */
export async function diagnoseFile(file: string, given: DiagnoseArguments, terminal: Terminal): Promise<Diagnosed> {
  const { space = {}, outputs, claim, metric, standardize, noiseLabel, seed, permutations, alpha, sampleSize } = given;
  const spaces = Object.entries(space).map(([name, columns]) => ({ name, columns }));
  if (Object.hasOwn(space, 'input')) {
    throw new InputError(
      'unknown-name',
      "--space: must not be called 'input', which is the points; name their columns with --features",
    );
  }
  requireSpace('--loss-space', given.lossSpace, Object.keys(space));
  requireSpace('--measured-space', given.measuredSpace, Object.keys(space));
  resolveMetric('--metric', metric);
  if (claim !== undefined) readClaims('--claim', claim);
  if (outputs !== undefined) spaces.push({ name: OUTPUTS, columns: outputs });
  const data = await loadData(file, {
    ...given,
    spaces,
    points: true,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  const heldOut = await heldOutOf(given, data, spaces, terminal);
  terminal.endProgress();
  data.notes.forEach(terminal.note);
  const training = trainingOf(given, data);
  const diagnosis = diagnose(
    {
      points: data.points,
      labels: data.labels,
      spaces: withoutOutputs(data.spaces),
      training,
      heldOut:
        heldOut === undefined
          ? undefined
          : { points: heldOut.points, labels: heldOut.labels, spaces: withoutOutputs(heldOut.spaces) },
      // As text a claim keeps its decimals; see `Claims`.
      claims: claim as DiagnoseInput['claims'],
    },
    {
      metric: metric as Metric | undefined,
      standardize,
      noiseLabel: noiseLabelOf(noiseLabel, data.labels, terminal),
      seed,
      permutations,
      alpha,
      sampleSize,
      onProgress: ({ step, done, total }) => terminal.progress(step, done, total),
    },
  );
  terminal.endProgress();
  return { diagnosis, data, heldOut, training: training?.record };
}
