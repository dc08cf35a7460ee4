import { Rng } from '../src/core/rng.js';
import {
  adam,
  contrastiveLoss,
  type ResidualAutoencoder,
  reconstructionLoss,
  residualAutoencoder,
  Tensor,
} from '../src/nn/index.js';
import { eagerEngine } from '../src/nn/training/eager-engine.js';
import type { Engine } from '../src/nn/training/engine.js';
import { planEngine } from '../src/nn/training/plan-engine.js';

/** Rows, and the weight of the contrastive term on the projection; temperature 0.1. */
export const COLUMNS = 40;
export const LAMBDA = 0.5;

/** A batch with four rows of each label, and the weights that every contender begins with. */
export function referenceBatch(size: number): { points: Float64Array; labels: Int32Array } {
  const rng = new Rng(size);
  return {
    points: new Float64Array(size * COLUMNS).map(() => rng.normal()),
    labels: Int32Array.from({ length: size }, (_, i) => i >> 2),
  };
}

export const referenceModel = (dropout: number, inputSize = COLUMNS): ResidualAutoencoder =>
  residualAutoencoder({ dropout, inputSize });

/** One training step of the reference model by an engine; returns the loss before the step. */
export function stepOf(kind: Engine['kind'], size: number, dropout: number): () => number {
  const { points, labels } = referenceBatch(size);
  const batch = {
    points: new Tensor(points, [size, COLUMNS]),
    labels,
    rows: labels,
    targets: null,
    split: 'training' as const,
  };
  const objectives = [reconstructionLoss(), contrastiveLoss({ on: 'projection', weight: LAMBDA })];
  const options = { objectives, optimizer: adam(), clipNorm: null };
  const model = referenceModel(dropout);
  model.setTraining(true);
  const engine = kind === 'eager' ? eagerEngine(model, options) : planEngine(model, options, batch);
  return () => engine.step(batch, { epoch: 1, batch: 0, factor: 1, probe: false, verify: false }).total!;
}

/**
 * What a bench runs: the first call answers with the loss of a step without dropout, on which all
 * contenders must agree, and warms up; each later one takes `steps` steps with dropout 0.1.
 */
export function contender(make: (dropout: number) => () => number | Promise<number>, steps: number, warm: number) {
  let step: (() => number | Promise<number>) | null = null;
  return async () => {
    if (step !== null) {
      for (let i = 1; i < steps; i++) await step();
      return step();
    }
    const answer = await make(0)();
    step = make(0.1);
    for (let i = 0; i < warm; i++) await step();
    return answer;
  };
}
