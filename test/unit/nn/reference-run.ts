import type * as nn from '../../../src/nn/index.js';

export const COLUMNS = 13;
const CLASSES = 4;

export function corpus(library: typeof nn, n: number) {
  const rng = new library.Rng(3);
  const labels = Array.from({ length: n }, (_, i) => i % CLASSES);
  const points = labels.map((label) => Array.from({ length: COLUMNS }, (_, j) => rng.normal() + (j === label ? 2 : 0)));
  return { points, labels };
}

/** Three epochs of a small run with dropout, odd sizes, a short last batch, held-out rows and clipping. */
export async function referenceRun(library: typeof nn, options: Partial<nn.TrainOptions<nn.AutoencoderOutput>> = {}) {
  const model = library.residualAutoencoder({
    inputSize: COLUMNS,
    hiddenSizes: [20, 27],
    latentSize: 6,
    projectionSize: 9,
    seed: 5,
  });
  const epochs: nn.EpochRecord[] = [];
  const training = library.train(
    model,
    { ...corpus(library, 58), heldOut: corpus(library, 21) },
    {
      epochs: 3,
      objective: [library.reconstructionLoss(), library.contrastiveLoss({ on: 'projection', weight: 0.5 })],
      clipNorm: 0.5,
      ...options,
    },
  );
  for await (const epoch of training) epochs.push({ ...epoch, milliseconds: null });
  return { model, epochs, bytes: library.toSafetensors(model, { dtype: 'F32' }) };
}

/** SHA-256 of the weights of that run, on every engine that runs JavaScript. */
export const REFERENCE_HASH = '4cb4bf256aebb5ccaaaf5acd470ca497ce4aa5f6bcf2ae831bb762057a9bfc38';
