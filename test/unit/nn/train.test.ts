import { afterEach, describe, expect, it, vi } from 'vitest';
import { dataset } from '../../../src/data/dataset.js';
import {
  adam,
  adamW,
  balancedBatches,
  contrastiveLoss,
  cosineDecay,
  type EpochRecord,
  gradients,
  Linear,
  linearWarmup,
  mse,
  mul,
  type Objective,
  Rng,
  reconstructionLoss,
  residualAutoencoder,
  sgd,
  shuffledBatches,
  sum,
  supCon,
  type Tensor,
  type TrainingData,
  type TrainingRun,
  type TrainOptions,
  tensor,
  toSafetensors,
  train,
} from '../../../src/nn/index.js';
import { afterTurns, clockWithStep } from '../../support/clock.js';

afterEach(() => vi.restoreAllMocks());

const CLASSES = 4;
const COLUMNS = 6;

/** Noisy rows around four centres, in the order of their classes 0 1 2 3 0 1 2 3. */
function corpus(n: number, seed = 1): { points: number[][]; labels: string[] } {
  const rng = new Rng(7);
  const centers = Array.from({ length: CLASSES }, () => Array.from({ length: COLUMNS }, () => 2 * rng.normal()));
  const noise = new Rng(seed);
  const points = Array.from({ length: n }, (_, i) =>
    centers[i % CLASSES]!.map((value) => value + 0.5 * noise.normal()),
  );
  return { points, labels: points.map((_, i) => `class ${i % CLASSES}`) };
}

const training = corpus(40);
const heldOut = corpus(12, 2);

const autoencoder = (seed = 0, dropout = 0.2) =>
  residualAutoencoder({ inputSize: COLUMNS, hiddenSizes: [8], latentSize: 4, projectionSize: 5, dropout, seed });
type Model = ReturnType<typeof autoencoder>;

/** The plan computes in float32. */
const ENGINES = ['eager', 'plan'] as const;

const objective = () => [reconstructionLoss(), contrastiveLoss({ on: 'latent', weight: 0.5 })];

async function finish(run: TrainingRun): Promise<EpochRecord[]> {
  const epochs: EpochRecord[] = [];
  for await (const epoch of run) epochs.push(epoch);
  return epochs;
}

const untimed = (epochs: readonly EpochRecord[]) => epochs.map((epoch) => ({ ...epoch, milliseconds: null }));
const bytesOf = (model: Pick<Model, 'namedParameters'>) => toSafetensors(model, { dtype: 'F64' });

/** One weight w, output w x: small enough to compute by hand. */
function scalarModel(start: number) {
  const weight = tensor([[start]], { requiresGrad: true });
  const modes: boolean[] = [];
  return {
    weight,
    modes,
    forward: (x: Tensor) => mul(x, weight),
    namedParameters: () => [['weight', weight] as const],
    setTraining: (on: boolean) => void modes.push(on),
  };
}

describe('train', () => {
  it('takes the steps of gradient descent, worked out by hand', async () => {
    // Loss (w x - x)^2 over x = 1 and 3, one batch: gradient 2 (w - 1) mean(x^2) = 10 (w - 1).
    const model = scalarModel(2);
    const options = { epochs: 2, optimizer: sgd({ learningRate: 0.01 }), batches: shuffledBatches(2) };
    const [first, second] = await finish(train(model, { points: [[1], [3]] }, options));
    expect(first!.losses.total).toBeCloseTo(5, 12);
    expect(second!.losses.total).toBeCloseTo(5 * 0.9 ** 2, 12);
    expect(model.weight.item()).toBeCloseTo(1 + 0.9 ** 2, 12);
    expect(first).toMatchObject({ epoch: 1, learningRate: 0.01, heldOut: null, anchors: null, skippedBatches: 0 });
    expect(first!.gradient!.norms.reconstruction).toBeCloseTo(10, 12);
  });

  it('records how long an epoch took', async () => {
    clockWithStep(7);
    const options = { epochs: 2, batches: shuffledBatches(2) };
    const epochs = await finish(train(scalarModel(2), { points: [[1], [3]] }, options));
    for (const { milliseconds } of epochs) {
      expect(milliseconds).toBeGreaterThan(0);
      expect(milliseconds! % 7).toBe(0);
    }
  });

  it('clips the gradient to clipNorm', async () => {
    const model = scalarModel(2);
    const options = { epochs: 1, optimizer: sgd({ learningRate: 1 }), clipNorm: 0.25 };
    await finish(train(model, { points: [[1], [3]] }, options));
    expect(model.weight.item()).toBeCloseTo(1.75, 6);
  });

  it.each(['epoch', 'step'] as const)('counts the schedule in units of one %s', async (scheduleUnit) => {
    const schedule = linearWarmup({ length: 4, startFactor: 0.2 });
    const options = { epochs: 3, schedule, scheduleUnit, batches: shuffledBatches(40, { batchSize: 20 }) };
    const epochs = await finish(train(autoencoder(), training, options));
    // Two steps an epoch; the last step of epoch e is number 2 e - 1.
    const times = scheduleUnit === 'epoch' ? [0, 1, 2] : [1, 3, 4];
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual(times.map((t) => 0.001 * schedule.factor(t)));
  });

  it('averages over rows and not over batches', async () => {
    const model = scalarModel(2);
    // A learning rate too small to move: losses 1, 4 and 25 for x = 1, 2, 5 in batches of 2 and 1.
    const options = {
      epochs: 1,
      optimizer: sgd({ learningRate: 1e-18 }),
      batches: shuffledBatches(3, { batchSize: 2 }),
    };
    const [epoch] = await finish(train(model, { points: [[1], [2], [5]] }, options));
    expect(epoch!.losses.total).toBeCloseTo(10, 10);
    expect(epoch!.losses.byName.reconstruction).toBeCloseTo(10, 10);
  });

  it('reports terms without their weights, the total with them, and bounds', async () => {
    const batches = balancedBatches(training.labels, { classes: 4, samples: 5 });
    const [epoch] = await finish(train(autoencoder(), training, { epochs: 1, objective: objective(), batches }));
    const { total, byName, bounds } = epoch!.losses;
    expect(total).toBeCloseTo(byName.reconstruction! + 0.5 * byName.contrastive!, 10);
    expect(bounds.contrastive!.floor).toBeCloseTo(Math.log(4), 10);
    expect(bounds.contrastive!.ceiling).toBeCloseTo(Math.log(19), 10);
    expect(epoch!.anchors).toEqual({ valid: 40, skipped: 0 });
  });

  it.each(ENGINES)('counts by class what its anchors found in their batches, over all epochs, %s', async (engine) => {
    // Batches of five and three rows.
    const labels = ['a', 7, 'a', true, 7, 'a', 'a', 7];
    const points = training.points.slice(0, labels.length);
    const batches = shuffledBatches(labels, { batchSize: 5, seed: 5 });
    const run = train(autoencoder(), { points, labels }, { epochs: 4, objective: objective(), batches, engine });
    const epochs = await finish(run);
    const expected = [7, true, 'a'].map((label) => {
      const found = [0, 1, 2, 3].flatMap((e) =>
        batches.epoch(e).flatMap((batch) => {
          const own = batch.filter((i) => labels[i] === label);
          return Array.from(own, () => own.length - 1);
        }),
      );
      const sum = found.reduce((all, of) => all + of, 0);
      return { label, anchors: found.length, withPositive: found.filter((of) => of > 0).length, positives: sum };
    });
    const record = run.record();
    expect(record.positives).toEqual(expected);
    expect(expected[1]).toEqual({ label: true, anchors: 4, withPositive: 0, positives: 0 });
    expect(expected[2]!.positives).toBeGreaterThan(expected[2]!.withPositive);
    const valid = epochs.reduce((all, { anchors }) => all + anchors!.valid, 0);
    expect(record.positives!.reduce((all, of) => all + of.withPositive, 0)).toBe(valid);
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });

  it('counts no positives without labels, or where no term looks for them', async () => {
    for (const data of [{ points: training.points }, training]) {
      const run = train(autoencoder(), data, { epochs: 1 });
      await finish(run);
      expect(run.record().positives).toBeNull();
    }
  });

  it('leaves out batches without a positive pair, and counts their anchors', async () => {
    // Two rows of class a among singletons, two batches: the pair is in one of them.
    const labels = training.labels.map((_, i) => (i < 2 ? 'a' : `only ${i}`));
    const range = (start: number, end: number) => Int32Array.from({ length: end - start }, (_, i) => start + i);
    const options = {
      epochs: 2,
      objective: [contrastiveLoss()],
      batches: {
        ...shuffledBatches(40, { batchSize: 20 }),
        epoch: (at: number) =>
          at === 0 ? [range(20, 40), range(0, 20)] : [range(1, 21), Int32Array.of(0, ...range(21, 40))],
      },
      optimizer: sgd({ learningRate: 0.1 }),
    };
    const run = train(autoencoder(0, 0), { points: training.points, labels }, options);
    const { losses, skippedBatches, gradient, anchors } = (await run.next()).value as EpochRecord;
    expect(losses.byName.contrastive).toBeGreaterThan(0);
    expect(losses.total).toBeCloseTo(losses.byName.contrastive!, 12);
    expect([skippedBatches, anchors]).toEqual([1, { valid: 2, skipped: 38 }]);
    expect(gradient!.norms.contrastive).toBeGreaterThan(0);
    // In the second epoch the pair is torn apart.
    await expect(run.finish()).rejects.toThrow(
      "train: an epoch needs a term with a value, got none for 'contrastive' on the 2 batches of epoch 2; " +
        'choose batches with two rows of one class, such as balancedBatches',
    );
    expect(run.record().epochs.length).toBe(1);
  });

  it.each(ENGINES)(
    'probes the first batch with a positive pair, each term apart, on the shared parameters: %s',
    async (engine) => {
      const labels = training.labels.map((_, i) => (i < 2 ? 'a' : `only ${i}`));
      const batches = {
        ...shuffledBatches(40, { batchSize: 20 }),
        epoch: () => [Int32Array.of(5, 6, 7), Int32Array.of(8, 0, 1, 9), Int32Array.of(3, 4)],
      };
      const data = { points: training.points, labels };
      const slow = { optimizer: sgd({ learningRate: 1e-18 }), batches, epochs: 1, objective: objective(), engine };
      const model = autoencoder(0, 0);
      const [epoch] = await finish(train(model, data, slow));
      const digits = engine === 'plan' ? 5 : 10;
      const x = tensor([8, 0, 1, 9].map((i) => training.points[i]!));
      const { latent, reconstruction } = model.forward(x);
      const shared = model.sharedParameters().map(([, parameter]) => parameter);
      const flat = (loss: Tensor) => gradients(loss, shared).flatMap((part) => [...part]);
      const a = flat(mse(reconstruction, x).loss);
      const b = flat(supCon(latent, ['x', 'a', 'a', 'y']).loss);
      const dot = (u: number[], v: number[]) => u.reduce((total, value, p) => total + value * v[p]!, 0);
      expect(epoch!.gradient!.batch).toBe(1);
      expect(epoch!.gradient!.norms.reconstruction).toBeCloseTo(Math.sqrt(dot(a, a)), digits);
      expect(epoch!.gradient!.norms.contrastive).toBeCloseTo(Math.sqrt(dot(b, b)), digits);
      expect(epoch!.gradient!.cosines).toEqual([
        {
          between: ['reconstruction', 'contrastive'],
          cosine: expect.closeTo(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), digits),
        },
      ]);
    },
  );

  it('has no cosine where a term has no gradient', async () => {
    const still: Objective<Tensor> = { name: 'still', weight: 1, loss: (output) => ({ loss: sum(mul(output, 0)) }) };
    const options = { epochs: 1, objective: [still, reconstructionLoss()] };
    const [epoch] = await finish(train(scalarModel(2), { points: [[1], [3]] }, options));
    expect(epoch!.gradient!.norms).toEqual({ still: 0, reconstruction: expect.closeTo(10, 12) });
    expect(epoch!.gradient!.cosines).toEqual([{ between: ['still', 'reconstruction'], cosine: null }]);
  });

  it('a parameter that a batch does not touch has gradient 0, not that of the batch before', async () => {
    const [a, b] = [tensor([0], { requiresGrad: true }), tensor([0], { requiresGrad: true })];
    const model = {
      forward: () => ({ a, b }),
      namedParameters: () => [['a', a] as const, ['b', b] as const],
      setTraining: () => {},
    };
    const inTurn: Objective<{ a: Tensor; b: Tensor }> = {
      name: 'in turn',
      weight: 1,
      loss: (outputs, { rows }) => ({ loss: sum(rows[0] === 0 ? outputs.a : outputs.b) }),
    };
    const batches = { ...shuffledBatches(2), epoch: () => [Int32Array.of(0), Int32Array.of(1)] };
    const options = { epochs: 1, objective: [inTurn], batches, optimizer: sgd({ learningRate: 1 }) };
    await finish(train(model, { points: [[1], [1]] }, options));
    expect([a.item(), b.item()]).toEqual([-1, -1]);
  });

  it('is not changed by the probe, by evaluation, by checkpoints or by a signal', async () => {
    const plain = autoencoder();
    const watched = autoencoder();
    const options = { epochs: 3, objective: objective() };
    await finish(train(plain, training, { ...options, gradientProbe: false }));
    const more = { signal: new AbortController().signal, onCheckpoint: () => {} };
    await finish(train(watched, { ...training, heldOut }, { ...options, ...more }));
    expect(bytesOf(watched)).toEqual(bytesOf(plain));
  });

  it('gives the same bytes for the same seeds, others for others', async () => {
    const runs = [];
    for (const [modelSeed, seed] of [
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 1],
    ] as const) {
      const model = autoencoder(modelSeed);
      const epochs = await finish(train(model, { ...training, heldOut }, { epochs: 3, objective: objective(), seed }));
      runs.push(Buffer.concat([bytesOf(model), Buffer.from(JSON.stringify(untimed(epochs)))]).toString('hex'));
    }
    expect(runs[0]).toBe(runs[1]);
    expect(new Set(runs).size).toBe(3);
  });

  it.each(ENGINES)(
    'evaluates held-out rows without dropout, every evaluateEvery epochs, in evaluation mode afterwards: %s',
    async (engine) => {
      const model = autoencoder();
      const data = { ...training, heldOut };
      const heldOutBatches = shuffledBatches(12, { batchSize: 12 });
      const run = train(model, data, { epochs: 4, evaluateEvery: 2, heldOutBatches, engine });
      for await (const epoch of run) {
        expect(epoch.engine).toBe(engine);
        const x = tensor(heldOut.points);
        const expected = mse(model.forward(x).reconstruction, x).value;
        if (epoch.epoch % 2 === 0) expect(epoch.heldOut!.total).toBeCloseTo(expected, engine === 'plan' ? 5 : 12);
        else expect(epoch.heldOut).toBeNull();
      }
    },
  );

  it('keeps the best epoch and restores it', async () => {
    // A learning rate that grows until it overshoots: the best epoch lies in the middle.
    const schedule = { name: 'growing', settings: {}, factor: (t: number) => 1.6 ** t };
    const model = scalarModel(2);
    const run = train(
      model,
      { points: [[1], [3]], heldOut: { points: [[2]] } },
      { epochs: 12, optimizer: sgd({ learningRate: 0.01 }), schedule },
    );
    const weights: number[] = [];
    const epochs: EpochRecord[] = [];
    for await (const epoch of run) {
      weights.push(model.weight.item());
      epochs.push(epoch);
    }
    const losses = epochs.map((epoch) => epoch.heldOut!.total!);
    const at = losses.indexOf(Math.min(...losses));
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(11);
    expect(epochs.at(-1)!.best).toEqual({ epoch: at + 1, total: losses[at] });
    expect(run.restoreBest()).toEqual({ epoch: at + 1, total: losses[at] });
    expect(model.weight.item()).toBe(weights[at]);
  });

  it('draws epoch after epoch from the sampler, from 0', async () => {
    const drawn: number[] = [];
    const inner = shuffledBatches(40);
    const batches = {
      ...inner,
      epoch(epoch: number) {
        drawn.push(epoch);
        return inner.epoch(epoch);
      },
    };
    await finish(train(autoencoder(), training, { epochs: 3, batches }));
    expect(drawn).toEqual([0, 1, 2]);
  });

  it('restoreBest has an error when nothing was kept', async () => {
    const run = train(scalarModel(2), { points: [[1]] }, { epochs: 1, keepBest: 'off' });
    expect((await finish(run))[0]!.best).toBeNull();
    expect(() => run.restoreBest()).toThrow(/needs a best epoch, got keepBest 'off'/);
  });

  it('takes a dataset, labels in any form, and held-out labels that training never saw', async () => {
    const seen: (number[] | null)[] = [];
    const spy: Objective<Tensor> = {
      name: 'spy',
      weight: 1,
      loss: (output, { labels }) => {
        seen.push(labels === null ? null : [...labels]);
        return { loss: sum(output) };
      },
    };
    const options = {
      epochs: 1,
      objective: [spy],
      batches: { ...shuffledBatches(3), epoch: () => [Int32Array.of(0, 1, 2)] },
    };
    const model = () => new Linear(1, 1, { seed: 0 });
    await finish(train(model(), dataset([[1], [2], [3]], ['b', 'a', 'b']), options));
    expect(seen).toEqual([[1, 0, 1]]);
    seen.length = 0;
    const heldOutBatches = { ...shuffledBatches(3), epoch: () => [Int32Array.of(0, 1, 2)] };
    const data = { points: [[1], [2], [3]], labels: [5, 9, 5], heldOut: dataset([[1], [2], [3]], [9, 7, 5]) };
    await finish(train(model(), data, { ...options, heldOutBatches }));
    expect(seen).toEqual([
      [0, 1, 0],
      [1, 2, 0],
    ]);
  });

  it('record() is plain JSON and complete after a break', async () => {
    const run = train(autoencoder(), { ...training, heldOut }, { epochs: 5, objective: objective(), clipNorm: 1 });
    for await (const epoch of run) if (epoch.epoch === 2) break;
    const record = run.record();
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    expect(record).toMatchObject({ rows: 40, columns: 6, classes: 4, heldOutRows: 12, epochsAsked: 5, clipNorm: 1 });
    expect(record.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(record.objective).toEqual([
      { name: 'reconstruction', weight: 1, settings: {} },
      { name: 'contrastive', weight: 0.5, settings: { on: 'latent', temperature: 0.1 } },
    ]);
    expect(record.sampler).toMatchObject({ name: 'shuffledBatches', batchesPerEpoch: 3, rowsPerEpoch: 40 });
    expect(record.parameters).toBe(autoencoder().parameterCount);
    expect((await run.next()).done).toBe(true);
  });
});

describe('stopping', () => {
  it('an aborted signal rejects with its reason, within the epoch, and what is finished stays', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const model = scalarModel(2);
    let batch = 0;
    const stopping: Objective<Tensor> = {
      name: 'stopping',
      weight: 1,
      loss: (output, { points }) => {
        if (++batch === 6) controller.abort(reason);
        return mse(output, points);
      },
    };
    const batches = shuffledBatches(4, { batchSize: 1 });
    const options = { epochs: 9, objective: [stopping], batches, signal: controller.signal };
    const run = train(model, { points: [[1], [2], [3], [4]] }, options);
    await expect(finish(run)).rejects.toBe(reason);
    expect(batch).toBe(6);
    expect(run.record().epochs.length).toBe(1);
    expect(run.restoreBest().epoch).toBe(1);
    expect(model.modes.at(-1)).toBe(false);
    expect((await run.next()).done).toBe(true);
  });

  it('another event can abort a run that computes, as soon as it has held others up for 40 ms', async () => {
    for (const [step, least, most] of [
      [40, 0, 0],
      [10, 1, 3], // three batches with a look at the clock each, or fewer where it is looked at in between
    ] as const) {
      clockWithStep(step);
      const controller = new AbortController();
      setImmediate(() => controller.abort());
      let drawn = 0;
      const schedule = { name: 'counting', settings: {}, factor: () => ++drawn };
      const batches = shuffledBatches(4, { batchSize: 1 });
      const options = { epochs: 9, batches, schedule, signal: controller.signal };
      const run = train(scalarModel(2), { points: [[1], [2], [3], [4]] }, options);
      await expect(finish(run)).rejects.toMatchObject({ name: 'AbortError' });
      expect(drawn).toBeGreaterThanOrEqual(least);
      expect(drawn).toBeLessThanOrEqual(most);
      vi.restoreAllMocks();
    }
  });

  it('a signal that is aborted already stops before the first step', async () => {
    const model = scalarModel(2);
    const run = train(model, { points: [[1]] }, { epochs: 1, signal: AbortSignal.abort('no') });
    await expect(finish(run)).rejects.toBe('no');
    expect(model.weight.item()).toBe(2);
  });
});

describe('divergence', () => {
  const data: TrainingData = { points: [[1], [3]] };

  it('is an error with epoch, batch and loss; weights stay finite and records free of NaN', async () => {
    const model = scalarModel(2);
    const batches = shuffledBatches(2, { batchSize: 1 });
    const run = train(model, data, { epochs: 200, optimizer: sgd({ learningRate: 1e30 }), batches });
    const error = await finish(run).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'DivergenceError', code: 'diverged', loss: 'reconstruction' });
    const { epoch, batch, message } = error as { epoch: number; batch: number; message: string };
    expect(message).toContain(`in epoch ${epoch}, batch ${batch}`);
    expect(message).toContain(`loss 'reconstruction' must stay finite, got`);
    expect(run.record().epochs.length).toBe(epoch - 1);
    expect(Number.isFinite(model.weight.item())).toBe(true);
    expect(JSON.stringify(run.record())).not.toMatch(/"(total|reconstruction)":null/);
    expect(model.modes.at(-1)).toBe(false);
  });

  it.each([['a loss that is NaN', { data: [[Number.NaN]] }, /loss 'own' must stay finite, got NaN/, 'own']])(
    '%s',
    async (_title, { data: values }, message, loss) => {
      const own: Objective<Tensor> = {
        name: 'own',
        weight: 1,
        loss: (output) => {
          const made = sum(output);
          made.data[0] = values[0]![0]!;
          return { loss: made };
        },
      };
      const error = await finish(train(scalarModel(2), data, { epochs: 1, objective: [own] })).catch(
        (caught) => caught,
      );
      expect(error).toMatchObject({ name: 'DivergenceError', epoch: 1, batch: 0, loss });
      expect(error.message).toMatch(message);
    },
  );

  it('an update that overflows is refused', async () => {
    const model = scalarModel(2);
    const run = train(model, data, { epochs: 1, optimizer: sgd({ learningRate: Number.MAX_VALUE }) });
    await expect(finish(run)).rejects.toThrow(
      /the weights must stay finite, got -Infinity at element 0 of weight in epoch 1, batch 0/,
    );
    expect(model.weight.item()).toBe(2);
  });
});

describe('arguments', () => {
  const model = autoencoder();
  const bad =
    (data: unknown, options: unknown, on: unknown = model) =>
    () =>
      train(on as Model, data as TrainingData, options as TrainOptions);

  it.each([
    ['no epochs', bad(training, {}), 'wrong-type'],
    ['zero epochs', bad(training, { epochs: 0 }), 'out-of-range'],
    ['an unknown option', bad(training, { epochs: 1, batchSize: 16 }), 'unknown-option'],
    ['no model', bad(training, { epochs: 1 }, null), 'wrong-type'],
    ['a model without parameters', bad(training, { epochs: 1 }, { ...model, namedParameters: () => [] }), 'empty'],
    ['no data', bad(undefined, { epochs: 1 }), 'wrong-type'],
    ['unknown data', bad({ ...training, held: heldOut }, { epochs: 1 }), 'unknown-option'],
    [
      'labels beside a dataset',
      bad({ points: dataset(training.points, training.labels), labels: [] }, { epochs: 1 }),
      'wrong-type',
    ],
    ['too few labels', bad({ points: [[1], [2]], labels: ['a'] }, { epochs: 1 }), 'length-mismatch'],
    ['held-out columns', bad({ ...training, heldOut: { points: [[1]] } }, { epochs: 1 }), 'shape-mismatch'],
    ['NaN in points', bad({ points: [[Number.NaN]] }, { epochs: 1 }), 'not-finite'],
    [
      'a term that needs labels',
      bad({ points: training.points }, { epochs: 1, objective: objective() }),
      'missing-label',
    ],
    [
      'held-out rows without the labels that a term needs',
      bad({ ...training, heldOut: { points: heldOut.points } }, { epochs: 1, objective: objective() }),
      'missing-label',
    ],
    ['no terms', bad(training, { epochs: 1, objective: [] }), 'wrong-type'],
    ['a term without loss', bad(training, { epochs: 1, objective: [{ name: 'a', weight: 1 }] }), 'wrong-type'],
    [
      'two terms of one name',
      bad(training, { epochs: 1, objective: [reconstructionLoss(), reconstructionLoss()] }),
      'unknown-name',
    ],
    [
      'a negative weight',
      bad(training, { epochs: 1, objective: [{ ...reconstructionLoss(), weight: -1 }] }),
      'out-of-range',
    ],
    ['a sampler for other rows', bad(training, { epochs: 1, batches: shuffledBatches(39) }), 'length-mismatch'],
    ['no sampler', bad(training, { epochs: 1, batches: 16 }), 'wrong-type'],
    ['no optimiser', bad(training, { epochs: 1, optimizer: 'adam' }), 'wrong-type'],
    ['no schedule', bad(training, { epochs: 1, schedule: () => 1 }), 'wrong-type'],
    ['clipNorm 0', bad(training, { epochs: 1, clipNorm: 0 }), 'out-of-range'],
    ['keepBest without held-out rows', bad(training, { epochs: 1, keepBest: 'heldOut' }), 'empty'],
    ['an unknown keepBest', bad(training, { epochs: 1, keepBest: 'heldout' }), 'unknown-name'],
    ['held-out batches without rows', bad(training, { epochs: 1, heldOutBatches: shuffledBatches(4) }), 'empty'],
    ['no signal', bad(training, { epochs: 1, signal: true }), 'wrong-type'],
    ['no callback', bad(training, { epochs: 1, onCheckpoint: 'file' }), 'wrong-type'],
    ['a checkpoint that is no file', bad(training, { epochs: 1, resume: 'file' }), 'wrong-type'],
  ])('%s', (_title, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['an output that the model does not have', { objective: [contrastiveLoss({ on: 'embedding' })] }, 'unknown-name'],
    [
      'a sampler that leaves the rows',
      { batches: { ...shuffledBatches(40), epoch: () => [Int32Array.of(40)] } },
      'out-of-range',
    ],
    ['a sampler without batches', { batches: { ...shuffledBatches(40), epoch: () => [] } }, 'out-of-range'],
  ])('%s rejects', async (_title, options, code) => {
    await expect(finish(train(autoencoder(), training, { epochs: 1, ...options }))).rejects.toMatchObject({ code });
  });
});

describe('checkpoints', () => {
  const options = () => ({
    objective: [reconstructionLoss(), contrastiveLoss({ on: 'projection', weight: 0.5 })],
    batches: balancedBatches(training.labels, { classes: 4, samples: 4, seed: 3 }),
    optimizer: adamW({ learningRate: 0.01 }),
    schedule: cosineDecay({ length: 12 }),
    scheduleUnit: 'step' as const,
    clipNorm: 1,
  });
  const data = { ...training, heldOut };

  /** Checkpoints by epoch, and what the whole run came to. */
  async function uninterrupted(epochs: number) {
    const model = autoencoder();
    const checkpoints = new Map<number, Uint8Array>();
    const onCheckpoint = (bytes: Uint8Array, epoch: number) => void checkpoints.set(epoch, bytes);
    const run = train(model, data, { ...options(), epochs, onCheckpoint });
    const records = untimed(await finish(run));
    return { checkpoints, records, weights: bytesOf(model), model, run };
  }

  it.each([1, 3, 5])('a run resumed after epoch %i goes on bit for bit, dropout included', async (stop) => {
    const whole = await uninterrupted(6);
    const other = autoencoder(99);
    const checkpoints = new Map<number, Uint8Array>();
    const run = train(other, data, {
      ...options(),
      epochs: 6,
      resume: whole.checkpoints.get(stop)!,
      onCheckpoint: (bytes, epoch) => void checkpoints.set(epoch, bytes),
    });
    expect(untimed(await finish(run))).toEqual(whole.records.slice(stop));
    expect(bytesOf(other)).toEqual(whole.weights);
    expect(checkpoints.get(6)).toEqual(whole.checkpoints.get(6));
    expect(untimed(run.record().epochs)).toEqual(whole.records);
    expect(run.record().positives).toEqual(whole.run.record().positives);
    expect(run.restoreBest()).toEqual(whole.run.restoreBest());
    expect(bytesOf(other)).toEqual(bytesOf(whole.model));
  });

  it('a run stopped by break in the middle leaves a checkpoint to go on from', async () => {
    const whole = await uninterrupted(4);
    const saved: Uint8Array[] = [];
    const stopped = train(autoencoder(), data, {
      ...options(),
      epochs: 4,
      onCheckpoint: (bytes) => void saved.push(bytes),
    });
    for await (const { epoch } of stopped) if (epoch === 2) break;
    const half = stopped.record();
    const anchors = half.positives!.reduce((all, of) => all + of.anchors, 0);
    expect(anchors).toBe(2 * half.sampler.rowsPerEpoch);
    const model = autoencoder();
    await finish(train(model, data, { ...options(), epochs: 4, resume: saved.at(-1) }));
    expect(bytesOf(model)).toEqual(whole.weights);
  });

  it('carries the best epoch over, also when it is never beaten again', async () => {
    const schedule = { name: 'growing', settings: {}, factor: (t: number) => 1.6 ** t };
    const growing = { optimizer: sgd({ learningRate: 0.01 }), schedule, epochs: 12 };
    const rows = { points: [[1], [3]], heldOut: { points: [[2]] } };
    const checkpoints: Uint8Array[] = [];
    const whole = train(scalarModel(2), rows, { ...growing, onCheckpoint: (bytes) => void checkpoints.push(bytes) });
    await finish(whole);
    const { epoch } = whole.restoreBest();
    const model = scalarModel(0);
    const resumed = train(model, rows, { ...growing, resume: checkpoints[10]! });
    expect(epoch).toBeLessThan(11);
    expect(resumed.restoreBest()).toEqual(whole.restoreBest());
    const weight = model.weight.item();
    await finish(resumed);
    expect(resumed.restoreBest()).toEqual(whole.restoreBest());
    expect(model.weight.item()).toBe(weight);
  });

  it('epochs may grow: a finished run is resumed to more', async () => {
    const whole = await uninterrupted(5);
    const short = await uninterrupted(2);
    const model = autoencoder();
    await finish(train(model, data, { ...options(), epochs: 5, resume: short.checkpoints.get(2)! }));
    expect(bytesOf(model)).toEqual(whole.weights);
    expect(await finish(train(model, data, { ...options(), epochs: 2, resume: short.checkpoints.get(2)! }))).toEqual(
      [],
    );
    expect(bytesOf(model)).toEqual(short.weights);
  });

  it('comes every checkpointEvery epochs, and is awaited', async () => {
    const order: string[] = [];
    const onCheckpoint = async (_bytes: Uint8Array, epoch: number) => {
      await afterTurns(3);
      order.push(`checkpoint ${epoch}`);
    };
    const run = train(autoencoder(), data, { ...options(), epochs: 4, checkpointEvery: 2, onCheckpoint });
    for await (const { epoch } of run) order.push(`epoch ${epoch}`);
    expect(order).toEqual(['epoch 1', 'checkpoint 2', 'epoch 2', 'epoch 3', 'checkpoint 4', 'epoch 4']);
  });

  describe('that does not fit says what differs', () => {
    const other = (change: Partial<TrainOptions>, model = autoencoder(), rows: TrainingData = data) => ({
      change,
      model,
      rows,
    });
    const bigger = residualAutoencoder({ inputSize: COLUMNS, hiddenSizes: [8], latentSize: 5, projectionSize: 5 });
    it.each([
      ['optimizer', other({ optimizer: adam() }), /optimizer .*"adamW".* where this run has .*"adam"/],
      ['schedule', other({ scheduleUnit: 'epoch' }), /schedule .*"unit":"step".*"unit":"epoch"/],
      ['objective', other({ objective: [reconstructionLoss()] }), /objective /],
      ['batches', other({ batches: shuffledBatches(40) }), /batches .*"balancedBatches".*"shuffledBatches"/],
      ['clipNorm', other({ clipNorm: 2 }), /clipNorm 1 where this run has 2/],
      ['keepBest', other({ keepBest: 'training' }), /keepBest "heldOut" where this run has "training"/],
      [
        'dropout',
        other({}, autoencoder(0, 0.3)),
        /operation 3 of the model dropout\(\[16, 8\]\) {"rate":0.2} where this run has dropout\(\[16, 8\]\) {"rate":0.3}/,
      ],
      ['no dropout', other({}, autoencoder(0, 0)), /operation 3 of the model dropout\(.* where this run has linear\(/],
      ['seed', other({ seed: 1 }), /seed 0 where this run has 1/],
      ['evaluateEvery', other({ evaluateEvery: 2 }), /evaluateEvery 1 where this run has 2/],
      ['training rows', other({}, autoencoder(), { ...corpus(40, 5), heldOut }), /got rows "40 x 6, /],
      ['labels', other({}, autoencoder(), { ...data, labels: [...training.labels].reverse() }), /got rows "40 x 6, /],
      ['held-out rows', other({}, autoencoder(), { ...training, heldOut: corpus(12, 5) }), /got heldOut "12 x 6, /],
      ['two at once', other({ seed: 1, clipNorm: 2 }), /clipNorm 1 .* and seed 0/],
      ['the model', other({}, bigger), /encoder\.linear1\.weight \[8, 8\] where this model has \[10, 8\]/],
    ])('%s', async (_title, { change, model, rows }, message) => {
      const { checkpoints } = await uninterrupted(1);
      const before = bytesOf(model);
      const call = () => train(model, rows, { ...options(), ...change, epochs: 2, resume: checkpoints.get(1)! });
      expect(call).toThrow(message);
      expect(call).toThrow(expect.objectContaining({ code: 'checkpoint-mismatch' }));
      expect(bytesOf(model)).toEqual(before);
    });

    it('the dropout streams of the model', async () => {
      const { checkpoints } = await uninterrupted(1);
      const model = { ...autoencoder(), rngState: () => [1, 2] };
      expect(() => train(model, data, { ...options(), epochs: 2, resume: checkpoints.get(1)! })).toThrow(
        /words of random state where this model has 2/,
      );
    });

    it.each([
      [
        'a checkpoint of the version before',
        (bytes: Uint8Array) => replaced(bytes, '"version":"3","sha256"', '"version":"2","sha257"'),
      ],
      ['a damaged file', (bytes: Uint8Array) => bytes.subarray(0, -8)],
      ['a file of weights', () => toSafetensors(autoencoder())],
      ['a version of the future', (bytes: Uint8Array) => replaced(bytes, '"version":"3"', '"version":"4"')],
      ['a progress that is no JSON', (bytes: Uint8Array) => replaced(bytes, '"progress":"{', '"progress":"[')],
      [
        'counts of positives under other names',
        (bytes: Uint8Array) => replaced(bytes, '{\\"anchors\\":[', '{\\"anchord\\":['),
      ],
      ['weights that are not finite', (bytes: Uint8Array) => bytes.slice().fill(0xff, bytes.length - 8)],
    ])('%s is malformed', async (_title, damage) => {
      const { checkpoints } = await uninterrupted(1);
      const resume = damage(checkpoints.get(1)!);
      expect(() => train(autoencoder(), data, { ...options(), epochs: 2, resume })).toThrow(
        expect.objectContaining({ code: 'malformed-file' }),
      );
    });
  });
});

function replaced(bytes: Uint8Array, text: string, by: string): Uint8Array {
  const at = Buffer.from(bytes).indexOf(text);
  expect(at).toBeGreaterThan(0);
  const copy = bytes.slice();
  copy.set(new TextEncoder().encode(by), at);
  return copy;
}

describe('the hash of a checkpoint', () => {
  it('a flipped byte anywhere is an error that says damaged', async () => {
    const kept: Uint8Array[] = [];
    const model = () => new Linear(2, 1, { seed: 3 });
    const options = {
      epochs: 1,
      objective: [{ name: 'size', weight: 1, loss: (output: Tensor) => ({ loss: sum(output) }) }],
    };
    const data = { points: [[1], [2]].map(([x]) => [x!, 1]) };
    await train(model(), data, { ...options, onCheckpoint: (bytes) => void kept.push(bytes) });
    const sound = kept[0]!;
    const resume = (bytes: Uint8Array) => train(model(), data, { ...options, epochs: 2, resume: bytes });
    expect(() => resume(sound)).not.toThrow();
    for (let at = 0; at < sound.length; at++) {
      for (const flip of [1, 0x20, 0x80]) {
        const bytes = sound.slice();
        bytes[at]! ^= flip;
        const message = expect.stringMatching(/^train: resume must be a checkpoint of train, .*damaged/);
        expect(() => resume(bytes), `byte ${at}`).toThrow(expect.objectContaining({ code: 'malformed-file', message }));
      }
    }
    for (const part of [
      sound.subarray(0, 0),
      sound.subarray(0, 100),
      sound.subarray(0, -1),
      Uint8Array.of(...sound, 0),
    ]) {
      expect(() => resume(part)).toThrow(
        /^train: resume must be a checkpoint of train, got a file that cannot be read/,
      );
    }
  });
});
