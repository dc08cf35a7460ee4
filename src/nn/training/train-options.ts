import { InputError, ShapeError, show } from '../../core/errors.js';
import { booleanOf, checkOptions, numberIn, oneOf, requireNumber, seedOf } from '../../data/options.js';
import type { Sampler } from '../batching/sampler.js';
import { shuffledBatches } from '../batching/shuffled-batches.js';
import { type Objective, readObjectives } from '../objective.js';
import { adam } from '../optimizers/adam.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { constantRate } from '../schedules/constant-rate.js';
import { readSchedule } from '../schedules/linear-warmup.js';
import type { Schedule } from '../schedules/schedule.js';
import type { EngineChoice } from './choose-engine.js';
import type { ParameterChoice } from './no-decay.js';
import { reconstructionLoss } from './reconstruction-loss.js';
import type { StepRecord } from './step-record.js';
import type { TrainingRows } from './training-data.js';

export interface TrainOptions<Outputs = unknown> {
  /** Epochs in all, counted from the beginning also when a run is resumed; at least 1. */
  readonly epochs: number;
  /** Terms of the loss. Default `[reconstructionLoss()]`. */
  readonly objective?: readonly Objective<Outputs>[] | undefined;
  /** Training batches. Default `shuffledBatches(n, { batchSize: 16, seed })`. */
  readonly batches?: Sampler | undefined;
  /**
   * Batches of the held-out rows; epoch 0 of it is evaluated every time, so that epochs compare.
   * Default: shuffled, as large as the largest training batch, since a contrastive loss depends on it.
   */
  readonly heldOutBatches?: Sampler | undefined;
  /** Default `adam()`. */
  readonly optimizer?: Optimizer | undefined;
  /** Default `constantRate()`. */
  readonly schedule?: Schedule | undefined;
  /** Whether the time of the schedule counts epochs or steps. Default `epoch`. */
  readonly scheduleUnit?: 'epoch' | 'step' | undefined;
  /** Limit of the joint gradient norm, above 0. Default: none. */
  readonly clipNorm?: number | undefined;
  /**
   * Parameters to which the weight decay of the optimiser does not apply: those whose name contains one of
   * the strings or matches one of the expressions, or for which the function says true, as
   * `['bias', 'norm']`. PyTorch does it by parameter groups. Needs adam, adamW or sgd with `weightDecay` above 0.
   */
  readonly noDecay?: ParameterChoice | undefined;
  /**
   * What happens at a batch whose loss or gradient is not finite: `stop` (default) rejects with a
   * DivergenceError; `skip` leaves the weights as they are, goes on with the next batch and counts it in the
   * record. New weights that are not finite, or an epoch of such batches only, always stop. The plan
   * computes in float32: with engine `auto` the tape tries such a batch too, and takes over where its
   * numbers are finite.
   */
  readonly nonFinite?: 'stop' | 'skip' | undefined;
  /** Held-out rows are evaluated after every such epoch (epoch mod this = 0). Default 1. */
  readonly evaluateEvery?: number | undefined;
  /** Whose total loss chooses the best epoch. Default `heldOut` where there are such rows, else `training`. */
  readonly keepBest?: 'heldOut' | 'training' | 'off' | undefined;
  /**
   * Measures the gradient of each term on the shared parameters, in each epoch on the first batch with
   * two rows of one class where a term is contrastive, else on the first. Does not change the run.
   * Default true.
   */
  readonly gradientProbe?: boolean | undefined;
  /**
   * `plan`: the model is traced once and run in float32 by compiled kernels, many times as fast, with
   * the same bits on every machine. The model must do the same operations for every batch of a size, and
   * its `forward` must read no number of a tensor, neither by `data` nor by `item()`. A plan is compared
   * with the tape, so `forward` runs at other times than batch by batch: a model whose `forward` changes its
   * own fields, beside the declared buffers and random numbers, has no plan. A variable around `forward`
   * or a private field that it changes cannot be seen; then say so by `cannotPlan()`, or take `eager`.
   * `eager`: the tape in float64, which runs `forward` once a batch.
   * `auto` (default): the plan where the model allows it and has a matrix product. The epoch records say
   * which engine ran. `explainPlan` says why, which operations have no kernel, and which terms of the
   * objective run on the tape because they are your own.
   */
  readonly engine?: EngineChoice | undefined;
  /** Seed of the default batches. Default 0. The model has its own, for weights and dropout. */
  readonly seed?: number | undefined;
  /** Stops the run after the batch at hand: the iteration rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called after each step of the optimiser, and awaited. The model holds the weights of that step; what is
   * written into them counts. What it throws ends the run unchanged. Where the plan of an epoch is given up,
   * the epoch starts again on the tape and its steps are reported again, with `again`.
   */
  readonly onStep?: ((step: StepRecord) => void | Promise<void>) | undefined;
  /** A checkpoint to go on from. */
  readonly resume?: Uint8Array | undefined;
  /**
   * Receives a checkpoint after each epoch, before the epoch is yielded; awaited. Write it to a file
   * beside the last one and rename it: a process that is killed meanwhile then leaves the last one whole.
   */
  readonly onCheckpoint?: ((bytes: Uint8Array, epoch: number) => void | Promise<void>) | undefined;
  /** Checkpoints are made after every such epoch. Default 1. */
  readonly checkpointEvery?: number | undefined;
}

const NAMES: readonly (keyof TrainOptions)[] = [
  'epochs',
  'objective',
  'batches',
  'heldOutBatches',
  'optimizer',
  'schedule',
  'scheduleUnit',
  'clipNorm',
  'noDecay',
  'nonFinite',
  'evaluateEvery',
  'keepBest',
  'gradientProbe',
  'engine',
  'seed',
  'signal',
  'onStep',
  'resume',
  'onCheckpoint',
  'checkpointEvery',
];

function readSampler(where: string, name: string, value: unknown, rows: number): Sampler {
  const loose = (value ?? {}) as Partial<Sampler>;
  const described = typeof loose.name === 'string' && typeof loose.settings === 'object';
  if (!described || typeof loose.epoch !== 'function') {
    throw new InputError(
      'wrong-type',
      `${where}: ${name} must be a sampler such as shuffledBatches(n), got ${show(value)}`,
    );
  }
  if (loose.rows !== rows) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: ${name} must be made for the ${rows} rows, got one for ${show(loose.rows)}`,
    );
  }
  requireNumber(where, `batchesPerEpoch of ${name}`, loose.batchesPerEpoch, { min: 1, integer: true });
  requireNumber(where, `rowsPerEpoch of ${name}`, loose.rowsPerEpoch, { min: 1, integer: true });
  return value as Sampler;
}

function readOptimizer(where: string, value: unknown): Optimizer {
  const loose = (value ?? {}) as Partial<Optimizer>;
  if (typeof loose.init === 'function' && typeof loose.updateInto === 'function' && typeof loose.name === 'string') {
    requireNumber(where, 'learningRate of the optimizer', loose.learningRate, { min: 0 });
    return value as Optimizer;
  }
  throw new InputError('wrong-type', `${where}: optimizer must be one such as adam(), got ${show(value)}`);
}

function functionOf(where: string, name: string, value: unknown): ((...given: never[]) => unknown) | undefined {
  if (value === undefined || typeof value === 'function') return value as undefined;
  throw new InputError('wrong-type', `${where}: ${name} must be a function, got ${show(value)}`);
}

function readSignal(where: string, value: unknown): AbortSignal | undefined {
  if (value === undefined || (typeof value === 'object' && value !== null && 'aborted' in value)) {
    return value as AbortSignal | undefined;
  }
  throw new InputError('wrong-type', `${where}: signal must be an AbortSignal, got ${show(value)}`);
}

/** Options, checked and completed. */
export function readTrainOptions<Outputs>(
  where: string,
  options: unknown,
  rows: { readonly training: TrainingRows; readonly heldOut: TrainingRows | null },
) {
  const { training, heldOut } = rows;
  const given = checkOptions(where, options, NAMES);
  const seed = seedOf(where, given.seed);
  const count = (name: string, fallback: number) =>
    numberIn(where, name, given[name], { min: 1, integer: true }, fallback);
  const objectives = readObjectives<Outputs>(where, given.objective ?? [reconstructionLoss()]);
  for (const { name, needsLabels } of objectives) {
    if (needsLabels !== true || (training.codes !== null && heldOut?.codes !== null)) continue;
    const which = training.codes === null ? 'the training rows' : 'the held-out rows';
    throw new InputError(
      'missing-label',
      `${where}: the term '${name}' needs labels, got none for ${which}; add labels`,
    );
  }
  const batches =
    given.batches === undefined
      ? shuffledBatches(training.n, { seed })
      : readSampler(where, 'batches', given.batches, training.n);
  if (given.heldOutBatches !== undefined && heldOut === null) {
    throw new InputError('empty', `${where}: heldOutBatches needs held-out rows in data, got none`);
  }
  const keepBest = oneOf(
    where,
    'keepBest',
    given.keepBest,
    ['heldOut', 'training', 'off'],
    heldOut === null ? 'training' : 'heldOut',
  );
  if (keepBest === 'heldOut' && heldOut === null) {
    throw new InputError('empty', `${where}: keepBest 'heldOut' needs held-out rows in data, got none`);
  }
  const largest = () => batches.epoch(0).reduce((most, batch) => Math.max(most, batch.length), 1);
  return {
    epochs: requireNumber(where, 'epochs', given.epochs, { min: 1, integer: true }),
    objectives,
    batches,
    heldOutBatches:
      heldOut === null
        ? null
        : given.heldOutBatches === undefined
          ? shuffledBatches(heldOut.n, { seed, batchSize: largest() })
          : readSampler(where, 'heldOutBatches', given.heldOutBatches, heldOut.n),
    optimizer: given.optimizer === undefined ? adam() : readOptimizer(where, given.optimizer),
    schedule: given.schedule === undefined ? constantRate() : readSchedule(where, 'schedule', given.schedule),
    scheduleUnit: oneOf(where, 'scheduleUnit', given.scheduleUnit, ['epoch', 'step'], 'epoch'),
    clipNorm:
      given.clipNorm === undefined ? null : requireNumber(where, 'clipNorm', given.clipNorm, { min: 0, open: true }),
    noDecay: given.noDecay,
    nonFinite: oneOf(where, 'nonFinite', given.nonFinite, ['stop', 'skip'], 'stop'),
    evaluateEvery: count('evaluateEvery', 1),
    keepBest,
    gradientProbe: booleanOf(where, 'gradientProbe', given.gradientProbe, true),
    engine: oneOf(where, 'engine', given.engine, ['auto', 'plan', 'eager'], 'auto') as EngineChoice,
    seed,
    signal: readSignal(where, given.signal),
    onStep: functionOf(where, 'onStep', given.onStep) as TrainOptions['onStep'],
    resume: given.resume as Uint8Array | undefined,
    onCheckpoint: functionOf(where, 'onCheckpoint', given.onCheckpoint) as TrainOptions['onCheckpoint'],
    checkpointEvery: count('checkpointEvery', 1),
  };
}

export type CompleteOptions<Outputs> = ReturnType<typeof readTrainOptions<Outputs>>;
