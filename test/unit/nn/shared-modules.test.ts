import { describe, expect, it } from 'vitest';
import {
  clipGradientNorm,
  fromSafetensors,
  Linear,
  loadWeights,
  type NamedParameters,
  reconstructionLoss,
  relu,
  Sequential,
  sgd,
  type Tensor,
  toSafetensors,
  train,
} from '../../../src/nn/index.js';

const data = {
  points: [
    [1, 2, 0],
    [3, 1, 1],
    [0, 1, 4],
    [2, 2, 2],
  ],
};

/** One layer in two places. */
function tied() {
  const shared = new Linear(3, 3, { seed: 1 });
  return new Sequential(shared, relu, shared);
}

/** The same computation, of which the parameters are listed once. */
function listedOnce() {
  const model = tied();
  const named = model.namedParameters().slice(0, 2);
  return {
    forward: (x: Tensor) => model.forward(x),
    namedParameters: (): NamedParameters => named,
    setTraining() {},
  };
}

const options = (engine: 'plan' | 'eager') => ({
  epochs: 3,
  engine,
  objective: [reconstructionLoss()],
  clipNorm: 0.1,
  optimizer: sgd({ learningRate: 0.05, momentum: 0.9, weightDecay: 0.1 }),
});

async function trained(model: Parameters<typeof train>[0], engine: 'plan' | 'eager') {
  const checkpoints: Uint8Array[] = [];
  const run = train(model, data, { ...options(engine), onCheckpoint: (bytes) => void checkpoints.push(bytes) });
  for await (const _ of run);
  return { record: run.record(), values: model.namedParameters().slice(0, 2), checkpoint: checkpoints.pop()! };
}

describe('a module in two places', () => {
  it.each(['plan', 'eager'] as const)('%s: counts once in clipping, decay, momentum and parameters', async (engine) => {
    const [twice, once] = [await trained(tied(), engine), await trained(listedOnce(), engine)];
    expect(twice.record.epochs[0]!.engine).toBe(engine);
    expect(twice.record.parameters).toBe(12);
    expect(twice.values.map(([, { data }]) => data)).toEqual(once.values.map(([, { data }]) => data));
    expect(fromSafetensors(twice.checkpoint).tensors.get('optimizer.velocity')!.shape).toEqual([12]);
    const run = train(tied(), data, { ...options(engine), epochs: 4, resume: twice.checkpoint });
    for await (const { epoch } of run) expect(epoch).toBe(4);
  });

  it('is clipped once', () => {
    const model = tied();
    for (const [, parameter] of model.namedParameters()) parameter.grad = new Float64Array(parameter.size).fill(1);
    expect(clipGradientNorm(model.namedParameters(), 1)).toBeCloseTo(Math.sqrt(12), 14);
    expect(model.namedParameters()[0]![1].grad![0]).toBeCloseTo(1 / (Math.sqrt(12) + 1e-6), 14);
  });

  it('stands in a file once, as save_model of safetensors writes it, and comes back', () => {
    const model = tied();
    const file = fromSafetensors(toSafetensors(model, { dtype: 'F64', metadata: { made: 'here' } }));
    expect([...file.tensors.keys()]).toEqual(['0.weight', '0.bias']);
    expect(file.metadata).toEqual({ made: 'here', '2.weight': '0.weight', '2.bias': '0.bias' });
    const other = tied();
    other.namedParameters()[0]![1].data.fill(0);
    loadWeights(other, toSafetensors(model, { dtype: 'F64' }));
    expect(other.namedParameters()[0]![1].data).toEqual(model.namedParameters()[0]![1].data);
  });

  it('loads a file that has every name, when the values agree', () => {
    const model = tied();
    const separate = (change: number) =>
      toSafetensors(
        model.namedParameters().map(([name, { data, shape }]) => {
          const copy = data.slice();
          if (name === '2.bias') copy[1]! += change;
          return [name, { data: copy, shape }];
        }),
        { dtype: 'F64' },
      );
    expect(() => loadWeights(tied(), separate(0))).not.toThrow();
    expect(() => loadWeights(tied(), separate(1))).toThrow(/equal values, got .* at element 1 of 0\.bias, 2\.bias/);
  });
});
