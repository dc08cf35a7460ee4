import { describe, expect, it } from 'vitest';
import {
  adam,
  adamW,
  LayerNorm,
  Linear,
  reconstructionLoss,
  Sequential,
  type StepRecord,
  sgd,
  shuffledBatches,
  train,
} from '../../src/nn/index.js';
import { fixture } from '../support/fixture.js';
import { allNear } from '../support/near.js';

interface Decay {
  readonly points: number[][];
  readonly start: (number[] | number[][])[];
  readonly runs: Record<'adam' | 'adamW' | 'sgd', { norms: number[]; parameters: number[][] }>;
}
const { points, start, runs } = fixture<Decay>('torch-decay');
const optimizers = {
  adam: () => adam({ learningRate: 0.05, weightDecay: 0.3 }),
  adamW: () => adamW({ learningRate: 0.05, weightDecay: 0.3 }),
  sgd: () => sgd({ learningRate: 0.05, weightDecay: 0.3, momentum: 0.9 }),
};

describe('weight decay by name is that of parameter groups in PyTorch', () => {
  it.each(
    (['adam', 'adamW', 'sgd'] as const).flatMap((name) =>
      (['eager', 'plan'] as const).map((engine) => ({ name, engine })),
    ),
  )('$name, $engine', async ({ name, engine }) => {
    const model = new Sequential(new Linear(3, 5), new LayerNorm(5), new Linear(5, 3));
    model.namedParameters().forEach(([, { data }], i) => {
      data.set(start[i]!.flat());
    });
    const steps: StepRecord[] = [];
    const run = train(
      model,
      { points },
      {
        epochs: 5,
        engine,
        objective: [reconstructionLoss()],
        batches: shuffledBatches(6, { batchSize: 6 }),
        optimizer: optimizers[name](),
        clipNorm: 0.5,
        noDecay: ['bias', /^1\./],
        onStep: (step) => void steps.push(step),
      },
    );
    for await (const { engine: ran } of run) expect(ran).toBe(engine);
    const tolerance = engine === 'eager' ? 1e-12 : 2e-5;
    const expected = runs[name];
    model.namedParameters().forEach(([, { data }], i) => {
      allNear(data, expected.parameters[i]!, tolerance);
    });
    allNear(
      steps.map(({ gradientNorm }) => gradientNorm),
      expected.norms,
      tolerance,
    );
    expect(run.record().noDecay).toEqual(['0.bias', '1.weight', '1.bias', '2.bias']);
  });
});
