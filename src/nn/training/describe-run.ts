import type { Described, EpochRecord, TrainingRecord } from '../../core/training-record.js';
import { distinctParameters, type NamedParameters } from '../module.js';
import type { Trainable } from '../trainable.js';
import type { RunDescription } from './compare-runs.js';
import { describeModel } from './describe-model.js';
import { type PositiveCounts, positivesByClass } from './positive-counts.js';
import type { CompleteOptions } from './train-options.js';
import { fingerprint, type TrainingRows } from './training-data.js';

interface BothRows {
  readonly training: TrainingRows;
  readonly heldOut: TrainingRows | null;
}

const described = ({ name, settings }: Described): Described => ({ name, settings });

function terms<Outputs>({ objectives }: CompleteOptions<Outputs>) {
  return objectives.map(({ name, weight, settings = {} }) => ({ name, settings, weight }));
}

/**
 * What a resumed run must have in common with the run that wrote the checkpoint.
 *
 * @param noDecay names of the parameters without weight decay.
 */
export function describeRun<Outputs>(
  settings: CompleteOptions<Outputs>,
  rows: BothRows,
  model: Trainable<Outputs>,
  noDecay: readonly string[],
): RunDescription {
  return {
    model: describeModel(model, rows.training),
    rows: fingerprint(rows.training),
    heldOut: rows.heldOut === null ? null : fingerprint(rows.heldOut),
    objective: terms(settings),
    optimizer: described(settings.optimizer),
    schedule: { ...described(settings.schedule), unit: settings.scheduleUnit },
    batches: described(settings.batches),
    heldOutBatches: settings.heldOutBatches === null ? null : described(settings.heldOutBatches),
    clipNorm: settings.clipNorm,
    noDecay,
    nonFinite: settings.nonFinite,
    evaluateEvery: settings.evaluateEvery,
    keepBest: settings.keepBest,
    engine: settings.engine,
    seed: settings.seed,
  };
}

/** The record of a run as plain JSON. */
export function recordOf<Outputs>(
  settings: CompleteOptions<Outputs>,
  { training, heldOut }: BothRows,
  model: Trainable<Outputs>,
  noDecay: readonly string[],
  epochs: readonly EpochRecord[],
  positives: PositiveCounts | null,
): TrainingRecord {
  const count = (list: NamedParameters) => distinctParameters(list).reduce((sum, [, { size }]) => sum + size, 0);
  const { batchesPerEpoch, rowsPerEpoch } = settings.batches;
  return {
    schema: 1,
    rows: training.n,
    columns: training.d,
    classes: training.classes?.length ?? null,
    heldOutRows: heldOut?.n ?? 0,
    parameters: count(model.namedParameters()),
    sharedParameters: model.sharedParameters === undefined ? null : count(model.sharedParameters()),
    objective: terms(settings),
    optimizer: described(settings.optimizer),
    schedule: { ...described(settings.schedule), unit: settings.scheduleUnit },
    sampler: { ...described(settings.batches), batchesPerEpoch, rowsPerEpoch },
    clipNorm: settings.clipNorm,
    noDecay,
    nonFinite: settings.nonFinite,
    keepBest: settings.keepBest,
    evaluateEvery: settings.evaluateEvery,
    seed: settings.seed,
    epochsAsked: settings.epochs,
    epochs: [...epochs],
    positives: positives === null ? null : positivesByClass(training.classes!, positives),
    best: epochs[epochs.length - 1]?.best ?? null,
  };
}
