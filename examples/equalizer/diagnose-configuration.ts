import { type Diagnosis, diagnose } from 'clusterlens';
import type { TrainingRecord } from 'clusterlens/nn';
import type { Configuration } from './configurations.js';
import type { Matrix } from './standardize.js';

/** The rows of one side in every space, with what the decoder made of them. */
export interface SideSpaces {
  readonly input: Matrix;
  readonly latent: Matrix;
  readonly projection: Matrix;
  readonly reconstruction: Matrix;
  readonly labels: readonly string[];
}

/**
 * Values that each output of a decoder can take: no bound where it is linear; the published heads
 * give triples of 12 tanh, sigmoid and 9.9 sigmoid + 0.1, and 0 where no triple is left.
 */
export function outputRange(decoder: Configuration['decoder'], columns: number) {
  const triple: [number, number][] = [
    [-12, 12],
    [0, 1],
    [0.1, 10],
  ];
  return Array.from({ length: columns }, (_, c): [number | null, number | null] => {
    if (decoder === 'linear') return [null, null];
    return c < 3 * Math.floor(columns / 3) ? triple[c % 3]! : [0, 0];
  });
}

/** The diagnosis of a trained configuration: the input, both spaces, held-out rows and the training. */
export function diagnoseConfiguration(
  configuration: Configuration,
  { training, heldOut, record }: { training: SideSpaces; heldOut: SideSpaces; record: TrainingRecord },
  options: { permutations: number; seed: number },
): Diagnosis {
  const spaces = ({ latent, projection }: SideSpaces) => ({ latent, projection });
  return diagnose(
    {
      points: training.input,
      labels: training.labels,
      spaces: spaces(training),
      heldOut: { points: heldOut.input, labels: heldOut.labels, spaces: spaces(heldOut) },
      training: {
        record,
        lossSpace: configuration.contrastOn,
        // What the case reported its scores for.
        measuredSpace: 'latent',
        targets: training.input,
        outputs: training.reconstruction,
        outputRange: outputRange(configuration.decoder, training.input.columns),
        // The latent ends in a tanh.
        unitRange: [-1, 1],
      },
    },
    { permutations: options.permutations, seed: options.seed },
  );
}
