import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataset, InputError, ShapeError, silhouette } from '../../../src/index.js';
import * as nn from '../../../src/nn/index.js';

/** Rows from a seed, with a mean that batch norm has something to do with. */
function rowsOf(n: number, d: number, seed: number) {
  const rng = new nn.Rng(seed);
  const data = Float64Array.from({ length: n * d }, (_, p) => rng.normal() + (p % d));
  return { data, rows: n, columns: d };
}

/** A layer of each kind, behind which there are `size` columns. */
const LAYERS: Readonly<Record<string, (size: number, seed: number) => nn.Step[]>> = {
  relu: () => [nn.relu],
  tanh: () => [nn.tanh],
  sigmoid: () => [nn.sigmoid],
  norm: (size) => [new nn.LayerNorm(size)],
  dropout: (_, seed) => [new nn.Dropout(0.5, { seed })],
  noise: (_, seed) => [new nn.GaussianNoise(1, { seed })],
  block: (size, seed) => [new nn.ResidualBlock(size, size, { seed })],
  batchNorm: (size, seed) => {
    const norm = new nn.BatchNorm1d(size);
    const rng = new nn.Rng(seed);
    norm.runningMean.data.forEach((_, j, means) => {
      means[j] = rng.normal();
    });
    norm.runningVariance.data.forEach((_, j, variances) => {
      variances[j] = 0.5 + rng.uniform();
    });
    return [norm];
  },
  // No kernel: the plan runs it on the tape.
  softmax: () => [(x) => nn.softmax(x)],
};

const sizes = fc.integer({ min: 1, max: 9 });
const models = fc
  .record({
    input: sizes,
    hidden: sizes,
    output: sizes,
    layers: fc.array(fc.constantFrom(...Object.keys(LAYERS)), { maxLength: 3 }),
    seed: fc.nat(),
    training: fc.boolean(),
  })
  .map(({ input, hidden, output, layers, seed, training }) => {
    const model = new nn.Sequential(
      new nn.Linear(input, hidden, { seed }),
      ...layers.flatMap((name, i) => LAYERS[name]!(hidden, seed + i)),
      new nn.Linear(hidden, output, { seed: seed + 9 }),
    );
    model.setTraining(training);
    return { model, input, output, training };
  });

const stateOf = (model: nn.Sequential) => ({
  mode: model.training,
  rng: model.rngState(),
  buffers: model.namedBuffers().map(([, { data }]) => Array.from(data)),
  weights: model.namedParameters().map(([, { data }]) => Array.from(data)),
});

describe('predict on random models', () => {
  it('equals the tape in float32, in batches of any size the same bits, and leaves the model as it was', () => {
    let planned = 0;
    fc.assert(
      fc.property(
        models,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 45 }),
        fc.nat(),
        (drawn, n, b, seed) => {
          const { model, input, output } = drawn;
          const points = rowsOf(n, input, seed);
          const before = stateOf(model);
          const exact = nn.predict(model, points, { engine: 'eager', batchSize: b });
          const fast = nn.predict(model, points, { batchSize: b });
          expect(stateOf(model)).toEqual(before);
          expect([fast.rows, fast.columns, fast.data.length]).toEqual([n, output, n * output]);
          if (fast.engine === 'plan') planned++;
          const largest = exact.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
          fast.data.forEach((value, p) => {
            expect(Math.abs(value - exact.data[p]!)).toBeLessThanOrEqual(1e-4 * largest);
          });
          for (const [engine, found] of [
            ['plan', fast],
            ['eager', exact],
          ] as const) {
            expect(nn.predict(model, points, { engine }).data, engine).toEqual(found.data);
            const last = points.data.slice((n - 1) * input);
            const alone = nn.predict(model, { data: last, rows: 1, columns: input }, { engine }).data;
            expect(alone, engine).toEqual(found.data.slice((n - 1) * output));
          }
          // By hand: the model itself, in evaluation.
          model.setTraining(false);
          const whole = nn.noGrad(() => model.forward(new nn.Tensor(points.data, [n, input])));
          expect(exact.data).toEqual(whole.data);
        },
      ),
      { numRuns: 60 },
    );
    expect(planned).toBeGreaterThan(40);
  });
});

describe('predict', () => {
  const points = rowsOf(20, 4, 1);
  const network = () => new nn.Sequential(new nn.Linear(4, 6, { seed: 1 }), nn.tanh, new nn.Linear(6, 3, { seed: 2 }));

  it('takes what other functions take, and gives what they take', () => {
    const rows = Array.from({ length: 20 }, (_, i) => Array.from(points.data.subarray(4 * i, 4 * i + 4)));
    const labels = rows.map((_, i) => i % 2);
    const found = nn.predict(network(), points);
    expect(found).toMatchObject({ rows: 20, columns: 3, engine: 'plan', note: null });
    expect(nn.predict(network(), rows)).toEqual(found);
    expect(nn.predict(network(), dataset(rows, labels))).toEqual(found);
    expect(silhouette(found, labels).score).toBeGreaterThan(-1);
  });

  it('gives each output of a model with several by its name, and embed one of them', () => {
    const model = nn.residualAutoencoder({ inputSize: 4, hiddenSizes: [5], latentSize: 2, projectionSize: 3 });
    const { latent, projection, reconstruction } = nn.predict(model, points, { batchSize: 8 });
    expect([latent.columns, projection.columns, reconstruction.columns]).toEqual([2, 3, 4]);
    expect(nn.embed(model, points)).toEqual(latent);
    expect(nn.embed(model, points, { on: 'projection', engine: 'plan', batchSize: 3 })).toEqual(projection);
    expect(nn.embed(model, points, { engine: 'eager' }).data).toEqual(
      nn.predict(model, points, { engine: 'eager' }).latent.data,
    );
    expect(nn.embed(network(), points, { on: 'whatever' })).toEqual(nn.predict(network(), points));
    expect(() => nn.embed(model, points, { on: 'code' })).toThrow(
      'embed: the model must give an output named "code", got latent, projection, reconstruction; choose another output',
    );
    expect(() => nn.embed(model, points, { on: 'code' })).toThrow(InputError);
  });

  it('gives a number per row as one column', () => {
    const linear = new nn.Linear(4, 3, { seed: 1 });
    const sums = {
      ...linear,
      forward: (x: nn.Tensor) => nn.sum(linear.forward(x), { axis: 1 }),
      namedParameters: () => linear.namedParameters(),
      setTraining() {},
    };
    expect(nn.predict(sums, points)).toMatchObject({ rows: 20, columns: 1 });
    const mean = { ...sums, forward: (x: nn.Tensor) => nn.mean(linear.forward(x)) };
    expect(() => nn.predict(mean, points)).toThrow(
      'predict: the output must have one row per row of points, got shape [] for 20 rows',
    );
  });

  it.each(['plan', 'eager'] as const)('gives to the bit what training evaluates on the engine %s', async (engine) => {
    const model = nn.residualAutoencoder({ inputSize: 4, hiddenSizes: [6, 5], latentSize: 2, seed: 3 });
    const seen: Record<string, Float64Array> = {};
    const watch: nn.Objective<nn.AutoencoderOutput> = {
      name: 'watch',
      weight: 0,
      loss({ latent, reconstruction }, { rows, split }) {
        if (split === 'heldOut') {
          rows.forEach((i, at) => {
            seen[`latent ${i}`] = latent.data.slice(2 * at, 2 * at + 2);
            seen[`reconstruction ${i}`] = reconstruction.data.slice(4 * at, 4 * at + 4);
          });
        }
        return { loss: nn.mean(latent) };
      },
    };
    await nn
      .train(model, { points, heldOut: { points } }, { epochs: 3, objective: [nn.reconstructionLoss(), watch], engine })
      .finish();
    const { latent, reconstruction } = nn.predict(model, points, { engine, batchSize: 7 });
    expect(Object.keys(seen)).toHaveLength(40);
    for (let i = 0; i < 20; i++) {
      expect(latent.data.slice(2 * i, 2 * i + 2)).toEqual(seen[`latent ${i}`]);
      expect(reconstruction.data.slice(4 * i, 4 * i + 4)).toEqual(seen[`reconstruction ${i}`]);
    }
  });

  describe('runs on the tape, and says so, where there is no plan', () => {
    const between = (step: nn.Step) =>
      new nn.Sequential(new nn.Linear(4, 6, { seed: 1 }), step, new nn.Linear(6, 3, { seed: 2 }));
    const shy: nn.Module = {
      ...network(),
      forward: nn.tanh,
      namedParameters: () => [],
      setTraining() {},
      cannotPlan: () => 'it is shy',
    };
    const cases: readonly (readonly [string, nn.Sequential, RegExp])[] = [
      ['since it says so', between(shy), /^the tape runs, since it is shy$/],
      [
        'since it depends on the values of a batch',
        between((x) => nn.mul(x, nn.max(x).item())),
        /^the tape runs, since .* is a constant that is another in each run$/,
      ],
      ['since it has no matrix product', new nn.Sequential(new nn.LayerNorm(4)), /has no matrix product/],
      [
        'since a weight overflows in float32',
        (() => {
          const model = network();
          model.namedParameters()[0]![1].data[0] = 1e39;
          return model;
        })(),
        /a weight is too large for float32/,
      ],
    ];
    it.each(cases)('%s', (_, model, note) => {
      const found = nn.predict(model, points, { batchSize: 5 });
      expect(found.engine).toBe('eager');
      expect(found.note).toMatch(note);
      expect(found.data).toEqual(nn.predict(model, points, { batchSize: 5, engine: 'eager' }).data);
      expect(() => nn.predict(model, points, { batchSize: 5, engine: 'plan' })).toThrow(
        /^predict: engine 'plan' needs a model that can be planned, got one of which .*; use engine 'auto'$/,
      );
    });

    it('since the last batch may take another branch than the first', () => {
      const model = between((x) => (x.data.some((value) => value > 50) ? nn.relu(x) : nn.tanh(x)));
      const far = { ...points, data: points.data.map((value, p) => (p < 60 ? value : 1000 * value)) };
      const found = nn.predict(model, far, { batchSize: 5 });
      expect(found.note).toBe('the tape runs, since its forward() reads numbers of a tensor, on which it may decide');
      expect(found.data).toEqual(nn.predict(model, far, { batchSize: 5, engine: 'eager' }).data);
    });

    it('since the points overflow in float32', () => {
      const large = { data: points.data.map((x) => 1e39 * x), rows: 20, columns: 4 };
      const found = nn.predict(network(), large);
      expect(found.note).toBe('the tape runs, since a value of the points is too large for float32');
    });
  });

  it('refuses rows that are no numbers, and names the layer that they do not fit', () => {
    for (const engine of ['auto', 'plan', 'eager'] as const) {
      const options = { engine };
      expect(() => nn.predict(network(), [[1, 2, Number.NaN, 4]], options)).toThrow(
        'predict: every value of points must be a finite number, got NaN at row 0, column 2; drop the row or fill in the value',
      );
      expect(() => nn.predict(network(), [[1, 2, 3]], options)).toThrow(ShapeError);
      expect(() => nn.predict(network(), [[1, 2, 3]], options)).toThrow(
        'Linear: x must have inputSize = 4 columns, got 3 (shape [1, 3]); make the layer with the number of columns that it is given (step 0 of a Sequential)',
      );
      expect(() => nn.predict(network(), [], options)).toThrow(
        'predict: points must have at least one row, got 0 rows',
      );
    }
  });

  it('puts the mode back where it throws', () => {
    const model = new nn.Sequential(new nn.Linear(4, 3, { seed: 1 }), new nn.Dropout(0.5));
    expect(() => nn.predict(model, [[1]])).toThrow(ShapeError);
    expect(model.training).toBe(true);
    model.setTraining(false);
    nn.predict(model, points);
    expect(model.training).toBe(false);
  });

  it('gives the same again of a model that draws in evaluation', () => {
    const always = new nn.GaussianNoise(1, { seed: 5 });
    const noisy: nn.Module = {
      forward: (x) => always.forward(x),
      namedParameters: () => [],
      setTraining() {},
      rngState: () => always.rngState(),
      restoreRng: (state) => always.restoreRng(state),
    };
    const model = new nn.Sequential(new nn.Linear(4, 3, { seed: 1 }), noisy);
    for (const engine of ['plan', 'eager'] as const) {
      const found = nn.predict(model, points, { engine, batchSize: 6 });
      expect(nn.predict(model, points, { engine, batchSize: 6 })).toEqual(found);
      expect(found.data).not.toEqual(nn.predict(new nn.Linear(4, 3, { seed: 1 }), points, { engine }).data);
    }
  });

  it('says which rows overflow', () => {
    const model = new nn.Sequential(new nn.Linear(4, 3, { seed: 1 }), nn.exp);
    const rows = Array.from({ length: 9 }, (_, i) => [i === 7 ? 1e5 : 0, 0, 0, 0]);
    const sign = nn.predict(new nn.Linear(4, 3, { seed: 1 }), rows).data;
    expect(Math.max(...sign)).toBeGreaterThan(1000);
    expect(() => nn.predict(model, rows, { batchSize: 3 })).toThrow(
      /^predict: the outputs of rows 6 to 8 must be finite, got /,
    );
  });
});
