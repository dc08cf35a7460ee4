import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as nn from '../../src/nn/index.js';
import fixture from './fixtures/torch-batch-norm.json' with { type: 'json' };

const stored = readFileSync(new URL('./fixtures/torch-batch-norm.safetensors', import.meta.url));

/** Largest difference, relative to the largest of the expected values. */
function worst(actual: ArrayLike<number>, expected: unknown): number {
  const values = [expected].flat(2) as number[];
  expect(actual.length).toBe(values.length);
  const scale = Math.max(...values.map(Math.abs), 1e-3);
  return Math.max(...values.map((value, p) => Math.abs(actual[p]! - value) / scale));
}

type Named = Readonly<Record<string, unknown>>;
const entry = (record: object, name: string) => (record as Named)[name];

describe(`BatchNorm1d as PyTorch ${fixture.torch}`, () => {
  it.each(fixture.passes)('$name: passes, gradients and buffers', ({ width, options, start, steps }) => {
    const layer = new nn.BatchNorm1d(width, options);
    const parameters = layer.namedParameters();
    expect(parameters.map(([name]) => name)).toEqual(Object.keys(start));
    for (const [name, parameter] of parameters) parameter.data.set(entry(start, name) as number[]);
    for (const { training, x, seed, y, dx, gradients, buffers } of steps) {
      layer.setTraining(training);
      const input = nn.tensor(x, { requiresGrad: true });
      const output = layer.forward(input);
      expect(worst(output.data, y)).toBeLessThan(1e-12);
      const wanted = [input, ...parameters.map(([, parameter]) => parameter)];
      const [own, ...others] = nn.gradients(output, wanted, { seed: Float64Array.from(seed.flat()) });
      expect(worst(own!, dx)).toBeLessThan(1e-11);
      parameters.forEach(([name], i) => {
        expect(worst(others[i]!, entry(gradients, name))).toBeLessThan(1e-12);
      });
      expect(layer.namedBuffers().map(([name]) => name)).toEqual(Object.keys(buffers));
      for (const [name, buffer] of layer.namedBuffers()) {
        expect(worst(buffer.data, entry(buffers, name))).toBeLessThan(1e-13);
      }
    }
  });
});

describe('a network with batch normalisation, trained as by PyTorch', () => {
  const { run } = fixture;
  const model = () =>
    new nn.Sequential(new nn.Linear(4, 6), new nn.BatchNorm1d(6), nn.relu, new nn.Linear(6, 4)) as nn.Sequential;
  const begun = () => {
    const made = model();
    for (const [name, { data }] of [...made.namedParameters(), ...made.namedBuffers()])
      data.set([entry(run.start, name)].flat(2) as number[]);
    return made;
  };
  const inOrder: nn.Sampler = {
    name: 'in order',
    settings: {},
    rows: 15,
    batchesPerEpoch: 3,
    rowsPerEpoch: 15,
    epoch: () => [0, 5, 10].map((start) => Int32Array.from({ length: 5 }, (_, i) => start + i)),
  };
  const train = (made: nn.Sequential, options: Partial<nn.TrainOptions<nn.Tensor>>) =>
    nn.train(
      made,
      { points: run.points, heldOut: { points: run.heldOut } },
      {
        epochs: 4,
        batches: inOrder,
        heldOutBatches: nn.shuffledBatches(6, { batchSize: 6 }),
        optimizer: nn.sgd({ learningRate: 0.05, momentum: 0.9 }),
        ...options,
      },
    );

  it.each([
    ['eager', 1e-10],
    ['plan', 1e-4],
  ] as const)('by engine %s', async (engine, tolerance) => {
    const made = begun();
    const { epochs } = await train(made, { engine });
    expect(epochs.map((epoch) => epoch.engine)).toEqual(Array.from({ length: 4 }, () => engine));
    epochs.forEach(({ losses }, i) => {
      const three = run.losses.slice(3 * i, 3 * i + 3);
      expect(Math.abs(losses.total! / (three.reduce((a, b) => a + b) / 3) - 1)).toBeLessThan(tolerance);
    });
    expect(Math.abs(epochs[3]!.heldOut!.total! / run.heldOutLoss - 1)).toBeLessThan(tolerance);
    for (const [name, { data }] of [...made.namedParameters(), ...made.namedBuffers()])
      expect(worst(data, entry(run.end, name)), name).toBeLessThan(tolerance);
    expect(
      made
        .namedBuffers()
        .find(([name]) => name === '1.num_batches_tracked')![1]
        .item(),
    ).toBe(12);
  });

  it('reads the weights and buffers that PyTorch wrote, and writes them under the same names and types', () => {
    const made = model();
    nn.loadWeights(made, stored);
    for (const [name, { data }] of [...made.namedParameters(), ...made.namedBuffers()])
      expect(Array.from(data)).toEqual([entry(run.end, name)].flat(2));
    const { tensors } = nn.fromSafetensors(stored);
    const written = nn.fromSafetensors(nn.toSafetensors(made, { dtype: 'F64' })).tensors;
    expect([...written.keys()].sort()).toEqual([...tensors.keys()].sort());
    for (const [name, tensor] of written) expect(tensor).toEqual(tensors.get(name));
    expect(written.get('1.num_batches_tracked')).toEqual({ dtype: 'I64', shape: [], data: BigInt64Array.of(12n) });
    const short = nn.fromSafetensors(nn.toSafetensors(made)).tensors;
    expect(short.get('1.num_batches_tracked')!.dtype).toBe('I64');
    expect(short.get('1.running_mean')!.dtype).toBe('F32');
  });

  it('a file without the buffers is refused', () => {
    const { tensors } = nn.fromSafetensors(stored);
    const bare = [...tensors].filter(([name]) => !name.includes('running') && !name.includes('tracked'));
    const file = nn.toSafetensors(
      bare.map(([name, { data, shape }]) => [name, { data: Array.from(data, Number), shape }]),
    );
    expect(() => nn.loadWeights(model(), file)).toThrow(/3 missing in the file \(1\.running_mean, 1\.running_var/);
  });

  it.each(['eager', 'plan'] as const)('a resumed run and the best epoch have their buffers: %s', async (engine) => {
    const kept: Uint8Array[] = [];
    const whole = begun();
    const first = train(whole, { engine, onCheckpoint: (bytes) => void kept.push(bytes) });
    await first;
    const resumed = model();
    const second = train(resumed, { engine, resume: kept[1]! });
    await second;
    expect(nn.toSafetensors(resumed, { dtype: 'F64' })).toEqual(nn.toSafetensors(whole, { dtype: 'F64' }));
    for (const run of [first, second]) run.restoreBest();
    expect(nn.toSafetensors(resumed, { dtype: 'F64' })).toEqual(nn.toSafetensors(whole, { dtype: 'F64' }));
    const { epoch } = first.restoreBest();
    expect(whole.namedBuffers()[2]![1].item()).toBe(3 * epoch);
    const other = new nn.Sequential(
      new nn.Linear(4, 6),
      new nn.BatchNorm1d(6, { affine: false }),
      nn.relu,
      new nn.Linear(6, 4),
    );
    expect(() => train(other, { engine, resume: kept[1]! })).toThrow(/1\.weight \[6\] where this model has none/);
  });

  it('a row alone cannot be normalised in training', async () => {
    const batches = nn.shuffledBatches(15, { batchSize: 7 });
    await expect(train(begun(), { batches })).rejects.toThrow(
      'BatchNorm1d: needs at least 2 rows in training, got 1; choose another batch size, so that no row is left alone',
    );
  });

  it('a buffer that is changed outside of the operations is not planned', async () => {
    const seen = nn.tensor([0]);
    const counting = {
      forward(x: nn.Tensor) {
        seen.data[0]! += 1;
        return x;
      },
      namedParameters: () => [],
      namedBuffers: () => [['seen', seen] as const],
      setTraining() {},
    };
    const made = new nn.Sequential(new nn.Linear(4, 4), counting);
    const { epochs } = await train(made, {});
    expect(epochs[0]!.notes).toEqual([
      "the tape runs, since its forward() changes the buffer '1.seen' outside of the operations",
    ]);
    // Three batches and one evaluation in each of four epochs; tracing leaves nothing behind.
    expect(seen.item()).toBe(16);
  });
});
