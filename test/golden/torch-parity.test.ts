import { readFileSync } from 'node:fs';
import {
  adam,
  adamW,
  add,
  contrastiveLoss,
  gradients,
  mse,
  mul,
  ntXent,
  type Optimizer,
  type ResidualAutoencoder,
  reconstructionLoss,
  residualAutoencoder,
  sgd,
  slice,
  supCon,
  Tensor,
  tripletMargin,
} from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';
import { planEngine } from '../../src/nn/training/plan-engine.js';

interface Run {
  readonly losses: ReadonlyArray<readonly [mse: number, supCon: number]>;
  readonly parameters: readonly number[] | readonly number[][];
}
interface Small {
  readonly first: Readonly<Record<'latent' | 'projection' | 'reconstruction' | 'gradients', number[]>>;
  readonly runs: Readonly<Record<'adam' | 'sgd' | 'adamW', Run>>;
}
type ByType<T> = { readonly float64: T; readonly float32: T };
const fixture = JSON.parse(readFileSync(new URL('./fixtures/torch-parity.json', import.meta.url), 'utf8')) as {
  lambda: number;
  steps: number;
  embeddings: { labels: number[] } & ByType<Record<string, { value: number; gradient: number[] }>>;
  small: { sizes: object; linear: { names: string[] } & ByType<Small>; bounded: { names: string[] } & ByType<Small> };
  full: { names: string[]; parameterCount: number; boundedCount: number } & ByType<Run & { gradients: number[][] }>;
};

/** PyTorch in float64 differs from us by rounding only; in float32 by its rounding. */
const TOLERANCE = { float64: 1e-9, float32: 1e-4 } as const;
const TYPES = ['float64', 'float32'] as const;

/** The generator of the fixture script. */
function generator(seed: number) {
  let state = seed;
  const integer = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  const unit = () => integer() / 2147483648 - 1;
  return {
    unit,
    matrix: (rows: number, columns: number, scale: number) =>
      new Tensor(
        new Float64Array(rows * columns).map(() => scale * unit()),
        [rows, columns],
      ),
    label: (classes: number) => (integer() >>> 16) % classes,
  };
}

function fill(model: ResidualAutoencoder, random: ReturnType<typeof generator>) {
  for (const [name, { data, shape }] of model.namedParameters()) {
    const norm = name.includes('.norm');
    const offset = norm && name.endsWith('weight') ? 1 : 0;
    const scale = norm ? 0.1 : 1 / Math.sqrt(shape[shape.length - 1]!);
    for (let p = 0; p < data.length; p++) data[p] = offset + scale * random.unit();
  }
}

const OPTIMIZERS = {
  adam: () => adam({ learningRate: 0.001 }),
  sgd: () => sgd({ learningRate: 0.01, momentum: 0.9 }),
  adamW: () => adamW({ learningRate: 0.001, weightDecay: 0.01 }),
};

/** The 20 steps of the fixture script, on our side. */
function train(model: ResidualAutoencoder, rows: number, classes: number, optimizer: Optimizer) {
  const random = generator(1);
  fill(model, random);
  const parameters = model.namedParameters().map(([, parameter]) => parameter);
  let states = parameters.map(({ size }) => optimizer.init(size));
  const batches = Array.from({ length: fixture.steps }, () => {
    const x = random.matrix(rows, model.options.inputSize, 1.7);
    return { x, labels: Array.from({ length: rows }, () => random.label(classes)) };
  });
  const losses: [number, number][] = [];
  let first: { output: ReturnType<typeof model.forward>; gradients: Float64Array[] } | undefined;
  for (const { x, labels } of batches) {
    const output = model.forward(x);
    const error = mse(output.reconstruction, x);
    const contrastive = supCon(output.projection, labels);
    const slopes = gradients(add(error.loss, mul(contrastive.loss, fixture.lambda)), parameters);
    first ??= { output, gradients: slopes };
    states = states.map((state, i) =>
      optimizer.updateInto(state, { parameters: parameters[i]!.data, gradient: slopes[i]! }),
    );
    losses.push([error.value, contrastive.value]);
  }
  return { losses, first: first!, parameters: parameters.map(({ data }) => data) };
}

/** The same 20 steps by the float32 plan that `train` runs. */
function trainByPlan(model: ResidualAutoencoder, rows: number, classes: number, optimizer: Optimizer) {
  const random = generator(1);
  fill(model, random);
  const batches = Array.from({ length: fixture.steps }, () => ({
    points: random.matrix(rows, model.options.inputSize, 1.7),
    labels: Int32Array.from({ length: rows }, () => random.label(classes)),
    rows: Int32Array.from({ length: rows }, (_, i) => i),
    targets: null,
    split: 'training' as const,
  }));
  const objectives = [reconstructionLoss(), contrastiveLoss({ on: 'projection', weight: fixture.lambda })];
  model.setTraining(true);
  const engine = planEngine(model, { objectives, optimizer, clipNorm: null }, batches[0]!);
  const losses = batches.map((batch, i) => {
    const { terms } = engine.step(batch, { epoch: 1, batch: i, factor: 1, probe: false, verify: false });
    return terms.map(({ value }) => value!) as [number, number];
  });
  engine.setTraining(false);
  return { losses, parameters: model.namedParameters().map(([, { data }]) => data) };
}

/** Largest difference, relative to the root mean square of the expected values. */
function difference(given: ArrayLike<number>, expected: readonly number[]): number {
  expect(given.length).toBe(expected.length);
  const scale = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length);
  return expected.reduce((most, value, p) => Math.max(most, Math.abs(given[p]! - value) / scale), 0);
}

const flat = (tensors: readonly ArrayLike<number>[]) => tensors.flatMap((values) => Array.from(values));

/** Sum, sum of squares, first, middle and last element. */
function checksums(v: Float64Array): number[] {
  let sum = 0;
  let squares = 0;
  for (const value of v) {
    sum += value;
    squares += value * value;
  }
  return [sum, squares, v[0]!, v[v.length >> 1]!, v[v.length - 1]!];
}

/** Checksums agree relative to the root of the sum of squares, of which the other four are parts. */
function checksumDifference(given: readonly Float64Array[], expected: readonly number[][]): number {
  expect(given.length).toBe(expected.length);
  return given.reduce((most, values, i) => {
    const [sum, squares, ...elements] = checksums(values);
    const wanted = expected[i]!;
    const length = Math.sqrt(wanted[1]!);
    const gaps = [
      Math.abs(sum! - wanted[0]!) / (length * Math.sqrt(values.length)),
      Math.abs(squares! - wanted[1]!) / wanted[1]!,
      ...elements.map((value, e) => Math.abs(value - wanted[e + 2]!) / length),
    ];
    return Math.max(most, ...gaps);
  }, 0);
}

describe.each(TYPES)('PyTorch in %s', (type) => {
  const tolerance = TOLERANCE[type];

  it.each(Object.keys(fixture.embeddings[type]))('%s: value and gradient', (name) => {
    const { labels } = fixture.embeddings;
    const expected = fixture.embeddings[type][name]!;
    const { data, shape } = generator(5).matrix(8, 5, 2);
    const x = new Tensor(data, shape, true);
    const result = {
      'supCon 0.1': () => supCon(x, labels, { temperature: 0.1 }),
      'supCon 0.01': () => supCon(x, labels, { temperature: 0.01 }),
      'ntXent 0.5': () => ntXent(slice(x, { end: 4 }), slice(x, { start: 4 }), { temperature: 0.5 }),
      'tripletMargin 1': () => tripletMargin(x, labels, { margin: 1 }),
    }[name]!();
    expect(Math.abs(result.value / expected.value - 1)).toBeLessThan(tolerance);
    result.loss.backward();
    expect(difference(x.grad!, expected.gradient)).toBeLessThan(tolerance);
  });

  describe.each(['linear', 'bounded'] as const)('small model, %s decoder', (decoder) => {
    const small = fixture.small[decoder];
    const make = () =>
      residualAutoencoder({
        ...fixture.small.sizes,
        dropout: 0,
        decoder: decoder === 'bounded' ? 'bounded-heads' : 'linear',
      });

    it('has the parameter names of PyTorch in its order', () => {
      expect(
        make()
          .namedParameters()
          .map(([name]) => name),
      ).toEqual(small.names);
    });

    it('forward pass and gradient of every parameter', () => {
      const { first, runs } = small[type];
      const given = train(make(), 6, 3, adam());
      expect(difference(given.first.output.latent.data, first.latent)).toBeLessThan(tolerance);
      expect(difference(given.first.output.projection.data, first.projection)).toBeLessThan(tolerance);
      expect(difference(given.first.output.reconstruction.data, first.reconstruction)).toBeLessThan(tolerance);
      expect(difference(flat(given.first.gradients), first.gradients)).toBeLessThan(tolerance);
      expect(difference(flat(given.parameters), runs.adam.parameters as number[])).toBeLessThan(tolerance);
    });

    it.each(['adam', 'sgd', 'adamW'] as const)('20 steps of %s', (name) => {
      const expected = small[type].runs[name];
      const given = train(make(), 6, 3, OPTIMIZERS[name]());
      expect(difference(given.losses.flat(), expected.losses.flat())).toBeLessThan(tolerance);
      if (name === 'adam') return;
      expect(checksumDifference(given.parameters, expected.parameters as number[][])).toBeLessThan(tolerance);
    });
  });

  it('the reference model: 20 steps of adam', () => {
    const expected = fixture.full[type];
    const model = residualAutoencoder({ dropout: 0 });
    expect(model.parameterCount).toBe(fixture.full.parameterCount);
    expect(model.namedParameters().map(([name]) => name)).toEqual(fixture.full.names);
    const given = train(model, 16, 8, adam({ learningRate: 0.001 }));
    expect(checksumDifference(given.first.gradients, expected.gradients)).toBeLessThan(tolerance);
    expect(difference(given.losses.flat(), expected.losses.flat())).toBeLessThan(tolerance);
    expect(checksumDifference(given.parameters, expected.parameters as number[][])).toBeLessThan(tolerance);
  });
});

describe.each(TYPES)('the plan against PyTorch in %s, to 1e-4', (type) => {
  it.each([
    ['linear', 'adam'],
    ['linear', 'sgd'],
    ['linear', 'adamW'],
    ['bounded', 'adam'],
  ] as const)('small model, %s decoder, 20 steps of %s', (decoder, name) => {
    const expected = fixture.small[decoder][type].runs[name];
    const options = { ...fixture.small.sizes, dropout: 0 };
    const model = residualAutoencoder({ ...options, decoder: decoder === 'bounded' ? 'bounded-heads' : 'linear' });
    const given = trainByPlan(model, 6, 3, OPTIMIZERS[name]());
    expect(difference(given.losses.flat(), expected.losses.flat())).toBeLessThan(1e-4);
    if (name === 'adam') expect(difference(flat(given.parameters), expected.parameters as number[])).toBeLessThan(1e-4);
    else expect(checksumDifference(given.parameters, expected.parameters as number[][])).toBeLessThan(1e-4);
  });

  it('the reference model: 20 steps of adam', () => {
    const expected = fixture.full[type];
    const given = trainByPlan(residualAutoencoder({ dropout: 0 }), 16, 8, adam({ learningRate: 0.001 }));
    expect(difference(given.losses.flat(), expected.losses.flat())).toBeLessThan(1e-4);
    expect(checksumDifference(given.parameters, expected.parameters as number[][])).toBeLessThan(1e-4);
  });
});
