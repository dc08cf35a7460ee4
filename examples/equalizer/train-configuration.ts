import type { TrainingRecord } from 'clusterlens/nn';
import {
  adam,
  balancedBatches,
  contrastiveLoss,
  predict,
  type ResidualAutoencoder,
  reconstructionLoss,
  residualAutoencoder,
  shuffledBatches,
  toSafetensors,
  train,
} from 'clusterlens/nn';
import { type Configuration, LEARNING_RATE, TEMPERATURE } from './configurations.js';
import type { Matrix } from './standardize.js';

export interface Codes {
  readonly latent: Matrix;
  readonly projection: Matrix;
  readonly reconstruction: Matrix;
}

export interface Trained {
  readonly record: TrainingRecord;
  readonly parameters: number;
  readonly weights: Uint8Array;
  readonly training: Codes;
  readonly heldOut: Codes;
  readonly seconds: number;
}

export interface Part {
  readonly points: Matrix;
  readonly labels: readonly string[];
}

/** The batches of a configuration: a function of labels and seed alone. */
export function batchesFor({ batches }: Pick<Configuration, 'batches'>, labels: readonly string[], seed: number) {
  if (batches.kind === 'shuffled') return shuffledBatches(labels.length, { batchSize: batches.size, seed });
  // Each class of a batch needs two rows, or there are no positives.
  const most = Math.floor(batches.size / 2);
  const classes = Math.min(most, batches.classes === 'all' ? new Set(labels).size : batches.classes);
  return balancedBatches(labels, { classes, samples: Math.floor(batches.size / classes), seed });
}

export function encode(model: ResidualAutoencoder, points: Matrix): Codes {
  return predict(model, points, { engine: 'eager' });
}

/** Trains one configuration to its last epoch and encodes training and held-out rows. */
export async function trainConfiguration(
  configuration: Configuration,
  training: Part,
  heldOut: Part,
  seed: number,
  onEpoch: (epoch: number, status: string) => void,
): Promise<Trained> {
  const started = performance.now();
  const model = residualAutoencoder({
    inputSize: training.points.columns,
    decoder: configuration.decoder,
    seed,
  });
  const run = train(
    model,
    { points: training.points, labels: training.labels, heldOut },
    {
      epochs: configuration.epochs,
      batches: batchesFor(configuration, training.labels, seed),
      optimizer: adam({ learningRate: LEARNING_RATE }),
      objective: [
        reconstructionLoss(),
        contrastiveLoss({ on: configuration.contrastOn, weight: configuration.lambda, temperature: TEMPERATURE }),
      ],
      // The case reports the last epoch, so no other is kept.
      keepBest: 'off',
      evaluateEvery: Math.max(1, Math.round(configuration.epochs / 10)),
      seed,
    },
  );
  for await (const epoch of run) {
    const loss = epoch.losses.byName;
    onEpoch(
      epoch.epoch,
      `reconstruction ${loss.reconstruction?.toFixed(3) ?? '-'}, contrastive ${loss.contrastive?.toFixed(3) ?? '-'}`,
    );
  }
  return {
    record: run.record(),
    parameters: model.parameterCount,
    weights: toSafetensors(model),
    training: encode(model, training.points),
    heldOut: encode(model, heldOut.points),
    seconds: (performance.now() - started) / 1000,
  };
}
