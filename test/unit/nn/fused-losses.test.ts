import { describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';
import { fusedContrast } from '../../../src/nn/losses/fused-contrast.js';
import { fusedOf } from '../../../src/nn/losses/fused-loss.js';
import { fusedSquaredError } from '../../../src/nn/losses/fused-squared-error.js';
import { makePlan } from '../../../src/nn/plan/make-plan.js';
import { parameterStore } from '../../../src/nn/plan/parameter-store.js';
import { referenceRun } from './reference-run.js';

type Objectives = NonNullable<nn.TrainOptions<nn.AutoencoderOutput>['objective']>;

/** The same terms, but none that a plan has a way of its own for. */
const onTape = (objectives: Objectives): Objectives =>
  objectives.map((term) => ({ ...term, loss: (outputs, batch) => term.loss(outputs, batch) }));

const { classificationLoss, contrastiveLoss, reconstructionLoss } = nn;
const named = (name: string, term: nn.Objective): nn.Objective => ({ ...term, name });

/** A loss of a user's own beside those of the library. */
const spread: nn.Objective<nn.AutoencoderOutput> = {
  name: 'spread',
  weight: 0.3,
  loss: ({ latent }) => ({ loss: nn.mean(nn.square(latent)) }),
};

const OBJECTIVES: Record<string, () => Objectives> = {
  'the reference': () => [reconstructionLoss(), contrastiveLoss({ on: 'projection', weight: 0.5 })],
  'reconstruction alone': () => [reconstructionLoss({ weight: 3 })],
  'contrast alone, cold': () => [contrastiveLoss({ temperature: 0.01 })],
  'contrast of three outputs': () => [
    contrastiveLoss({ on: 'reconstruction', weight: 0.1 }),
    named('near', contrastiveLoss({ on: 'latent', weight: 2, temperature: 0.5 })),
    named('far', contrastiveLoss({ on: 'projection' })),
  ],
  'two terms on one output': () => [
    contrastiveLoss({ on: 'latent', weight: 0.25 }),
    named('warm', contrastiveLoss({ on: 'latent', weight: 1, temperature: 1 })),
  ],
  'classification alone': () => [classificationLoss({ on: 'projection' })],
  'classification with weights and smoothing beside contrast': () => [
    classificationLoss({ on: 'latent', weight: 0.5, labelSmoothing: 0.1, classWeights: [1, 2, 0.5, 3, 1, 1] }),
    contrastiveLoss({ on: 'latent' }),
  ],
  'a term that only looks on': () => [reconstructionLoss(), contrastiveLoss({ weight: 0 })],
  'a term of a user on the same output': () => [reconstructionLoss(), spread as nn.Objective, contrastiveLoss()],
};

describe('losses that a plan runs in its own memory', () => {
  it.each(Object.entries(OBJECTIVES))('give the bits of the tape: %s', async (_name, objective) => {
    const options = { engine: 'plan', epochs: 2 } as const;
    const fused = await referenceRun(nn, { ...options, objective: objective() });
    const tape = await referenceRun(nn, { ...options, objective: onTape(objective()) });
    expect(fused.epochs).toEqual(tape.epochs);
    expect(Buffer.from(fused.bytes).equals(Buffer.from(tape.bytes))).toBe(true);
  });

  it('give the bits of the tape where batches have rows without a positive, or none with one', async () => {
    const options = { engine: 'plan', epochs: 2, batches: nn.shuffledBatches(58, { batchSize: 3, seed: 2 }) } as const;
    const objective = OBJECTIVES['contrast alone, cold']!();
    const fused = await referenceRun(nn, { ...options, objective });
    const tape = await referenceRun(nn, { ...options, objective: onTape(objective) });
    expect(fused.epochs[0]!.anchors!.skipped).toBeGreaterThan(0);
    expect(fused.epochs).toEqual(tape.epochs);
    expect(Buffer.from(fused.bytes).equals(Buffer.from(tape.bytes))).toBe(true);
  });
});

/** Trains a layer, beside which an output stands that no weight reaches. */
async function train(objective: nn.Objective[], optimizer = nn.adam()) {
  const layer = new nn.Linear(2, 2);
  const before = [...layer.weight.data];
  const model = {
    forward: (x: nn.Tensor) => ({ reconstruction: layer.forward(x), doubled: nn.mul(x, 2) }),
    namedParameters: () => layer.namedParameters(),
    setTraining() {},
  };
  const points = [
    [1, 2],
    [3, 1],
    [0, 1],
    [2, 2],
  ];
  const options = { epochs: 1, objective, optimizer, engine: 'plan' } as const;
  for await (const _ of nn.train(model, { points, labels: [0, 0, 1, 1] }, options));
  return { before, after: [...layer.weight.data] };
}

describe('a run whose losses run in a plan', () => {
  it('is refused when no weight reaches one that acts', async () => {
    const decaying = nn.adamW({ weightDecay: 0.5 });
    const idle = /every term must depend on a parameter of the model, got 'contrastive' that depends on none on the 1 /;
    await expect(train([contrastiveLoss({ on: 'doubled' })], decaying)).rejects.toThrow(idle);
    await expect(train([contrastiveLoss({ on: 'doubled' }), reconstructionLoss()], decaying)).rejects.toThrow(idle);
    const measured = [contrastiveLoss({ on: 'doubled', weight: 0 }), reconstructionLoss()];
    const { before, after } = await train(measured, decaying);
    expect(after).not.toEqual(before);
  });

  it.each([
    ['a weighted loss', [contrastiveLoss({ on: 'doubled', weight: 1.7e308, temperature: 0.01 })], "loss 'contrastive'"],
    [
      'their sum',
      Array.from({ length: 20 }, (_, i) => named(`term ${i}`, contrastiveLoss({ on: 'doubled', weight: 2e307 }))),
      'the sum of the losses',
    ],
  ])('ends when %s overflows', async (_name, objective, what) => {
    await expect(train(objective)).rejects.toMatchObject({ name: 'DivergenceError' });
    await expect(train(objective)).rejects.toThrow(`${what} must stay finite, got Infinity`);
  });
});

describe('a loss of the library in a plan', () => {
  /** Outputs that are their parameters, so that their values can be chosen. */
  function planned(values: Record<string, number[][]>, losses: nn.Objective[]) {
    const parameters = Object.entries(values).map(([name, rows]) => [name, nn.tensor(rows, { requiresGrad: true })]);
    const model = {
      forward: (x: nn.Tensor) =>
        Object.fromEntries(
          parameters.map(([name, at]) => [
            name,
            nn.add(at as nn.Tensor, nn.mul(nn.slice(x, { start: 0, end: (at as nn.Tensor).shape[1]!, axis: 1 }), 0)),
          ]),
        ),
      namedParameters: () => parameters as [string, nn.Tensor][],
      setTraining() {},
    };
    const store = parameterStore(model.namedParameters(), 0);
    const points = nn.tensor(Object.values(values)[0]!.map((_, i) => [i, 1, 2]));
    const made = makePlan(model, points, { store, training: true, losses: losses.map(({ loss }) => fusedOf(loss)) });
    if ('reason' in made) throw new Error(made.reason);
    store.load();
    made.plan.forward(points);
    const gradient = (name: string) => {
      const tensor = model.namedParameters().find(([own]) => own === name)![1];
      const start = store.gradientOf(tensor) >> 2;
      return [...store.floats().subarray(start, start + tensor.size)];
    };
    return { plan: made.plan, points, gradient, memory: store.memory };
  }

  it('a row of zeros has no direction: similarity 0, gradient 0', () => {
    const rows = [
      [0, 0],
      [3, 4],
      [1, 0],
    ];
    const { plan, points, gradient } = planned({ latent: rows }, [contrastiveLoss({ temperature: 1 })]);
    const term = plan.terms[0]!;
    const { value } = term.measure({
      points,
      labels: Int32Array.of(7, 7, 2),
      rows: Int32Array.of(0, 1, 2),
      split: 'training',
    });
    expect(value).toBeCloseTo((Math.log(2) + Math.log(1 + Math.exp(0.6))) / 2, 7);
    plan.backward(new Map(), [{ term, scale: 1 }]);
    expect(gradient('latent').slice(0, 2)).toEqual([0, 0]);
    expect(
      gradient('latent')
        .slice(2)
        .some((g) => g !== 0),
    ).toBe(true);
  });

  it('the gradient of a loss may be asked for again, alone and with others', () => {
    const rows = [
      [0.5, 1, 2],
      [2, 1, 1],
      [1, 3, 2],
    ];
    const { plan, points, gradient } = planned({ reconstruction: rows }, [
      reconstructionLoss(),
      contrastiveLoss({ on: 'reconstruction' }),
    ]);
    const [mse, contrast] = plan.terms.map((term) => term!);
    for (const term of [mse!, contrast!])
      term.measure({ points, labels: Int32Array.of(0, 0, 1), rows: Int32Array.of(0, 1, 2), split: 'training' });
    const of = (...measured: Parameters<typeof plan.backward>[1] & object) => {
      plan.backward(new Map(), measured);
      return gradient('reconstruction');
    };
    const [a, b] = [of({ term: mse!, scale: 1 }), of({ term: contrast!, scale: 1 })];
    // d/dr of the mean of (r - x)^2 over 9 elements.
    rows.flat().forEach((r, p) => {
      expect(a[p]).toBeCloseTo((2 * (r - points.data[p]!)) / 9, 6);
    });
    const both = of({ term: mse!, scale: 2 }, { term: contrast!, scale: -3 });
    both.forEach((g, p) => {
      expect(g).toBeCloseTo(2 * a[p]! - 3 * b[p]!, 5);
    });
    expect(of({ term: mse!, scale: 1 })).toEqual(a);
  });

  it('finds its numbers when the memory has moved', () => {
    const rows = [
      [1, 2],
      [2, 1],
      [3, 1],
    ];
    const { plan, points, gradient, memory } = planned({ latent: rows }, [contrastiveLoss()]);
    const term = plan.terms[0]!;
    const once = () => {
      plan.forward(points);
      const { value } = term.measure({
        points,
        labels: Int32Array.of(0, 0, 1),
        rows: Int32Array.of(0, 1, 2),
        split: 'training',
      });
      plan.backward(new Map(), [{ term, scale: 1 }]);
      return [value, ...gradient('latent')];
    };
    const before = once();
    memory.grow(memory.buffer.byteLength + 1);
    expect(before.every(Number.isFinite)).toBe(true);
    expect(once()).toEqual(before);
  });

  it('fits outputs with a row for each point, or with the elements of the points', () => {
    const contrast = fusedContrast('latent', 0.1);
    expect(contrast.output(new Map([['latent', [4, 2]]]), [4, 9])).toBe('latent');
    expect(contrast.output(new Map([['latent', [3, 2]]]), [4, 9])).toBeNull();
    expect(contrast.output(new Map([['latent', [4]]]), [4])).toBeNull();
    expect(contrast.output(new Map([['latent', [4096, 2]]]), [4096, 9])).toBe('latent');
    expect(contrast.output(new Map([['latent', [4097, 2]]]), [4097, 9])).toBeNull();
    const mse = fusedSquaredError('reconstruction');
    expect(mse.output(new Map([['', [4, 2]]]), [4, 2])).toBe('');
    expect(mse.output(new Map([['', [4, 3]]]), [4, 2])).toBeNull();
    expect(mse.output(new Map([['latent', [4, 2]]]), [4, 2])).toBeNull();
  });

  it('runs on the tape where it does not fit', () => {
    const rows = [
      [1, 2],
      [2, 1],
    ];
    const terms = (losses: nn.Objective[]) => planned({ latent: rows, reconstruction: rows }, losses).plan.terms;
    // Columns other than those of the points; an output that is not there; a loss of a user's own.
    expect(terms([reconstructionLoss()])).toEqual([null]);
    expect(terms([contrastiveLoss({ on: 'projection' })])).toEqual([null]);
    expect(terms(onTape([contrastiveLoss()]) as nn.Objective[])).toEqual([null]);
    expect(terms([contrastiveLoss()])[0]).toMatchObject({ output: 'latent', requiresGrad: true });
  });
});
