import { describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';

const points = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(2 * i), i / 6]);
const model = () => new nn.Sequential(new nn.Linear(3, 4, { seed: 1 }), nn.tanh, new nn.Linear(4, 3, { seed: 2 }));
/** The first rows, then the last ones. */
const halves: nn.Sampler = {
  ...nn.shuffledBatches(12, { batchSize: 6 }),
  epoch: () => [Int32Array.of(0, 1, 2, 3, 4, 5), Int32Array.of(6, 7, 8, 9, 10, 11)],
};
const batches = nn.shuffledBatches(12, { batchSize: 4 });

async function drain(run: nn.TrainingRun): Promise<nn.TrainingRecord> {
  for await (const _ of run);
  return run.record();
}

describe.each(['plan', 'eager'] as const)('steps: %s', (engine) => {
  const options = { epochs: 2, engine, batches };

  it('onStep sees each step, and the record sums them up', async () => {
    const steps: nn.StepRecord[] = [];
    const loose: number[] = [];
    await drain(
      nn.train(model(), { points }, { ...options, onStep: ({ gradientNorm }) => void loose.push(gradientNorm) }),
    );
    const clipNorm = loose.sort((a, b) => a - b)[3]!;
    const schedule = nn.exponentialDecay({ gamma: 0.5 });
    const { epochs } = await drain(
      nn.train(model(), { points }, { ...options, schedule, clipNorm, onStep: (step) => void steps.push(step) }),
    );
    expect(steps.map(({ step, epoch, batch }) => [step, epoch, batch])).toEqual(
      [0, 1, 2, 3, 4, 5].map((i) => [i + 1, Math.floor(i / 3) + 1, i % 3]),
    );
    expect(steps.map(({ learningRate }) => learningRate)).toEqual([1, 1, 1, 0.5, 0.5, 0.5].map((f) => 0.001 * f));
    for (const { losses, gradientNorm, clipped } of steps) {
      expect(losses.byName).toEqual({ reconstruction: losses.total });
      expect(clipped).toBe(gradientNorm + 1e-6 > clipNorm);
    }
    epochs.forEach(({ updates, losses }, e) => {
      const own = steps.slice(3 * e, 3 * e + 3);
      const norms = own.map(({ gradientNorm }) => gradientNorm);
      expect(updates).toMatchObject({ steps: 3, skippedShare: 0, nonFiniteBatches: 0 });
      expect(updates!.gradientNorm!.max).toBe(Math.max(...norms));
      expect(updates!.gradientNorm!.mean).toBeCloseTo((norms[0]! + norms[1]! + norms[2]!) / 3, 12);
      expect(updates!.clippedShare).toBeCloseTo(own.filter(({ clipped }) => clipped).length / 3, 12);
      expect(losses.total).toBeCloseTo((own[0]!.losses.total! + own[1]!.losses.total! + own[2]!.losses.total!) / 3, 12);
    });
    const some = steps.filter(({ clipped }) => clipped).length;
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(6);
  });

  it('without a limit no share is clipped; a batch without a positive pair is a skipped one', async () => {
    const labels = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const objective = [
      { ...nn.contrastiveLoss(), loss: (z: unknown, { labels: l }: nn.Batch) => nn.supCon(z as nn.Tensor, l!) },
    ];
    const { epochs } = await drain(
      nn.train(model(), { points, labels }, { ...options, objective, epochs: 1, batches: halves }),
    );
    expect(epochs[0]!.updates).toMatchObject({ clippedShare: null, steps: 1, skippedShare: 0.5 });
  });

  it('in onStep the model holds the weights of the step, and what is written into them counts', async () => {
    const trained = async (onStep?: (weight: Float64Array) => void) => {
      const made = model();
      const weight = made.namedParameters()[0]![1].data;
      const seen: number[] = [];
      const watch = () => {
        seen.push(weight[0]!);
        onStep?.(weight);
      };
      await nn.train(made, { points }, { ...options, onStep: onStep === undefined ? undefined : watch });
      return { seen, last: [...weight] };
    };
    const plain = await trained();
    const watched = await trained(() => {});
    expect(new Set(watched.seen).size).toBe(6);
    expect(watched.seen.at(-1)).toBe(watched.last[0]);
    expect(watched.last).toEqual(plain.last);
    const pruned = await trained((weight) => weight.fill(0, 0, 3));
    expect(pruned.last.slice(0, 3)).toEqual([0, 0, 0]);
    // A step of Adam from 0 in each but the first.
    for (const value of pruned.seen.slice(1)) expect(Math.abs(value)).toBeLessThan(0.01);
  });

  it('what onStep throws surfaces unchanged', async () => {
    const mine = new RangeError('mine');
    const run = nn.train(
      model(),
      { points },
      {
        ...options,
        onStep({ step }) {
          if (step === 2) throw mine;
        },
      },
    );
    await expect(run.next()).rejects.toBe(mine);
  });

  it('targets and the split of a batch reach the terms', async () => {
    const seen = new Set<string>();
    const targets = points.map((row, i) => [i, row[0]!]);
    const term: nn.Objective<nn.Tensor> = {
      name: 'aim',
      weight: 1,
      loss(output, batch) {
        seen.add(`${batch.split} ${batch.targets!.shape.join('x')}`);
        const all = batch.split === 'training' ? targets : targets.slice(0, 5);
        for (const [b, row] of [...batch.rows].entries()) {
          expect([...batch.targets!.data.subarray(2 * b, 2 * b + 2)]).toEqual(all[row]);
        }
        return nn.mse(nn.slice(output, { axis: 1, end: 2 }), batch.targets!);
      },
    };
    const heldOut = { points: points.slice(0, 5), targets: targets.slice(0, 5) };
    await drain(nn.train(model(), { points, targets, heldOut }, { ...options, objective: [term] }));
    expect([...seen].sort()).toEqual(['heldOut 1x2', 'heldOut 4x2', 'training 4x2']);
  });
});

describe('targets', () => {
  const start = (data: unknown) => () => nn.train(model(), data as nn.TrainingData, { epochs: 1, batches });
  it('a list of numbers is one column', async () => {
    const term: nn.Objective<nn.Tensor> = {
      name: 'aim',
      weight: 1,
      loss: (output, { targets }) => nn.mse(nn.slice(output, { axis: 1, end: 1 }), targets!),
    };
    const targets = Float64Array.from(points, (_, i) => i);
    const { epochs } = await drain(nn.train(model(), { points, targets }, { epochs: 1, batches, objective: [term] }));
    expect(epochs[0]!.losses.byName.aim).toBeGreaterThan(1);
  });

  it.each([
    [{ points, targets: [1, 2] }, /12 rows and 2 of targets/],
    [{ points, targets: points.map(() => 'a') }, /must be numbers, got "a"; give classes as labels/],
    [{ points, targets: points, heldOut: { points } }, /have \(3 columns\), got none/],
    [{ points, heldOut: { points, targets: points } }, /have \(none\), got 3 columns/],
    [{ points, targets: points.map(() => [Number.NaN]) }, /NaN/],
  ])('refuses %#', (data, message) => {
    expect(start(data)).toThrow(message);
  });

  it('others do not resume a checkpoint', async () => {
    let kept: Uint8Array | undefined;
    const targets = points.map((_, i) => i);
    await drain(
      nn.train(
        model(),
        { points, targets },
        {
          epochs: 1,
          batches,
          onCheckpoint: (bytes) => {
            kept = bytes;
          },
        },
      ),
    );
    const resumed = (aims: number[]) =>
      nn.train(model(), { points, targets: aims }, { epochs: 2, batches, resume: kept! });
    expect(() => resumed(targets)).not.toThrow();
    expect(() => resumed(targets.map((t) => t + 1))).toThrow(expect.objectContaining({ code: 'checkpoint-mismatch' }));
  });
});

describe('nonFinite', () => {
  /** A loss that overflows on batches with row 3. */
  const term: nn.Objective<nn.Tensor> = {
    name: 'steep',
    weight: 1,
    loss(output, { rows }) {
      return { loss: nn.mean(nn.exp(rows.includes(3) ? nn.mul(nn.square(output), 1e9) : output)) };
    },
  };

  it.each(['plan', 'eager'] as const)('skip leaves such batches out and counts them: %s', async (engine) => {
    const steps: number[] = [];
    const options = { epochs: 2, engine, batches, objective: [term] };
    await expect(nn.train(model(), { points }, options).next()).rejects.toThrow(nn.DivergenceError);
    const run = nn.train(
      model(),
      { points },
      { ...options, nonFinite: 'skip', onStep: ({ batch }) => void steps.push(batch) },
    );
    const { epochs, nonFinite } = await drain(run);
    expect(nonFinite).toBe('skip');
    expect(steps.length).toBe(4);
    for (const { updates } of epochs) {
      expect(updates).toMatchObject({ steps: 2, nonFiniteBatches: 1 });
      expect(updates!.skippedShare).toBeCloseTo(1 / 3, 12);
    }
  });

  it('a plan stays where the tape finds no finite number either, and else goes', async () => {
    const run = async (loss: nn.Objective<nn.Tensor>['loss'], engine: nn.EngineChoice) => {
      const made = new nn.Sequential(new nn.Dropout(0.3, { seed: 4 }), model());
      const objective = [{ name: 'own', weight: 1, loss }];
      const { epochs } = await nn.train(made, { points }, { epochs: 2, engine, batches, objective, nonFinite: 'skip' });
      const weights = made.namedParameters().flatMap(([, { data }]) => [...data]);
      return { epochs, engines: epochs.map((epoch) => epoch.engine), weights, rng: made.rngState() };
    };
    const [auto, plan, eager] = [
      await run(term.loss, 'auto'),
      await run(term.loss, 'plan'),
      await run(term.loss, 'eager'),
    ];
    expect(auto.engines).toEqual(['plan', 'plan']);
    expect(auto.epochs.map(({ updates }) => updates!.nonFiniteBatches)).toEqual([1, 1]);
    expect(auto.weights).toEqual(plan.weights);
    expect(auto.rng).toEqual(eager.rng);
    auto.weights.forEach((value, p) => {
      expect(value).toBeCloseTo(eager.weights[p]!, 4);
    });
    // Beyond float32, within float64.
    const large: nn.Objective<nn.Tensor>['loss'] = (output) => ({ loss: nn.mean(nn.mul(nn.square(output), 1e60)) });
    expect((await run(large, 'auto')).weights).toEqual((await run(large, 'eager')).weights);
    expect((await run(large, 'auto')).engines).toEqual(['eager', 'eager']);
  });

  it('an epoch of such batches only stops', async () => {
    const options = { epochs: 1, engine: 'eager', objective: [term], nonFinite: 'skip' } as const;
    const run = nn.train(model(), { points }, { ...options, batches: nn.shuffledBatches(12, { batchSize: 12 }) });
    await expect(run.next()).rejects.toThrow(nn.DivergenceError);
  });
});

describe('terms and steps that are looked at again', () => {
  it('a step that takes the place of one of a plan says so', async () => {
    let done = 0;
    const scaled = new nn.Sequential(
      new nn.Linear(3, 4, { seed: 1 }),
      (x) => nn.mul(x, done < 2 ? 1 : 2),
      new nn.Linear(4, 3),
    );
    const steps: [number, boolean][] = [];
    await nn.train(
      scaled,
      { points },
      {
        epochs: 1,
        batches,
        onStep({ step, again }) {
          done++;
          steps.push([step, again]);
        },
      },
    );
    expect(steps).toEqual([
      [1, false],
      [2, false],
      [1, true],
      [2, true],
      [3, false],
    ]);
  });

  it.each([-1, Number.NaN, '1'])('a weight that becomes %s is refused', async (bad) => {
    let weight: unknown = 1;
    const annealed = {
      ...nn.reconstructionLoss(),
      get weight() {
        return weight as number;
      },
    };
    const own: nn.Objective = { name: 'own', weight: 1, loss: (y) => ({ loss: nn.mean(nn.square(y as nn.Tensor)) }) };
    const run = nn.train(model(), { points }, { epochs: 3, batches, objective: [annealed, own] });
    await run.next();
    weight = bad;
    await expect(run.next()).rejects.toThrow(/train: weight of "reconstruction" must be a finite number >= 0, got/);
  });

  it('a loss of several elements is refused by name', async () => {
    const objective: nn.Objective[] = [{ name: 'own', weight: 1, loss: (y) => ({ loss: nn.square(y as nn.Tensor) }) }];
    await expect(nn.train(model(), { points }, { epochs: 1, batches, objective }).finish()).rejects.toThrow(
      "train: loss 'own': loss must have one element, got shape [4, 3]; reduce it with sum or mean",
    );
  });
});

describe('noDecay', () => {
  const optimizer = nn.adamW({ weightDecay: 0.5 });

  it('is compared on resume, entry by entry', async () => {
    let kept: Uint8Array | undefined;
    const onCheckpoint = (bytes: Uint8Array) => {
      kept = bytes;
    };
    await nn.train(model(), { points }, { epochs: 1, optimizer, noDecay: ['bias'], onCheckpoint });
    expect(() => nn.train(model(), { points }, { epochs: 2, optimizer, resume: kept! })).toThrow(
      'entry 0 of the noDecay 0.bias where this run has none',
    );
  });
  const start =
    (noDecay: unknown, by: nn.Optimizer = optimizer) =>
    () =>
      nn.train(model(), { points }, { epochs: 1, batches, optimizer: by, noDecay: noDecay as nn.ParameterChoice });

  it('takes a function of name and parameter', async () => {
    const run = start((_name: string, { shape }: nn.Tensor) => shape.length === 1)();
    await drain(run);
    expect(run.record().noDecay).toEqual(['0.bias', '2.bias']);
  });

  it.each([
    [['norm'], optimizer, 'unknown-name', /got norm for 0\.weight, 0\.bias/],
    ['bias', optimizer, 'wrong-type', /array of strings/],
    [['bias'], nn.adam(), 'wrong-type', /weightDecay > 0, got adam with weightDecay 0/],
    [['bias'], { ...optimizer, name: 'mine' }, 'wrong-type', /needs adam, adamW or sgd/],
  ])('refuses %#', (choice, by, code, message) => {
    expect(start(choice, by)).toThrow(message);
    expect(start(choice, by)).toThrow(expect.objectContaining({ code }));
  });
});
