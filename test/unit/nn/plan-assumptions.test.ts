import { describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';

const rng = new nn.Rng(5);
const rows = Array.from({ length: 40 }, (_, i) =>
  Array.from({ length: 4 }, (_, j) => rng.normal() + (j === i % 3 ? 3 : 0)),
);
const data = { points: rows, labels: rows.map((_, i) => i % 3) };
const batches = () => nn.shuffledBatches(40, { batchSize: 10 });

const READS = 'its forward() reads numbers of a tensor, on which it may decide';
/** The end of the notes where something out of sight may have moved on. */
const MOVED_ON = expect.stringMatching(/^forward\(\) ran a few times more .* in variables around it, has moved on/);

async function trained(model: nn.Trainable<nn.Tensor>, options: Partial<nn.TrainOptions<nn.Tensor>> = {}) {
  const run = nn.train(model, data, { epochs: 3, batches: batches(), ...options });
  const epochs: nn.EpochRecord[] = [];
  for await (const epoch of run) epochs.push(epoch);
  return { epochs, run };
}

/** Linear, noise of the given kind, Linear. */
const noisy = (noise: nn.Module) =>
  new nn.Sequential(new nn.Linear(4, 6, { seed: 1 }), noise, new nn.Linear(6, 4, { seed: 2 }));

/** Noise that a user draws by hand, with its state declared; counts how often it draws. */
function noiseByHand() {
  const own = new nn.Rng(9);
  let draws = 0;
  let training = true;
  return {
    draws: () => draws,
    forward(x: nn.Tensor) {
      if (!training) return x;
      draws++;
      return nn.add(
        x,
        new nn.Tensor(
          new Float64Array(x.size).map(() => own.normal()),
          x.shape,
        ),
      );
    },
    namedParameters: () => [],
    setTraining(on: boolean) {
      training = on;
    },
    rngState: () => own.state(),
    restoreRng: (state: readonly number[]) => void own.restore(state),
  };
}

describe('noise is drawn anew for every batch', () => {
  it('by GaussianNoise in a plan, as on the tape', async () => {
    const model = noisy(new nn.GaussianNoise(0.5, { seed: 4 }));
    const twin = noisy(new nn.GaussianNoise(0.5, { seed: 4 }));
    const { epochs } = await trained(model, { engine: 'plan' });
    const { epochs: expected } = await trained(twin, { engine: 'eager' });
    expect(epochs.map(({ engine }) => engine)).toEqual(['plan', 'plan', 'plan']);
    epochs.forEach(({ losses }, i) => {
      expect(losses.total).toBeCloseTo(expected[i]!.losses.total!, 4);
    });
    expect((model as nn.Module).rngState!()).toEqual((twin as nn.Module).rngState!());
  });

  it('by a module of a user, on the tape', async () => {
    const noise = noiseByHand();
    const model = noisy(noise);
    const { epochs } = await trained(model);
    expect(epochs.map(({ engine }) => engine)).toEqual(['eager', 'eager', 'eager']);
    expect(noise.draws()).toBe(2 + 12);
    const twin = noisy(noiseByHand());
    await trained(twin, { engine: 'eager' });
    expect(nn.toSafetensors(model)).toEqual(nn.toSafetensors(twin));
    expect(() => nn.explainPlan(noisy(noiseByHand()), nn.tensor(rows.slice(0, 10)))).toThrow(
      /input 1 of add is a constant that is another in each run/,
    );
  });
});

describe('what changes with time or with the rows is not frozen', () => {
  /** Linear, then a number or a function that the test chooses, then Linear. */
  const changing = (between: (x: nn.Tensor) => nn.Tensor) =>
    new nn.Sequential(new nn.Linear(4, 6, { seed: 1 }), between, new nn.Linear(6, 4, { seed: 2 }));
  const heldOut = { points: rows.slice(0, 7) };

  /** Losses by epoch; `each` runs between the epochs, `step` before each of them within an epoch. */
  async function losses(
    make: () => { model: nn.Sequential; each?: (epoch: number) => void; step?: () => void },
    engine: nn.EngineChoice,
    options: Partial<nn.TrainOptions<nn.Tensor>> = {},
  ) {
    const { model, each, step } = make();
    const schedule = {
      name: 'spy',
      settings: {},
      factor: () => {
        step?.();
        return 1;
      },
    };
    const run = nn.train(model, { ...data, heldOut }, { epochs: 4, engine, batches: batches(), schedule, ...options });
    const epochs: nn.EpochRecord[] = [];
    for await (const epoch of run) {
      epochs.push(epoch);
      each?.(epoch.epoch);
    }
    return {
      epochs,
      engines: epochs.map((epoch) => epoch.engine),
      notes: epochs.flatMap(({ notes }) => notes),
      values: epochs.flatMap(({ losses, heldOut: held }) => [losses.total!, held!.total!]),
    };
  }

  async function alike(make: Parameters<typeof losses>[0], digits = 4) {
    const [auto, eager] = [await losses(make, 'auto'), await losses(make, 'eager')];
    auto.values.forEach((value, i) => {
      expect(value).toBeCloseTo(eager.values[i]!, digits);
    });
    return { ...auto, eager };
  }

  it('a number that changes between epochs: the model is planned anew, with a note', async () => {
    const make = () => {
      let scale = 1;
      return {
        model: changing((x) => nn.mul(x, scale)),
        each: (epoch: number) => {
          if (epoch % 2 === 0) scale *= 3;
        },
      };
    };
    const { engines, notes } = await alike(make);
    expect(engines).toEqual(['plan', 'plan', 'plan', 'plan']);
    expect(notes).toEqual([
      'from epoch 3 on the model is planned anew, since input 1 of mul is a constant that is another in each run',
    ]);
    expect((await losses(make, 'plan')).notes).toEqual(notes);
  });

  it('an attribute and an operation that change', async () => {
    const { engines, notes } = await alike(() => {
      let late = false;
      return {
        model: changing((x) => (late ? nn.tanh(x) : nn.relu(x))),
        each: () => {
          late = true;
        },
      };
    });
    expect(engines).toEqual(['plan', 'plan', 'plan', 'plan']);
    expect(notes).toEqual(['from epoch 2 on the model is planned anew, since relu became tanh']);
  });

  it('a number that changes within an epoch: the epoch is run again on the tape', async () => {
    const make = () => {
      let count = 0;
      return {
        model: changing((x) => nn.mul(x, 1 / (1 + Math.floor(count / 4)))),
        // As a schedule of the user would, between the steps; it is asked again for the steps that are run again.
        step: () => {
          count++;
        },
      };
    };
    const { engines, notes } = await losses(make, 'auto');
    expect(engines).toEqual(['eager', 'eager', 'eager', 'eager']);
    expect(notes).toEqual([
      'the tape runs, since input 1 of mul is a constant that is another in each run within epoch 1',
      MOVED_ON,
    ]);
    await expect(losses(make, 'plan')).rejects.toThrow(
      /engine 'plan' needs a model that can be planned, got one of which input 1 of mul .* within epoch 1/,
    );
  });

  it('a weight that is read as a number: the same weights as on the tape, to the last bit', async () => {
    const make = () => {
      const first = new nn.Linear(4, 6, { seed: 1 });
      return {
        model: new nn.Sequential(first, (x) => nn.mul(x, 1 + first.weight.data[0]!), new nn.Linear(6, 4, { seed: 2 })),
      };
    };
    const { engines, values, eager } = await alike(make, 12);
    expect(engines).toEqual(['eager', 'eager', 'eager', 'eager']);
    expect(values).toEqual(eager.values);
  });

  it('a branch on the rows that no batch takes on which plan and tape are compared', async () => {
    // Rows 10 to 19 are large, and never in a first or a last batch.
    const large = rows.map((row, i) => (i < 10 || i > 19 ? row : row.map((value) => value * 10)));
    const sampler = (): nn.Sampler => ({
      name: 'in order',
      settings: {},
      rows: 40,
      batchesPerEpoch: 4,
      rowsPerEpoch: 40,
      epoch: () => [0, 10, 20, 30].map((start) => Int32Array.from({ length: 10 }, (_, i) => start + i)),
    });
    const run = async (engine: nn.EngineChoice) => {
      const model = changing((x) => (Math.max(...x.data) > 9 ? nn.tanh(x) : nn.relu(x)));
      const record = await nn.train(model, { points: large }, { epochs: 2, engine, batches: sampler() });
      return { record, bytes: nn.toSafetensors(model) };
    };
    const [auto, eager] = [await run('auto'), await run('eager')];
    expect(auto.bytes).toEqual(eager.bytes);
    expect(auto.record.epochs[0]!.notes).toEqual([`the tape runs, since ${READS}`, MOVED_ON]);
  });

  it.each([
    ['from the first step on', 0.3],
    ['late in the first epoch', 0.42],
  ])('a weight that forward() holds below a bound, as PyTorch users clip a critic, %s', async (_, bound) => {
    const make = () => {
      const first = new nn.Linear(4, 6, { seed: 1 });
      const clipped = (x: nn.Tensor) => {
        first.weight.data.forEach((value, i, all) => {
          all[i] = Math.min(value, bound);
        });
        return x;
      };
      return { model: new nn.Sequential(clipped, first, new nn.Linear(6, 4, { seed: 2 })) };
    };
    const options = { optimizer: nn.adam({ learningRate: 0.02 }) };
    const [auto, eager] = [await losses(make, 'auto', options), await losses(make, 'eager', options)];
    expect(auto.values).toEqual(eager.values);
    expect(auto.notes[0]).toMatch(/^the tape runs, since its forward\(\) changes the weight '1.weight'/);
    expect(new Set(auto.engines)).toEqual(new Set(['eager']));
    await expect(losses(make, 'plan', options)).rejects.toThrow("its forward() changes the weight '1.weight'");
  });

  it('evaluation alone may change', async () => {
    const { engines, notes } = await alike(() => {
      let training = true;
      let shift = 0;
      const model = changing((x) => (training ? x : nn.add(x, shift)));
      const set = model.setTraining.bind(model);
      model.setTraining = (on) => {
        training = on;
        set(on);
      };
      return {
        model,
        each: () => {
          shift++;
        },
      };
    });
    expect(engines).toEqual(['plan', 'plan', 'plan', 'plan']);
    expect(notes.length).toBe(3);
  });

  it('batch normalisation by hand, whose state no one declares, is not planned', async () => {
    const make = () => {
      const mean = new Float64Array(6);
      let training = true;
      const model = changing((x) => {
        if (!training) return nn.sub(x, new nn.Tensor(mean.slice(), [6]));
        const now = nn.mean(x, { axis: 0 });
        for (let j = 0; j < 6; j++) mean[j]! += 0.1 * (now.data[j]! - mean[j]!);
        return nn.sub(x, now);
      });
      const set = model.setTraining.bind(model);
      model.setTraining = (on) => {
        training = on;
        set(on);
      };
      return { model };
    };
    // What tracing has added to that state, which it cannot put back, is forgotten after some epochs.
    const [auto, eager] = [await losses(make, 'auto', { epochs: 20 }), await losses(make, 'eager', { epochs: 20 })];
    expect(auto.values.at(-1)).toBeCloseTo(eager.values.at(-1)!, 2);
    expect(new Set(auto.engines)).toEqual(new Set(['eager']));
    expect(auto.notes).toEqual([`the tape runs, since ${READS}`, MOVED_ON]);
  });

  it('a count of the passes that evaluation shows is not planned', async () => {
    const make = () => {
      let passes = 0;
      let training = true;
      const model = changing((x) => {
        if (training) passes++;
        return training ? x : nn.mul(x, 1 / (1 + passes));
      });
      const set = model.setTraining.bind(model);
      model.setTraining = (on) => {
        training = on;
        set(on);
      };
      return { model };
    };
    expect((await losses(make, 'auto')).notes).toEqual([
      'the tape runs, since a pass in training changes what evaluation gives (input 1 of mul is a constant that is ' +
        'another in each run)',
      MOVED_ON,
    ]);
  });

  it('sizes, shapes and domains may be looked at, and numbers of a constant', async () => {
    const mask = nn.tensor([1, 0, 1, 1, 1, 1]);
    const model = changing((x) => {
      const kept = nn.mul(x, mask.data[1] === 0 ? mask : 1);
      return nn.div(nn.mul(kept, x.size / x.shape[0]!), nn.add(nn.square(x), 1));
    });
    const { epochs } = await trained(model);
    expect(epochs.map(({ engine }) => engine)).toEqual(['plan', 'plan', 'plan']);
  });

  it('a module that says that it cannot be planned', async () => {
    const shy = { forward: nn.relu, namedParameters: () => [], setTraining() {}, cannotPlan: () => 'it is shy' };
    const model = () => new nn.Sequential(new nn.Linear(4, 6), shy, new nn.Linear(6, 4));
    const { epochs } = await nn.train(model(), data, { epochs: 2 });
    expect(epochs.map(({ engine, notes }) => [engine, notes])).toEqual([
      ['eager', ['the tape runs, since it is shy']],
      ['eager', []],
    ]);
    expect(() => nn.explainPlan(model(), nn.tensor(rows))).toThrow(/one of which it is shy/);
  });

  it('is known before the first step: the schedule is asked once for each', async () => {
    const shy = { forward: nn.relu, namedParameters: () => [], setTraining() {}, cannotPlan: () => 'it is shy' };
    const model = new nn.Sequential(new nn.Linear(4, 6), shy, new nn.Linear(6, 4));
    const asked: number[] = [];
    const constant = nn.constantRate();
    const schedule = { ...constant, factor: (t: number) => asked.push(t) && constant.factor(t) };
    await nn.train(model, data, { epochs: 1, batches: batches(), schedule, scheduleUnit: 'step' }).finish();
    expect(asked).toEqual([0, 1, 2, 3]);
  });
});

describe("'auto' trains wherever the tape does", () => {
  const autoencoder = () =>
    new nn.Sequential(new nn.Linear(4, 6, { seed: 1 }), nn.relu, new nn.Linear(6, 4, { seed: 2 }));

  /** A term that breaks the plan from the given call on. */
  async function broken(engine: nn.EngineChoice, penalty: (model: nn.Sequential, call: number) => nn.Tensor) {
    const model = autoencoder();
    let calls = 0;
    const term: nn.Objective = { name: 'own', weight: 0.1, loss: () => ({ loss: penalty(model, calls++) }) };
    const other: nn.Objective<nn.Tensor> = {
      name: 'size',
      weight: 0.1,
      loss: (output) => ({ loss: nn.mean(nn.square(output)) }),
    };
    const objective = [nn.reconstructionLoss(), other, term] as nn.Objective<nn.Tensor>[];
    const optimizer = nn.adam({ learningRate: 0.01 });
    const record = await nn.train(model, data, { epochs: 4, engine, batches: batches(), objective, optimizer });
    return { record, bytes: nn.toSafetensors(model) };
  }

  it('a term that reads a weight is named', async () => {
    const { record } = await broken('auto', (model) => nn.mean(nn.square(model.namedParameters()[0]![1])));
    expect(record.epochs[0]!.notes).toEqual(["the tape runs, since the term 'own' reads a weight"]);
    await expect(broken('plan', (model) => nn.mean(nn.square(model.namedParameters()[0]![1])))).rejects.toThrow(
      /got 'own' that reads a weight; use engine 'auto'/,
    );
  });

  it('a plan that fails in the middle of a run goes over with weights, moments and masks', async () => {
    const make = () =>
      new nn.Sequential(
        new nn.Linear(4, 6, { seed: 1 }),
        new nn.Dropout(0.3, { seed: 3 }),
        new nn.Linear(6, 4, { seed: 2 }),
      );
    const run = async (failsAt: { epoch: number; call: number } | null, resume?: Uint8Array) => {
      const model = make();
      const kept: Uint8Array[] = [];
      let epoch = resume === undefined ? 1 : 3;
      let call = 0;
      const term: nn.Objective<nn.Tensor> = {
        name: 'own',
        weight: 0.1,
        loss(output) {
          const fails = failsAt?.epoch === epoch && ++call >= failsAt.call;
          const zero = nn.mul(nn.mean(model.namedParameters()[0]![1]), 0);
          return { loss: nn.mean(nn.square(fails ? nn.add(output, zero) : output)) };
        },
      };
      const training = nn.train(model, data, {
        epochs: 3,
        batches: batches(),
        objective: [nn.reconstructionLoss(), term] as nn.Objective<nn.Tensor>[],
        onCheckpoint: (bytes) => void kept.push(bytes),
        resume,
      });
      for await (const record of training) epoch = record.epoch + 1;
      return { model, kept, record: training.record() };
    };
    const whole = await run({ epoch: 3, call: 3 });
    expect(whole.record.epochs.map(({ engine }) => engine)).toEqual(['plan', 'plan', 'eager']);
    expect(whole.record.epochs[2]!.notes).toEqual(["the tape runs, since the term 'own' reads a weight"]);
    // The third epoch alone, on the tape from its first batch on, from what the second one left.
    const resumed = await run({ epoch: 3, call: 1 }, whole.kept[1]!);
    expect(resumed.record.epochs[2]!.engine).toBe('eager');
    expect(nn.toSafetensors(resumed.model, { dtype: 'F64' })).toEqual(nn.toSafetensors(whole.model, { dtype: 'F64' }));
    expect((await run(null)).record.epochs[2]!.engine).toBe('plan');
  });

  it('values that float32 cannot hold', async () => {
    const run = (engine: nn.EngineChoice) => {
      const big = { points: rows.map((row) => row.map((value) => value * 1e30)) };
      return nn.train(autoencoder(), big, { epochs: 2, engine, batches: batches() });
    };
    const auto = await run('auto');
    const eager = await run('eager');
    expect(auto.epochs.map(({ losses }) => losses)).toEqual(eager.epochs.map(({ losses }) => losses));
    expect(auto.epochs[0]!.notes[0]).toMatch(/^the tape runs, since its plan failed: /);
    await expect(run('plan')).rejects.toThrow(nn.DivergenceError);
  });
});

describe('a run that went over to the tape is resumed on it', () => {
  it('with the same bits as without the interruption', async () => {
    const run = async (epochs: number, resume?: Uint8Array) => {
      const model = new nn.Sequential(new nn.Linear(4, 6, { seed: 1 }), new nn.Linear(6, 4, { seed: 2 }));
      const kept: Uint8Array[] = [];
      let epoch = resume === undefined ? 1 : 3;
      const penalty: nn.Objective<nn.Tensor> = {
        name: 'own',
        weight: 0.1,
        // In the second epoch alone it reads a weight.
        loss: (output) => ({
          loss: nn.mean(nn.square(epoch === 2 ? nn.add(output, nn.mean(model.namedParameters()[0]![1])) : output)),
        }),
      };
      const training = nn.train(model, data, {
        epochs,
        batches: batches(),
        objective: [nn.reconstructionLoss() as nn.Objective<nn.Tensor>, penalty],
        onCheckpoint: (bytes) => void kept.push(bytes),
        resume,
      });
      for await (const record of training) epoch = record.epoch + 1;
      return { kept, record: training.record(), bytes: nn.toSafetensors(model, { dtype: 'F64' }) };
    };
    const whole = await run(4);
    expect(whole.record.epochs.map(({ engine }) => engine)).toEqual(['plan', 'eager', 'eager', 'eager']);
    const resumed = await run(4, whole.kept[1]!);
    expect(resumed.bytes).toEqual(whole.bytes);
    expect(resumed.record.epochs[2]!.notes).toEqual([
      'the tape runs, as at the end of the run that wrote the checkpoint',
    ]);
  });
});
