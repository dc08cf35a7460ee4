import { now } from '../../core/clock.js';
import { InputError } from '../../core/errors.js';
import type { BestEpoch, EpochRecord, GradientProbe, TrainingRecord } from '../../core/training-record.js';
import { nothingMore, requireNumber } from '../../data/options.js';
import type { Sampler } from '../batching/sampler.js';
import { distinctParameters } from '../module.js';
import { readModel, type Trainable } from '../trainable.js';
import { breather } from './breather.js';
import { readCheckpoint, type TrainingState, writeCheckpoint } from './checkpoint.js';
import { chooseEngine } from './choose-engine.js';
import type { RunDescription } from './compare-runs.js';
import { describeRun, recordOf } from './describe-run.js';
import { DivergenceError } from './divergence-error.js';
import type { BatchResult, StepResult } from './engine.js';
import { drawnBatches, probedBatch, verifiedBatch } from './epoch-batches.js';
import { flatParameters } from './flat-parameters.js';
import { withoutDecay } from './no-decay.js';
import { countPositives, noPositives, type PositiveCounts } from './positive-counts.js';
import { requireSteps } from './require-steps.js';
import { summarize } from './summarize.js';
import { isClipped, summarizeUpdates } from './summarize-updates.js';
import { readTrainOptions, type TrainOptions } from './train-options.js';
import { trainedAlone } from './trained-alone.js';
import { batchOf, readTrainingData, type TrainingData, type TrainingRows } from './training-data.js';
import { finishing, type TrainingRun } from './training-run.js';

const WHERE = 'train';

/**
 * Trains a model and yields one record per finished epoch:
 *
 *     for await (const epoch of train(model, { points, labels, heldOut }, { epochs: 50 })) { ... }
 *
 * or to the end: `const record = await train(model, data, options).finish()`.
 *
 * Arguments and checkpoint are checked at the call. Training starts with the iteration. For each batch it runs the
 * forward pass, sums the terms that have a value on the batch (weighted), runs the backward pass, clips the
 * gradient and updates the weights. A parameter without gradient counts as gradient 0. A batch on which no term has
 * a value changes nothing and is counted. When the plan of an epoch is given up (see `engine`), the epoch starts
 * again on the tape: terms, schedule and `onStep` are called again for steps that they have seen. Between epochs
 * and after the run the model is in evaluation mode.
 *
 * The same model seed, data and options give the same bits on every run. Times and `signal` change nothing. `break`
 * ends the run after the current epoch. When `signal` is aborted, the iteration rejects with its reason, at the
 * latest after the current batch. Epochs, checkpoints and `restoreBest` stay valid, and the weights are those of
 * the last step. A run that resumes from a checkpoint continues bit for bit as the run that wrote it. Model, data
 * and options must be the same, except `epochs`, `signal`, `onStep`, `onCheckpoint`, `checkpointEvery` and
 * `gradientProbe`. Losses and samplers of your own are compared by name and settings only. Earlier epochs come back
 * in `record()`, without their times.
 *
 * @param model with `forward`, `namedParameters`, `setTraining`; its weights are changed in place.
 * @param data a dataset, or n x d points with labels and held-out rows as wanted.
 * @throws InputError, ShapeError on bad arguments; InputError checkpoint-mismatch with what differs.
 *   The iteration rejects with DivergenceError (epoch, batch, loss) when a number overflows: no record
 *   ever holds NaN, and the weights are those of the last finite step. It rejects with InputError empty
 *   when an epoch has no step, and GradientError no-gradient when a term depends on no parameter.
 *
 * @example
 * import { residualAutoencoder, train } from 'clusterlens/nn';
 * const points = [[0, 1], [1, 0], [0, 2], [2, 0]];
 * const model = residualAutoencoder({ inputSize: 2, latentSize: 1, projectionSize: 2, hiddenSizes: [8] });
 * const run = train(model, { points }, { epochs: 10 });
 * for await (const { epoch, losses } of run) if (epoch === 10) console.log(losses.total! < 2); // true
 * console.log(run.record().epochs.length, run.record().best!.epoch <= 10); // 10 true
 */
export function train<Outputs>(
  model: Trainable<Outputs>,
  data: TrainingData,
  options: TrainOptions<NoInfer<Outputs>>,
  ...more: []
): TrainingRun {
  nothingMore('train', more, [model, data, options]);
  const trainable = readModel<Outputs>(WHERE, model);
  const rows = readTrainingData(WHERE, data);
  const settings = readTrainOptions<Outputs>(WHERE, options, rows);
  const { objectives, batches, heldOutBatches, optimizer, schedule, scheduleUnit, keepBest, signal } = settings;
  const buffers = (trainable.namedBuffers?.() ?? []).map(([name, buffer]) => [name, buffer] as const);
  const parts = { parameters: distinctParameters(trainable.namedParameters()), buffers: distinctParameters(buffers) };
  const flatBuffers = flatParameters(parts.buffers);
  const buffersNow = () => flatBuffers.readWeights(new Float64Array(flatBuffers.size));
  const without = withoutDecay(WHERE, settings.noDecay, parts.parameters, optimizer);
  const noDecay = without.map(([name]) => name);
  const { clipNorm, nonFinite, onStep } = settings;
  const undecayed = new Set(without.map(([, parameter]) => parameter));
  const engine = chooseEngine(
    trainable,
    { objectives, optimizer, clipNorm, undecayed },
    settings.engine,
    nonFinite === 'skip',
  );
  // A model is looked at only where a checkpoint is read or written.
  let description: RunDescription | undefined;
  const describe = () => {
    description ??= describeRun(settings, rows, trainable, noDecay);
    return description;
  };
  /** The last step that onStep has seen. */
  let reported = 0;
  const finished: EpochRecord[] = [];
  let best: TrainingState['best'] = null;
  const { codes, classes } = rows.training;
  const counted = classes !== null && objectives.some(({ countsAnchors }) => countsAnchors === true);
  let positives: PositiveCounts | null = counted ? noPositives(classes.length) : null;

  if (settings.resume !== undefined) {
    const fresh = { optimizer: engine.optimizerState(), rng: trainable.rngState?.() ?? [], positives };
    const state = readCheckpoint(settings.resume, parts, describe(), fresh);
    trainable.restoreRng?.(state.rng);
    engine.setWeights(state.weights);
    flatBuffers.writeWeights(state.buffers);
    engine.setOptimizerState(state.optimizer);
    finished.push(...state.epochs);
    best = state.best;
    positives = state.positives;
    if (state.engine === 'eager') engine.useTape();
  }

  function evaluate(heldOut: TrainingRows, sampler: Sampler, epoch: number): BatchResult[] {
    return drawnBatches(WHERE, sampler, 0, 'heldOutBatches').map((indices) =>
      engine.evaluate(batchOf(heldOut, indices, 'heldOut'), epoch),
    );
  }

  async function takeSteps(epoch: number, order: readonly Int32Array[], breathe: () => Promise<void>) {
    const probed = settings.gradientProbe ? probedBatch(order, counted ? codes : null) : -1;
    const verified = verifiedBatch(order, epoch);
    const results: StepResult[] = [];
    let gradient: GradientProbe | null = null;
    let factor = 1;
    let diverged: DivergenceError | null = null;
    /** null: left out, since a number is not finite. */
    const attempted = (step: () => StepResult) => {
      try {
        return step();
      } catch (error) {
        if (nonFinite === 'stop' || !(error instanceof DivergenceError) || error.inUpdate) throw error;
        diverged = error;
        return null;
      }
    };
    engine.setTraining(true);
    engine.choose(batchOf(rows.training, order[0]!, 'training'), epoch);
    for (const [position, indices] of order.entries()) {
      await breathe();
      signal?.throwIfAborted();
      const time = scheduleUnit === 'epoch' ? epoch - 1 : engine.optimizerState().step;
      factor = requireNumber(WHERE, 'factor of the schedule', schedule.factor(time), { min: 0 });
      const request = { epoch, batch: position, factor, probe: position === probed, verify: position === verified };
      const result = attempted(() => engine.step(batchOf(rows.training, indices, 'training'), request));
      if (result === null) continue;
      gradient = result.probe ?? gradient;
      results.push(result);
      if (onStep === undefined || result.gradientNorm === null) continue;
      const { total, terms, gradientNorm } = result;
      const byName = Object.fromEntries(terms.map(({ name, value }) => [name, value]));
      const clipped = isClipped(gradientNorm, clipNorm);
      const { step } = engine.optimizerState();
      const learningRate = optimizer.learningRate * factor;
      const made = {
        step,
        epoch,
        batch: position,
        losses: { total, byName },
        gradientNorm,
        clipped,
        learningRate,
        again: step <= reported,
      };
      reported = Math.max(reported, step);
      await engine.lend(() => onStep(made));
    }
    if (results.length === 0 && diverged !== null) throw diverged;
    engine.setTraining(false);
    requireSteps(epoch, results, objectives);
    return { results, gradient, factor, updates: summarizeUpdates(results, clipNorm, order.length - results.length) };
  }

  async function runEpoch(epoch: number, breathe: () => Promise<void>): Promise<EpochRecord> {
    const started = now();
    const order = drawnBatches(WHERE, batches, epoch - 1, 'batches');
    const { results, gradient, factor, updates } = await engine.epoch(() => takeSteps(epoch, order, breathe));
    const { kind } = engine;
    const training = summarize(results, objectives);
    const due = heldOutBatches !== null && epoch % settings.evaluateEvery === 0;
    const held = due ? summarize(evaluate(rows.heldOut!, heldOutBatches, epoch), objectives) : null;
    const total = keepBest === 'off' ? undefined : (keepBest === 'heldOut' ? held : training)?.losses.total;
    if (total != null && (best === null || total < best.total)) {
      best = { epoch, total, weights: engine.weights(), buffers: buffersNow() };
    }
    // Last, so that an epoch that is not finished is not counted.
    if (positives !== null) positives = countPositives(positives, codes!, order);
    return {
      epoch,
      engine: kind,
      notes: engine.notes(),
      losses: training.losses,
      heldOut: held?.losses ?? null,
      gradient,
      anchors: training.anchors,
      heldOutAnchors: held?.anchors ?? null,
      skippedBatches: training.skippedBatches,
      updates,
      learningRate: optimizer.learningRate * factor,
      milliseconds: now() - started,
      best: best === null ? null : { epoch: best.epoch, total: best.total },
    };
  }

  const record = () => recordOf(settings, rows, trainable, noDecay, finished, positives);

  async function* run(): AsyncGenerator<EpochRecord, TrainingRecord, undefined> {
    const breathe = breather();
    try {
      // Before the first step: what the model does may change with time.
      if (settings.onCheckpoint !== undefined) describe();
      for (let epoch = finished.length + 1; epoch <= settings.epochs; epoch++) {
        signal?.throwIfAborted();
        finished.push(await trainedAlone(WHERE, parts.parameters, () => runEpoch(epoch, breathe)));
        if (settings.onCheckpoint !== undefined && epoch % settings.checkpointEvery === 0) {
          const state = {
            weights: engine.weights(),
            optimizer: engine.optimizerState(),
            rng: trainable.rngState?.() ?? [],
            buffers: buffersNow(),
            best,
            epochs: finished,
            positives,
            engine: engine.kind,
          };
          await settings.onCheckpoint(writeCheckpoint(parts, describe(), state), epoch);
        }
        yield finished[epoch - 1]!;
      }
      return record();
    } finally {
      engine.setTraining(false);
    }
  }

  const epochs = run();
  return Object.assign(epochs, {
    ...finishing(epochs, record),
    record,
    restoreBest(): BestEpoch {
      if (best === null) {
        const why = keepBest === 'off' ? `keepBest 'off'` : `no finished epoch whose total loss has a value`;
        throw new InputError('empty', `restoreBest: needs a best epoch, got ${why}`);
      }
      engine.setWeights(best.weights);
      flatBuffers.writeWeights(best.buffers);
      return { epoch: best.epoch, total: best.total };
    },
  }) as TrainingRun;
}
