import { InputError, show } from '../../core/errors.js';
import type { BestEpoch, EpochRecord } from '../../core/training-record.js';
import type { NamedParameters } from '../module.js';
import type { OptimizerState } from '../optimizers/optimizer.js';
import { fromSafetensors, type SafetensorsFile } from '../safetensors/from-safetensors.js';
import { type Storable, toSafetensors } from '../safetensors/to-safetensors.js';
import { showShape } from '../shape.js';
import { arePositiveCounts, type PositiveCounts } from './positive-counts.js';

const FORMAT = 'clusterlens-checkpoint';
const VERSION = '2';

/** Everything that further epochs depend on. */
export interface TrainingState {
  /** Weights, flat. */
  readonly weights: Float64Array;
  readonly optimizer: OptimizerState;
  readonly rng: readonly number[];
  readonly best: (BestEpoch & { readonly weights: Float64Array }) | null;
  /** Finished epochs, whose number is also the position of the sampler. */
  readonly epochs: readonly EpochRecord[];
  /** Over the finished epochs; null where they are not counted. */
  readonly positives: PositiveCounts | null;
}

/** What a run was made with; a checkpoint fits a run when these are equal, entry by entry. */
export type RunDescription = Readonly<Record<string, unknown>>;

/**
 * A checkpoint as a safetensors file in float64: `model.<name>` per parameter, `optimizer.<moment>`
 * and `best` flat over all parameters; the rest as JSON in the metadata. Times are left out, so that
 * the same run gives the same bytes.
 */
export function writeCheckpoint(parameters: NamedParameters, run: RunDescription, state: TrainingState): Uint8Array {
  const tensors: [string, Storable][] = [];
  let at = 0;
  for (const [name, { shape, size }] of parameters) {
    tensors.push([`model.${name}`, { data: state.weights.subarray(at, at + size), shape }]);
    at += size;
  }
  for (const [name, moment] of Object.entries(state.optimizer.moments)) {
    tensors.push([`optimizer.${name}`, { data: moment, shape: [moment.length] }]);
  }
  if (state.best !== null) tensors.push(['best', { data: state.best.weights, shape: [state.best.weights.length] }]);
  const { best } = state;
  const progress = {
    step: state.optimizer.step,
    rng: state.rng,
    best: best === null ? null : { epoch: best.epoch, total: best.total },
    epochs: state.epochs.map((record) => ({ ...record, milliseconds: null })),
    positives: state.positives,
  };
  const metadata = { format: FORMAT, version: VERSION, run: JSON.stringify(run), progress: JSON.stringify(progress) };
  return toSafetensors(tensors, { dtype: 'F64', metadata });
}

function mismatch(what: string): InputError {
  return new InputError(
    'checkpoint-mismatch',
    `train: resume must be a checkpoint of the same model, data and options, got ${what}`,
  );
}

function damaged(what: string): InputError {
  return new InputError('malformed-file', `train: resume must be a checkpoint of train, got ${what}`);
}

/** Float64 values of a tensor in the file. */
function valuesOf({ tensors }: SafetensorsFile, name: string, size: number): Float64Array {
  const data = tensors.get(name)?.data;
  if (!(data instanceof Float64Array) || data.length !== size) {
    throw damaged(`a file without the ${size} float64 values of ${show(name)}`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw damaged(`a file with ${data[bad]} at element ${bad} of ${show(name)}`);
  return data;
}

function compareRuns(ours: RunDescription, theirs: RunDescription): void {
  const differing = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter(
    (key) => JSON.stringify(ours[key]) !== JSON.stringify(theirs[key]),
  );
  if (differing.length === 0) return;
  const text = (value: unknown) => (value === undefined ? 'none' : JSON.stringify(value));
  const parts = differing.map((key) => `${key} ${text(theirs[key])} where this run has ${text(ours[key])}`);
  throw mismatch(parts.join(' and '));
}

function compareParameters(parameters: NamedParameters, { tensors }: SafetensorsFile): void {
  const stored = new Map(
    [...tensors]
      .filter(([name]) => name.startsWith('model.'))
      .map(([name, { shape }]) => [name.slice(6), showShape(shape)]),
  );
  const ours = new Map(parameters.map(([name, { shape }]) => [name, showShape(shape)]));
  const parts = [...new Set([...ours.keys(), ...stored.keys()])]
    .filter((name) => ours.get(name) !== stored.get(name))
    .map((name) => `${name} ${stored.get(name) ?? 'missing'} where this model has ${ours.get(name) ?? 'none'}`);
  if (parts.length === 0) return;
  const more = parts.length > 6 ? ` and ${parts.length - 6} more` : '';
  throw mismatch(parts.slice(0, 6).join(', ') + more);
}

interface Progress {
  readonly step: number;
  readonly rng: number[];
  readonly best: BestEpoch | null;
  readonly epochs: EpochRecord[];
  readonly positives: PositiveCounts | null;
}

function readJson(text: string | undefined, name: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, with the name.
  }
  throw damaged(`a file whose metadata ${show(name)} is no JSON object`);
}

/**
 * Reads a checkpoint for a run.
 * @throws InputError malformed-file when it is damaged or no checkpoint; checkpoint-mismatch with every
 *   entry in which it differs from the run.
 */
export function readCheckpoint(
  bytes: Uint8Array,
  parameters: NamedParameters,
  run: RunDescription,
  fresh: Pick<TrainingState, 'optimizer' | 'rng' | 'positives'>,
): TrainingState {
  const file = fromSafetensors(bytes);
  const { format, version } = file.metadata;
  if (format !== FORMAT) throw damaged(`a safetensors file of format ${show(format)}; load weights with loadWeights`);
  if (version !== VERSION) throw damaged(`version ${show(version)}, and this program reads version ${VERSION}`);
  compareParameters(parameters, file);
  compareRuns(run, readJson(file.metadata.run, 'run'));
  const progress = readJson(file.metadata.progress, 'progress') as unknown as Partial<Progress>;
  const { step, rng, best, epochs, positives } = progress;
  const sound =
    Number.isSafeInteger(step) &&
    Array.isArray(rng) &&
    Array.isArray(epochs) &&
    epochs.length > 0 &&
    best !== undefined &&
    (fresh.positives === null ? positives === null : arePositiveCounts(positives, fresh.positives.anchors.length));
  if (!sound) throw damaged(`a file whose progress is incomplete`);
  if (rng.length !== fresh.rng.length) {
    throw mismatch(`${rng.length} words of random state where this model has ${fresh.rng.length}`);
  }
  const size = parameters.reduce((sum, [, parameter]) => sum + parameter.size, 0);
  const weights = new Float64Array(size);
  let at = 0;
  for (const [name, parameter] of parameters) {
    weights.set(valuesOf(file, `model.${name}`, parameter.size), at);
    at += parameter.size;
  }
  const names = Object.keys(fresh.optimizer.moments);
  return {
    weights,
    optimizer: {
      step: step!,
      moments: Object.fromEntries(names.map((name) => [name, valuesOf(file, `optimizer.${name}`, size)])),
    },
    rng,
    best: best === null ? null : { ...best!, weights: valuesOf(file, 'best', size) },
    epochs,
    positives: positives!,
  };
}
