import { readFileSync } from 'node:fs';
import { InputError, UndefinedMetricError } from '../core/errors.js';
import type { TrainingRecord } from '../core/training-record.js';
import type { Label } from '../core/types.js';
import { readContext } from '../diagnose/diagnose-context.js';
import type { EvidenceTable } from '../diagnose/finding-types.js';
import type { DiagnoseInput, TrainingInput } from '../diagnose/input-types.js';
import type { Diagnosis } from '../diagnose/types.js';
import { resolveMetric } from '../distance/metric.js';
import { metricFromText } from '../distance/metric-text.js';
import { fileFault } from '../read/file-fault.js';
import { readClaims } from '../studies/claims/verify-claims.js';
import type { DiagnoseArguments } from './arguments.js';
import { type FilePlaces, namingPlaces, type TablePlaces } from './file-places.js';
import { type LoadedData, loadData, requireSpace } from './load-data.js';
import { metricOf } from './metric-of.js';
import { noiseLabelOf } from './noise-label.js';
import { tellTime } from './tell-time.js';
import type { Terminal } from './terminal.js';
import { diagnoseInThreads } from './threads/diagnose-in-threads.js';
import type { ThreadPool } from './threads/thread-pool.js';

/** Without two classes, one of them of two rows, no test could be made: one sentence instead of one for each. */
export function requireClasses(
  { name, labels }: Pick<LoadedData, 'name' | 'labels'>,
  noiseLabel: Label | undefined,
): void {
  const rows = labels.filter((label) => label !== noiseLabel);
  const k = new Set(rows).size;
  if (k >= 2 && k < rows.length) return;
  const got = `${k} ${k === 1 ? 'class' : 'classes'} in ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`;
  throw new UndefinedMetricError(
    k < 2 ? 'too-few-clusters' : 'too-many-clusters',
    `${name}: needs at least two classes, one of them with two rows, got ${got}; check the label column`,
  );
}

/** Name under which the columns of --outputs travel through the reader; no space can have it. */
const OUTPUTS = '';

function readRecord(path: string): TrainingRecord {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(
      'unknown-name',
      `${path}: needs a file that can be read, got ${fileFault(error as NodeJS.ErrnoException)}; check --training-record`,
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

function trainingOf(given: DiagnoseArguments, data: LoadedData): TrainingInput | undefined {
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

/** The column of the labels; undefined where they came from another file. */
function labelOf({ uses }: LoadedData): string | undefined {
  return uses.find(({ role, used }) => role === 'label' && used)?.name;
}

async function heldOutOf(
  given: DiagnoseArguments,
  data: LoadedData,
  spaces: { readonly name: string; readonly columns: string }[],
  { note }: Terminal,
): Promise<LoadedData | undefined> {
  const { heldOut, heldOutLabels, label, dropMissing, literalLabels, header, orient } = given;
  if (heldOut === undefined) {
    if (heldOutLabels === undefined) return undefined;
    throw new InputError('empty', '--held-out-labels: needs the rows that it labels, got none; add --held-out FILE');
  }
  const found = await loadData(heldOut, {
    label: label ?? (heldOutLabels === undefined && given.labels === undefined ? labelOf(data) : undefined),
    labels: heldOutLabels,
    // The columns of the data themselves, in their order.
    features: data.sources.names,
    oneHot: given.oneHot,
    knownCategories: data.sources.categories,
    keepIdentifiers: true,
    metric: given.metric,
    delimiter: given.delimiter,
    decimal: given.decimal,
    comment: given.comment,
    spaces: spaces.filter(({ name }) => name !== OUTPUTS),
    dropMissing,
    literalLabels,
    header,
    orient,
    array: given.points,
    only: given.minClassSize === undefined ? undefined : new Set(data.labels),
    points: true,
  });
  for (const text of found.reading.notes) note(`${found.name}: ${text}`);
  return found;
}

/** What is diagnosed. */
export interface LoadedFiles {
  readonly data: LoadedData;
  readonly heldOut: LoadedData | undefined;
  readonly training: TrainingInput | undefined;
  readonly noiseLabel: Label | undefined;
}

/** Reads the files that were named. */
export async function loadFiles(file: string, given: DiagnoseArguments, terminal: Terminal): Promise<LoadedFiles> {
  const { space = {}, outputs, claim, metric } = given;
  const spaces = Object.entries(space).map(([name, columns]) => ({ name, columns }));
  if (Object.hasOwn(space, 'input')) {
    throw new InputError(
      'unknown-name',
      "--space: must not be called 'input', which is the points; name their columns with --features",
    );
  }
  requireSpace('--loss-space', given.lossSpace, Object.keys(space));
  requireSpace('--measured-space', given.measuredSpace, Object.keys(space));
  resolveMetric('--metric', metricFromText('--metric', metric));
  if (claim !== undefined) readClaims('--claim', claim);
  if (outputs !== undefined) spaces.push({ name: OUTPUTS, columns: outputs });
  const data = await loadData(file, {
    ...given,
    spaces,
    array: given.points,
    points: true,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  const heldOut = await heldOutOf(given, data, spaces, terminal);
  terminal.endProgress();
  const noiseLabel = noiseLabelOf(given.noiseLabel, data.labels, terminal);
  requireClasses(data, noiseLabel);
  data.reading.notes.forEach(terminal.note);
  return {
    data: { ...data, spaces: withoutOutputs(data.spaces) },
    heldOut,
    training: trainingOf(given, data),
    noiseLabel,
  };
}

/** Names that tell the columns apart; an unnamed field of another format does not. */
function namesOf({ columns }: LoadedData): readonly string[] | undefined {
  return columns.includes('') || new Set(columns).size < columns.length ? undefined : columns;
}

/** Rows by their place in the file, where rows were left out before. */
function inRowsOfFile(diagnosis: Diagnosis, fileRows: readonly number[]): Diagnosis {
  const placed = (table: EvidenceTable): EvidenceTable =>
    table.name === 'rows' && table.columns[0] === 'row'
      ? { ...table, rows: table.rows.map(([row, ...cells]) => [fileRows[row as number]!, ...cells]) }
      : table;
  return {
    ...diagnosis,
    rows: diagnosis.rows.map((one) => ({ ...one, row: fileRows[one.row]! })),
    findings: diagnosis.findings.map((one) => ({ ...one, tables: one.tables.map(placed) })),
  };
}

/** The places of all that is diagnosed, by the names that `diagnose` has for its tables. */
function placesOf({ data, heldOut }: Pick<LoadedFiles, 'data' | 'heldOut'>): TablePlaces {
  const tables: Record<string, FilePlaces> = {
    ...data.places,
    'training.targets': data.places['']!,
    'training.outputs': data.places[`spaces.${OUTPUTS}`] ?? data.places['']!,
  };
  for (const [table, places] of Object.entries(heldOut?.places ?? {})) {
    tables[table === '' ? 'heldOut' : `heldOut.${table}`] = { ...places, file: heldOut!.name };
  }
  return tables;
}

/** Input and options of `diagnose` for what was read. */
function askedOf(
  { data, heldOut, training, noiseLabel }: LoadedFiles,
  { claim, metric, standardize, labelsFrom, seed, permutations, alpha, sampleSize }: DiagnoseArguments,
) {
  const { points, labels, spaces } = data;
  const input: DiagnoseInput = {
    points,
    labels,
    columns: metric === 'precomputed' ? undefined : namesOf(data),
    spaces,
    training,
    heldOut:
      heldOut === undefined ? undefined : { points: heldOut.points, labels: heldOut.labels, spaces: heldOut.spaces },
    // As text a claim keeps its decimals; see `Claims`.
    claims: claim as DiagnoseInput['claims'],
  };
  const options = {
    metric: metricOf({ metric, standardize }, data, noiseLabel),
    standardize,
    // What is no feature was left out as the file was read.
    keepIdentifiers: true,
    noiseLabel,
    labelsFrom,
    seed,
    permutations,
    alpha,
    sampleSize,
  };
  return { input, options };
}

/** Diagnoses what was read, with the options of the command line. */
export async function diagnoseFiles(
  files: LoadedFiles,
  given: DiagnoseArguments,
  terminal: Terminal,
  pool: ThreadPool | undefined,
): Promise<Diagnosis> {
  const { data, heldOut } = files;
  tellTime(data, given, terminal);
  const { input, options } = askedOf(files, given);
  const diagnosis = await namingPlaces(placesOf(files), () =>
    diagnoseInThreads(input, options, terminal.progress, pool, data.uses),
  );
  terminal.endProgress();
  return {
    ...inRowsOfFile(diagnosis, data.fileRows),
    reading: { data: data.reading, heldOut: heldOut?.reading ?? null },
  };
}

/** The rows to look up that a diagnosis of what was read would list, by their place in the file. */
export async function suspiciousIn(files: LoadedFiles, given: DiagnoseArguments, terminal: Terminal) {
  const { data } = files;
  const { input, options } = askedOf(files, given);
  terminal.progress('looking for rows', 0, 1);
  const { note, rows } = await namingPlaces(placesOf(files), async () => {
    const { context } = readContext(input, options);
    return { note: context.note, rows: context.suspicious() };
  });
  terminal.endProgress();
  const { sample = null } = note;
  return { rows: rows.map((one) => ({ ...one, row: data.fileRows[one.row]! })), n: data.n, sample };
}
