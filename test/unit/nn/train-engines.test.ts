import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as nn from '../../../src/nn/index.js';
import { REFERENCE_HASH, referenceRun } from './reference-run.js';

/** The reference run, with the hash of its weights. */
async function run(library: typeof nn, options?: Partial<nn.TrainOptions<nn.AutoencoderOutput>>) {
  const { bytes, ...rest } = await referenceRun(library, options);
  return { ...rest, hash: createHash('sha256').update(bytes).digest('hex') };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('the plan gives the same bits everywhere', () => {
  it('weights after three epochs', async () => {
    const { hash, epochs } = await run(nn);
    expect(epochs.map(({ engine }) => engine)).toEqual(['plan', 'plan', 'plan']);
    expect(hash).toBe(REFERENCE_HASH);
  });

  it('the same without WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const library = (await import('../../../src/nn/index.js')) as typeof nn;
    const model = library.residualAutoencoder({ inputSize: 3, hiddenSizes: [4] });
    const kinds = library.explainPlan(model as never, library.tensor([[1, 2, 3]])).steps.map(({ kernel }) => kernel);
    expect(new Set(kinds)).toEqual(new Set(['plain']));
    const { hash, epochs } = await run(library);
    expect(epochs[0]!.engine).toBe('plan');
    expect(hash).toBe(REFERENCE_HASH);
  });
});

describe('where no WebAssembly memory is to be had', () => {
  it('the plain kernels train, with the same bits, and explainPlan says so', async () => {
    vi.stubGlobal('WebAssembly', {
      ...WebAssembly,
      Module: WebAssembly.Module,
      Instance: WebAssembly.Instance,
      Memory: class {
        constructor() {
          throw new RangeError('WebAssembly.Memory(): could not allocate memory');
        }
      },
    });
    vi.resetModules();
    const library = (await import('../../../src/nn/index.js')) as typeof nn;
    const model = library.residualAutoencoder({ inputSize: 3, hiddenSizes: [4] });
    const { steps } = library.explainPlan(model as never, library.tensor([[1, 2, 3]]));
    expect(new Set(steps.map(({ kernel }) => kernel))).toEqual(new Set(['plain']));
    const { hash, epochs } = await run(library);
    expect(epochs[0]!.engine).toBe('plan');
    expect(hash).toBe(REFERENCE_HASH);
  });

  it('a memory that does not grow is an error of this library, and auto trains on the tape', async () => {
    const Real = WebAssembly.Memory;
    vi.stubGlobal('WebAssembly', {
      Module: WebAssembly.Module,
      Instance: WebAssembly.Instance,
      Memory: class extends Real {
        override grow(): number {
          throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
        }
      },
    });
    vi.resetModules();
    const library = (await import('../../../src/nn/index.js')) as typeof nn;
    const train = (engine: nn.EngineChoice) => {
      const model = new library.Linear(200, 200, { seed: 1 });
      const points = [new Float64Array(200).fill(1), new Float64Array(200)];
      return library.train(model, { points }, { epochs: 1, engine }).finish();
    };
    await expect(train('plan')).rejects.toMatchObject({
      code: 'out-of-range',
      message: expect.stringMatching(/^plan: weights and values must fit into memory, got 1 MiB that there are not/),
    });
    expect((await train('auto')).epochs[0]!.engine).toBe('eager');
  });
});

describe('the plan and the tape', () => {
  it.each([
    ['adam', () => nn.adam()],
    ['adam with decay', () => nn.adam({ weightDecay: 0.1, beta1: 0.8 })],
    ['adamW', () => nn.adamW({ weightDecay: 0.1 })],
    ['sgd', () => nn.sgd({ learningRate: 0.01 })],
    ['sgd with all', () => nn.sgd({ learningRate: 0.01, momentum: 0.9, nesterov: true, weightDecay: 0.1 })],
    ['sgd with dampening', () => nn.sgd({ learningRate: 0.01, momentum: 0.9, dampening: 0.4 })],
    ['an optimiser of the user', () => ({ ...nn.adam(), name: 'mine' })],
  ])('go the same way with %s', async (_name, optimizer) => {
    const [plan, eager] = await Promise.all([
      run(nn, { optimizer: optimizer(), engine: 'plan' }),
      run(nn, { optimizer: optimizer(), engine: 'eager' }),
    ]);
    plan.epochs.forEach((epoch, i) => {
      const twin = eager.epochs[i]!;
      expect(epoch.losses.total! / twin.losses.total!).toBeCloseTo(1, 4);
      expect(epoch.heldOut!.total! / twin.heldOut!.total!).toBeCloseTo(1, 4);
      expect(epoch.gradient!.norms.contrastive! / twin.gradient!.norms.contrastive!).toBeCloseTo(1, 3);
      expect(epoch.anchors).toEqual(twin.anchors);
      expect([epoch.engine, twin.engine]).toEqual(['plan', 'eager']);
    });
    expect(plan.model.rngState()).toEqual(eager.model.rngState());
  });
});

describe('engine', () => {
  const data = { points: [[1], [3]] };
  const scalar = () => {
    const weight = nn.tensor([[2]], { requiresGrad: true });
    return {
      forward: (x: nn.Tensor) => nn.mul(x, weight),
      namedParameters: () => [['weight', weight] as const],
      setTraining() {},
    };
  };
  const drain = async (training: AsyncIterable<nn.EpochRecord>) => {
    const kinds: string[] = [];
    for await (const { engine } of training) kinds.push(engine);
    return kinds;
  };

  it("'auto' takes the tape for a model without a matrix product, and 'plan' refuses it", async () => {
    expect(await drain(nn.train(scalar(), data, { epochs: 1 }))).toEqual(['eager']);
    await expect(drain(nn.train(scalar(), data, { epochs: 1, engine: 'plan' }))).rejects.toThrow(
      /engine 'plan' needs a model that can be planned, got one of which it has no matrix product/,
    );
  });

  it('a term that reads a weight: the tape, from the same state', async () => {
    const penalised = (engine: nn.EngineChoice) => {
      const model = new nn.Sequential(
        new nn.Linear(2, 3, { seed: 0 }),
        new nn.Dropout(0.5, { seed: 0 }),
        new nn.Linear(3, 2, { seed: 0 }),
      );
      const weight = model.namedParameters()[0]![1];
      const penalty = { name: 'penalty', weight: 0.1, loss: () => ({ loss: nn.mean(nn.square(weight)) }) };
      const training = nn.train(
        model,
        {
          points: [
            [1, 2],
            [3, 1],
            [0, 1],
          ],
        },
        {
          epochs: 2,
          objective: [nn.reconstructionLoss(), penalty],
          engine,
        },
      );
      return { model, training };
    };
    const [auto, eager, plan] = (['auto', 'eager', 'plan'] as const).map(penalised);
    expect(await drain(auto!.training)).toEqual(['eager', 'eager']);
    await drain(eager!.training);
    expect(nn.toSafetensors(auto!.model)).toEqual(nn.toSafetensors(eager!.model));
    await expect(drain(plan!.training)).rejects.toThrow(/got 'penalty' that reads a weight; use engine 'auto'/);
  });

  it('a checkpoint goes on with the engine that was asked for, and no other', async () => {
    const kept: Uint8Array[] = [];
    await run(nn, { engine: 'plan', epochs: 1, onCheckpoint: (bytes) => void kept.push(bytes) });
    const whole = await run(nn, { engine: 'plan', epochs: 2 });
    const resumed = await run(nn, { engine: 'plan', epochs: 2, resume: kept[0]! });
    expect(resumed.hash).toBe(whole.hash);
    await expect(run(nn, { engine: 'eager', epochs: 2, resume: kept[0]! })).rejects.toThrow(/engine "plan"/);
  });

  /** Six steps of one row each; the third one overflows, or the second one is the last. */
  async function wild(engine: nn.EngineChoice, optimizer: nn.Optimizer, ends: 'aborted' | 'overflowing') {
    const model = new nn.Sequential(new nn.Linear(2, 3, { seed: 0 }), new nn.Linear(3, 2, { seed: 0 }));
    const abort = new AbortController();
    const schedule = {
      name: 'jump',
      settings: {},
      factor(step: number) {
        if (step === 2 && ends === 'overflowing') return Number.MAX_VALUE;
        if (step === 1 && ends === 'aborted') abort.abort();
        return 1e-7;
      },
    };
    const points = Array.from({ length: 6 }, (_, i) => [100 + i, 200 - 3 * i]);
    const batches = nn.shuffledBatches(6, { batchSize: 1 });
    const options = { epochs: 1, optimizer, schedule, scheduleUnit: 'step', engine, batches } as const;
    const training = nn.train(model, { points }, { ...options, signal: abort.signal });
    await expect(drain(training)).rejects.toThrow(
      ends === 'aborted' ? /aborted/ : /the weights must stay finite, got .* in epoch 1, batch 2/,
    );
    return nn.toSafetensors(model, { dtype: 'F64' });
  }

  it.each(
    (['plan', 'eager'] as const).flatMap((engine) =>
      [
        nn.sgd({ learningRate: 10 }),
        nn.sgd({ learningRate: 10, momentum: 0.9 }),
        nn.adam({ learningRate: 10 }),
        nn.adamW({ learningRate: 10 }),
        { ...nn.sgd({ learningRate: 10 }), name: 'mine' },
      ].map((optimizer) => [engine, optimizer.name, optimizer] as const),
    ),
  )('an update that overflows leaves the weights of the last finite step: %s, %s', async (engine, _name, optimizer) => {
    const [last, diverged] = [await wild(engine, optimizer, 'aborted'), await wild(engine, optimizer, 'overflowing')];
    expect(diverged).toEqual(last);
    expect(last).not.toEqual(
      nn.toSafetensors(new nn.Sequential(new nn.Linear(2, 3, { seed: 0 }), new nn.Linear(3, 2, { seed: 0 })), {
        dtype: 'F64',
      }),
    );
  });

  it('a gradient that overflows changes nothing', async () => {
    const model = new nn.Sequential(new nn.Linear(2, 3, { seed: 0 }), new nn.Linear(3, 2, { seed: 0 }));
    for (const [name, { data: values }] of model.namedParameters())
      values.fill(name === '0.weight' ? 2 ** 50 : 2 ** 20);
    const before = nn.toSafetensors(model, { dtype: 'F64' });
    const large = {
      points: [
        [2 ** 50, 2 ** 50],
        [2 ** 50, 0],
      ],
    };
    await expect(drain(nn.train(model, large, { epochs: 1, engine: 'plan' }))).rejects.toThrow(
      /the gradient must stay finite, got -?Infinity/,
    );
    expect(nn.toSafetensors(model, { dtype: 'F64' })).toEqual(before);
  });

  it('the model has the new weights after each epoch, also when nothing else asks for them', async () => {
    const seen: Uint8Array[] = [];
    for (const keepBest of ['off', 'training'] as const) {
      const model = new nn.Sequential(new nn.Linear(2, 3, { seed: 0 }), new nn.Linear(3, 2, { seed: 0 }));
      seen.push(nn.toSafetensors(model));
      for await (const _ of nn.train(
        model,
        {
          points: [
            [1, 2],
            [3, 1],
          ],
        },
        { epochs: 2, keepBest, engine: 'plan' },
      )) {
        seen.push(nn.toSafetensors(model));
      }
    }
    expect(seen.slice(0, 3)).toEqual(seen.slice(3));
    expect(seen[0]).not.toEqual(seen[1]);
    expect(seen[1]).not.toEqual(seen[2]);
  });

  it('a model that does more for larger batches: a weight that a batch does not touch has gradient 0', async () => {
    const finish = async (engine: nn.EngineChoice) => {
      const first = new nn.Linear(2, 2, { seed: 0 });
      const extra = new nn.Linear(2, 2, { seed: 1 });
      const model = {
        forward: (x: nn.Tensor) => (x.shape[0]! > 1 ? extra.forward(first.forward(x)) : first.forward(x)),
        namedParameters: () =>
          [first, extra].flatMap((module, i) => module.namedParameters().map(([n, t]) => [`${i}.${n}`, t] as const)),
        setTraining() {},
      };
      const batches = nn.shuffledBatches(3, { batchSize: 2 });
      const optimizer = nn.sgd({ learningRate: 0.1 });
      const data = {
        points: [
          [1, 2],
          [3, 1],
          [2, 2],
        ],
      };
      await drain(
        nn.train(model, data, { epochs: 2, batches, optimizer, engine, objective: [nn.reconstructionLoss()] }),
      );
      return model.namedParameters().flatMap(([, { data: values }]) => Array.from(values));
    };
    const [plan, eager] = [await finish('plan'), await finish('eager')];
    plan.forEach((value, p) => {
      expect(value).toBeCloseTo(eager[p]!, 5);
    });
  });
});
