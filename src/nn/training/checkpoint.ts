import { InputError, show } from '../../core/errors.js';
import type { BestEpoch, EpochRecord } from '../../core/training-record.js';
import { firstNotFinite } from '../first-not-finite.js';
import type { OptimizerState } from '../optimizers/optimizer.js';
import { fromSafetensors, type SafetensorsFile } from '../safetensors/from-safetensors.js';
import { type Storable, toSafetensors } from '../safetensors/to-safetensors.js';
import { BLANK, intact, seal } from './checkpoint-hash.js';
import { compareParts, compareRuns, type ModelParts, mismatch, type RunDescription } from './compare-runs.js';
import { arePositiveCounts, type PositiveCounts } from './positive-counts.js';

const FORMAT = 'clusterlens-checkpoint';
const VERSION = '3';
/** A model at one time: weights and buffers, flat. */
export interface Snapshot {
  readonly weights: Float64Array;
  readonly buffers: Float64Array;
}

/** Everything that further epochs depend on. */
export interface TrainingState {
  /** Weights, flat. */
  readonly weights: Float64Array;
  readonly optimizer: OptimizerState;
  readonly rng: readonly number[];
  /** Values of the buffers of the model, one after the other. */
  readonly buffers: Float64Array;
  readonly best: (BestEpoch & Snapshot) | null;
  /** What the next epoch begins with. */
  readonly engine: 'plan' | 'eager';
  /** Finished epochs, whose number is also the position of the sampler. */
  readonly epochs: readonly EpochRecord[];
  /** Over the finished epochs; null where they are not counted. */
  readonly positives: PositiveCounts | null;
}

/**
 * A checkpoint as a safetensors file in float64: `model.<name>` per parameter, `buffer.<name>` per
 * buffer, `optimizer.<moment>` and `best` flat over all parameters, `best.buffers` over all buffers; the rest as JSON in the metadata, with the SHA-256 of the
 * file. Times are left out, so that the same run gives the same bytes.
 */
export function writeCheckpoint(parts: ModelParts, run: RunDescription, state: TrainingState): Uint8Array {
  const tensors: [string, Storable][] = [];
  const pushAll = (prefix: string, named: ModelParts['parameters' | 'buffers'], values: Float64Array) => {
    let at = 0;
    for (const [name, { shape, size }] of named) {
      tensors.push([`${prefix}.${name}`, { data: values.subarray(at, at + size), shape }]);
      at += size;
    }
  };
  pushAll('model', parts.parameters, state.weights);
  pushAll('buffer', parts.buffers, state.buffers);
  for (const [name, moment] of Object.entries(state.optimizer.moments)) {
    tensors.push([`optimizer.${name}`, { data: moment, shape: [moment.length] }]);
  }
  const { best } = state;
  if (best !== null) {
    tensors.push(['best', { data: best.weights, shape: [best.weights.length] }]);
    if (best.buffers.length > 0) {
      tensors.push(['best.buffers', { data: best.buffers, shape: [best.buffers.length] }]);
    }
  }
  const progress = {
    step: state.optimizer.step,
    rng: state.rng,
    best: best === null ? null : { epoch: best.epoch, total: best.total },
    epochs: state.epochs.map((record) => ({ ...record, milliseconds: null })),
    positives: state.positives,
    engine: state.engine,
  };
  const texts = { run: JSON.stringify(run), progress: JSON.stringify(progress) };
  const metadata = { format: FORMAT, version: VERSION, sha256: BLANK, ...texts };
  return seal(toSafetensors(tensors, { dtype: 'F64', metadata }));
}

function damaged(what: string): InputError {
  return new InputError('malformed-file', `train: resume must be a checkpoint of train, got ${what}`);
}

function fileOf(bytes: Uint8Array): SafetensorsFile {
  try {
    return fromSafetensors(bytes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw damaged(`a file that cannot be read (${error.message})`);
  }
}

/** Float64 values of a tensor in the file. */
function valuesOf({ tensors }: SafetensorsFile, name: string, size: number): Float64Array {
  const data = tensors.get(name)?.data;
  if (!(data instanceof Float64Array) || data.length !== size) {
    throw damaged(`a file without the ${size} float64 values of ${show(name)}`);
  }
  const bad = firstNotFinite(data);
  if (bad >= 0) throw damaged(`a file with ${data[bad]} at element ${bad} of ${show(name)}`);
  return data;
}

interface Progress {
  readonly step: number;
  readonly rng: number[];
  readonly best: BestEpoch | null;
  readonly epochs: EpochRecord[];
  readonly positives: PositiveCounts | null;
  readonly engine: 'plan' | 'eager';
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
 *
 * @throws InputError malformed-file when it is damaged or no checkpoint; checkpoint-mismatch with every
 *   entry in which it differs from the run.
 */
export function readCheckpoint(
  bytes: Uint8Array,
  parts: ModelParts,
  run: RunDescription,
  fresh: Pick<TrainingState, 'optimizer' | 'rng' | 'positives'>,
): TrainingState {
  if (!(bytes instanceof Uint8Array)) {
    throw new InputError('wrong-type', `train: resume must be a checkpoint as a Uint8Array, got ${show(bytes)}`);
  }
  const file = fileOf(bytes);
  const { format, version } = file.metadata;
  const hashed = file.metadata.sha256 !== undefined;
  const ours = format === FORMAT && (hashed || version === VERSION);
  if (!(hashed && intact(bytes, file)) && (ours || (hashed && version === VERSION))) {
    throw damaged('a damaged one, whose content does not have its hash; use the checkpoint before it');
  }
  if (format !== FORMAT) throw damaged(`a safetensors file of format ${show(format)}; load weights with loadWeights`);
  if (version !== VERSION) throw damaged(`version ${show(version)}, and this program reads version ${VERSION}`);
  compareParts(parts, file);
  compareRuns(run, readJson(file.metadata.run, 'run'));
  const progress = readJson(file.metadata.progress, 'progress') as unknown as Partial<Progress>;
  const { step, rng, best, epochs, positives, engine } = progress;
  const sound =
    Number.isSafeInteger(step) &&
    Array.isArray(rng) &&
    Array.isArray(epochs) &&
    epochs.length > 0 &&
    best !== undefined &&
    (engine === 'plan' || engine === 'eager') &&
    (fresh.positives === null ? positives === null : arePositiveCounts(positives, fresh.positives.anchors.length));
  if (!sound) throw damaged(`a file whose progress is incomplete`);
  if (rng.length !== fresh.rng.length) {
    throw mismatch(`${rng.length} words of random state where this model has ${fresh.rng.length}`);
  }
  const read = (prefix: string, named: ModelParts['parameters' | 'buffers']) => {
    const values = new Float64Array(named.reduce((sum, [, { size }]) => sum + size, 0));
    let at = 0;
    for (const [name, { size }] of named) {
      values.set(valuesOf(file, `${prefix}.${name}`, size), at);
      at += size;
    }
    return values;
  };
  const weights = read('model', parts.parameters);
  const buffers = read('buffer', parts.buffers);
  const size = weights.length;
  const names = Object.keys(fresh.optimizer.moments);
  return {
    weights,
    optimizer: {
      step: step!,
      moments: Object.fromEntries(names.map((name) => [name, valuesOf(file, `optimizer.${name}`, size)])),
    },
    rng,
    buffers,
    best:
      best === null
        ? null
        : {
            ...best!,
            weights: valuesOf(file, 'best', size),
            buffers: buffers.length === 0 ? buffers : valuesOf(file, 'best.buffers', buffers.length),
          },
    epochs,
    positives: positives!,
    engine: engine as TrainingState['engine'],
  };
}
