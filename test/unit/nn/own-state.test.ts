import { describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';
import { ownState } from '../../../src/nn/plan/own-state.js';

const rng = new nn.Rng(15);
const points = Array.from({ length: 40 }, () => Array.from({ length: 3 }, () => rng.normal()));

/** A linear layer whose outputs are scaled by what the function makes of the module. */
function scaledBy<T extends object>(fields: T, scale: (fields: T, training: boolean) => number) {
  const inner = new nn.Linear(3, 3, { seed: 4 });
  return {
    ...fields,
    training: true,
    forward(x: nn.Tensor): nn.Tensor {
      return nn.mul(inner.forward(x), scale(this, this.training));
    },
    namedParameters: () => inner.namedParameters(),
    setTraining(on: boolean) {
      this.training = on;
    },
  };
}

async function lossesOf(model: nn.Trainable<nn.Tensor>, engine: nn.EngineChoice) {
  const record = await nn.train(model, { points }, { epochs: 4, engine }).finish();
  return record.epochs.map(({ engine: ran, losses, notes }) => ({ ran, total: losses.total, notes }));
}

describe('what a model remembers in its fields is on no plan', () => {
  it.each([
    ['a counter', 'steps', () => scaledBy({ steps: 0 }, (own) => 1 / (1 + Math.floor(own.steps++ / 10)))],
    [
      'a counter in a part',
      'state.steps',
      () => scaledBy({ state: { steps: 0 } }, ({ state }) => 1 / (1 + Math.floor(state.steps++ / 10))),
    ],
    [
      'numbers in an array',
      'seen',
      () => scaledBy({ seen: new Float64Array(1) }, ({ seen }) => 1 / (1 + Math.floor(seen[0]!++ / 10))),
    ],
    [
      'a list that grows',
      'passes.',
      () => scaledBy({ passes: [] as number[] }, ({ passes }) => 1 / (1 + Math.floor(passes.push(1) / 11))),
    ],
    [
      'a map',
      'seen.',
      () =>
        scaledBy({ seen: new Map([['passes', 0]]) }, ({ seen }) => {
          const passes = seen.get('passes')!;
          seen.set('passes', passes + 1);
          return 1 / (1 + Math.floor(passes / 10));
        }),
    ],
    [
      'a set that grows',
      'seen.',
      () => scaledBy({ seen: new Set<number>() }, ({ seen }) => 1 / (1 + Math.floor(seen.add(seen.size).size / 11))),
    ],
  ])(
    "%s: the tape runs from the first step on, from where the model stood: 'auto' is 'eager'",
    async (_, name, make) => {
      const [planned, taped] = [await lossesOf(make(), 'auto'), await lossesOf(make(), 'eager')];
      expect(planned.map(({ total }) => total)).toEqual(taped.map(({ total }) => total));
      expect(planned[0]!.notes.join()).toContain(`its forward() changes '${name}`);
      expect(taped[0]!.total).not.toBe(taped[1]!.total);
      await expect(lossesOf(make(), 'plan')).rejects.toThrow(`its forward() changes '${name}`);
    },
  );

  it('a checkpoint, for which the model is run once more, moves nothing on', async () => {
    const make = () => scaledBy({ steps: 0 }, (own) => 1 / (1 + Math.floor(own.steps++ / 4)));
    const plain = await lossesOf(make(), 'eager');
    const kept = await nn.train(make(), { points }, { epochs: 4, engine: 'eager', onCheckpoint() {} }).finish();
    expect(kept.epochs.map(({ losses }) => losses.total)).toEqual(plain.map(({ total }) => total));
  });

  it('what nobody can see and so put back, a variable around forward() or a private field, has a note', async () => {
    const LEFT = /^forward\(\) ran a few times more .* private fields, or in variables around it, has moved on/;
    class Counting {
      #steps = 0;
      readonly inner = new nn.Linear(3, 3, { seed: 4 });
      forward(x: nn.Tensor): nn.Tensor {
        return nn.mul(this.inner.forward(x), 1 / ++this.#steps);
      }
      namedParameters = () => this.inner.namedParameters();
      setTraining(): void {}
    }
    let around = 0;
    const closed = scaledBy({}, () => 1 / ++around);
    for (const model of [new Counting(), closed]) {
      const [first, ...later] = await lossesOf(model, 'auto');
      expect(first!.notes).toEqual([
        'the tape runs, since input 1 of mul is a constant that is another in each run',
        expect.stringMatching(LEFT),
      ]);
      expect(later.flatMap(({ notes }) => notes)).toEqual([]);
    }
    // Where it is said that there is no plan, nothing has run before the first step.
    const shy = Object.assign(new Counting(), { cannotPlan: () => 'it counts its passes' });
    const [planned, taped] = [await lossesOf(shy, 'auto'), await lossesOf(new Counting(), 'eager')];
    expect(planned[0]!.notes).toEqual(['the tape runs, since it counts its passes']);
    expect(planned.map(({ total }) => total)).toEqual(taped.map(({ total }) => total));
  });

  it('what is made in a first pass and kept is no change', async () => {
    const lazy = () => scaledBy({ made: undefined as number | undefined }, (own) => (own.made ??= 0.5));
    const epochs = await lossesOf(lazy(), 'auto');
    expect(epochs.map(({ ran }) => ran)).toEqual(['plan', 'plan', 'plan', 'plan']);
  });

  it('tensors and random numbers are declared elsewhere, and data may be large and circular', () => {
    const model: Record<string, unknown> = { weight: nn.tensor([1]), rng: new nn.Rng(1), data: points };
    model.self = model;
    const state = ownState(model);
    model.weight = nn.tensor([2]);
    (model.rng as nn.Rng).normal();
    expect(state.changed()).toBeNull();
    model.more = 3;
    expect(state.changed()).toBe('more');
    state.restore();
    expect(state.changed()).toBeNull();
    expect('more' in model).toBe(false);
    (model.data as number[][])[2]![1] = 7;
    expect(state.changed()).toBe('data.2.1');
    state.restore();
    expect(points[2]![1]).not.toBe(7);
  });
});

describe('parameters and buffers by name', () => {
  const linear = new nn.Linear(3, 3);
  const withNames = (namedParameters: unknown, more = {}) =>
    ({ forward: (x: nn.Tensor) => linear.forward(x), setTraining() {}, namedParameters, ...more }) as never;
  const [weight, bias] = linear.namedParameters().map(([, tensor]) => tensor);

  it.each([
    ['a generator', function* () {}, /namedParameters\(\) must give an array of .*, got .*; spread it into one$/],
    ['nothing', () => undefined, /namedParameters\(\) must give an array of \[name, tensor\] pairs, got undefined$/],
    ['tensors alone', () => [weight], /namedParameters\(\)\[0\] must be a name and a tensor, got Tensor$/],
    ['an array of numbers', () => [['w', [1]]], /\[0\] must be a name and a tensor, got \["w", array of length 1\]$/],
    [
      'one name for two',
      () => [
        ['w', weight],
        ['w', bias],
      ],
      /each tensor a name of its own, got "w" twice; put/,
    ],
  ])('%s is an error for train, loadWeights and in a Sequential', (_, given, message) => {
    for (const call of [
      () => nn.train(withNames(given), { points }, { epochs: 1 }),
      () => nn.predict(withNames(given), points),
      () => nn.loadWeights(withNames(given), nn.toSafetensors(linear)),
      () => new nn.Sequential(withNames(given)).namedParameters(),
    ]) {
      expect(call).toThrow(message);
      expect(call).toThrow(expect.objectContaining({ code: expect.any(String) }));
    }
  });

  it('others at each call, half of the random state, and a reason that is none are errors', () => {
    const anew = () => [['w', nn.tensor([[1, 2, 3]])]];
    const given = () => linear.namedParameters();
    for (const [model, message] of [
      [
        withNames(anew),
        /namedParameters\(\) must give the same tensors at each call, got another for "w"; make them once$/,
      ],
      [withNames(given, { namedBuffers: anew }), /namedBuffers\(\) must give the same tensors at each call/],
      [
        withNames(given, { rngState: () => [1] }),
        /both of rngState\(\) and restoreRng\(\), got rngState\(\) without restoreRng\(\)$/,
      ],
      [withNames(given, { restoreRng() {} }), /got restoreRng\(\) without rngState\(\)$/],
      [withNames(given, { cannotPlan: () => true }), /cannotPlan\(\) must give null or why .*, got true$/],
      [withNames(given, { cannotPlan: () => '' }), /cannotPlan\(\) must give null or why .*, got ""$/],
    ] as const) {
      for (const call of [() => nn.train(model, { points }, { epochs: 1 }), () => nn.predict(model, points)]) {
        expect(call).toThrow(message);
        expect(call).toThrow(expect.objectContaining({ code: 'wrong-type' }));
      }
    }
  });

  it('buffers too, and a step of a Sequential needs what a module has', () => {
    const buffers = withNames(() => linear.namedParameters(), { namedBuffers: () => [3] });
    expect(() => nn.train(buffers, { points }, { epochs: 1 })).toThrow('namedBuffers()[0] must be a name and a tensor');
    expect(() => new nn.Sequential([linear] as never)).toThrow('write new Sequential(a, b), without an array');
    expect(() => new nn.Sequential({ forward: () => 1 } as never)).toThrow('got Object without namedParameters()');
  });
});
