import {
  Dropout,
  LayerNorm,
  Linear,
  mul,
  noGrad,
  ResidualBlock,
  Rng,
  relu,
  residualAutoencoder,
  Sequential,
  sum,
  tensor,
} from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';

const rng = new Rng(5);
const batch = (n: number, d: number) =>
  tensor(
    Float64Array.from({ length: n * d }, () => rng.normal()),
    { shape: [n, d] },
  );
const x = batch(16, 40);

describe('Linear', () => {
  it('begins uniform between -1/sqrt(in) and 1/sqrt(in), weight and bias', () => {
    const { weight, bias } = new Linear(25, 400, { seed: 1 });
    expect(weight.shape).toEqual([400, 25]);
    for (const { data } of [weight, bias]) {
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest).toBeLessThanOrEqual(0.2);
      expect(largest).toBeGreaterThan(0.19);
      const meanSquare = data.reduce((total, value) => total + value * value, 0) / data.length;
      expect(meanSquare / (0.04 / 3)).toBeGreaterThan(0.85);
      expect(meanSquare / (0.04 / 3)).toBeLessThan(1.15);
    }
  });

  it('draws the same weights for the same seed and others for another', () => {
    expect(new Linear(3, 4, { seed: 2 }).weight.data).toEqual(new Linear(3, 4, { seed: 2 }).weight.data);
    expect(new Linear(3, 4, { seed: 2 }).weight.data).not.toEqual(new Linear(3, 4).weight.data);
  });

  it.each([0, -1, 1.5, Number.NaN, '3'])('refuses the size %s', (size) => {
    expect(() => new Linear(size as number, 2)).toThrow(/inputSize/);
    expect(() => new Linear(2, size as number)).toThrow(/outputSize/);
  });
});

describe('Dropout', () => {
  it('drops while training and is the identity in evaluation', () => {
    const layer = new Dropout(0.5);
    expect(layer.forward(x).data).not.toEqual(x.data);
    layer.setTraining(false);
    expect(layer.forward(x)).toBe(x);
  });

  it('continues from a state with the masks that would have followed', () => {
    const layer = new Dropout(0.5, { seed: 3 });
    layer.forward(x);
    const state = layer.rngState();
    const next = layer.forward(x).data;
    expect(layer.forward(x).data).not.toEqual(next);
    layer.restoreRng(state);
    expect(layer.forward(x).data).toEqual(next);
  });

  it('refuses a state of another length, or of other numbers', () => {
    expect(() => new Dropout().restoreRng([1, 2, 3])).toThrow(expect.objectContaining({ code: 'length-mismatch' }));
    expect(() => new Dropout().restoreRng([1, 2, 3, -1])).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });

  it.each([1, -0.1, Number.NaN])('refuses the rate %s', (rate) => {
    expect(() => new Dropout(rate)).toThrow(/rate/);
  });
});

describe('ResidualBlock', () => {
  it('skips by a linear when the sizes differ and by the identity when they are equal', () => {
    const names = (i: number, o: number) => new ResidualBlock(i, o).namedParameters().map(([name]) => name);
    const common = ['linear1', 'norm1', 'linear2', 'norm2'];
    const expected = (parts: string[]) => parts.flatMap((part) => [`${part}.weight`, `${part}.bias`]);
    expect(names(3, 4)).toEqual(expected([...common, 'skip']));
    expect(names(4, 4)).toEqual(expected(common));
  });

  it('is relu of the skip when the second norm is silent', () => {
    const block = new ResidualBlock(40, 40);
    block.norm2.weight.data.fill(0);
    expect(block.forward(x).data).toEqual(relu(x).data);
  });

  it('draws different weights for its three linears', () => {
    const { linear1, linear2, skip } = new ResidualBlock(2, 3);
    expect(linear1.weight.data).not.toEqual(skip!.weight.data);
    expect(linear1.bias.data).not.toEqual(linear2.bias.data);
  });
});

describe('Sequential', () => {
  const model = () =>
    new Sequential(new Linear(40, 8, { seed: 1 }), relu, new Dropout(0.5), new LayerNorm(8), new Dropout(0.2));

  it('names parameters by position and applies modules and functions in order', () => {
    const layers = model();
    expect(layers.namedParameters().map(([name]) => name)).toEqual(['0.weight', '0.bias', '3.weight', '3.bias']);
    layers.setTraining(false);
    const byHand = new LayerNorm(8).forward(relu(new Linear(40, 8, { seed: 1 }).forward(x)));
    expect(layers.forward(x).data).toEqual(byHand.data);
  });

  it('restores the random numbers of all its modules', () => {
    const layers = model();
    const state = layers.rngState();
    const first = layers.forward(x).data;
    layers.restoreRng(state);
    expect(layers.forward(x).data).toEqual(first);
    expect(state.length).toBe(8);
  });

  it('refuses a step that is neither', () => {
    expect(() => new Sequential(relu, {} as never)).toThrow(/step 1/);
  });
});

describe('residualAutoencoder', () => {
  it('has the parameters of the reference model: 512,472, and 514,071 with bounded heads', () => {
    for (const [decoder, count] of [
      ['linear', 512_472],
      ['bounded-heads', 514_071],
    ] as const) {
      const model = residualAutoencoder({ decoder });
      expect(model.parameterCount).toBe(count);
      expect(model.namedParameters().reduce((total, [, { size }]) => total + size, 0)).toBe(count);
    }
  });

  it('gives latent in (-1, 1), projection and reconstruction of the stated sizes', () => {
    const { latent, projection, reconstruction } = residualAutoencoder().forward(x);
    expect([latent.shape, projection.shape, reconstruction.shape]).toEqual([
      [16, 32],
      [16, 128],
      [16, 40],
    ]);
    expect(latent.data.every((value) => Math.abs(value) < 1)).toBe(true);
  });

  it('forward is encode, project and decode in evaluation', () => {
    const model = residualAutoencoder({ seed: 4 });
    model.setTraining(false);
    const { latent, projection, reconstruction } = model.forward(x);
    expect(model.encode(x).data).toEqual(latent.data);
    expect(model.project(latent).data).toEqual(projection.data);
    expect(model.decode(latent).data).toEqual(reconstruction.data);
  });

  it('the bounded heads reach (-12, 12), (0, 1), (0.1, 10), in triples, and nothing in the last column', () => {
    const model = residualAutoencoder({ decoder: 'bounded-heads' });
    for (const [name, { data }] of model.namedParameters())
      if (name.includes('heads')) for (let p = 0; p < data.length; p++) data[p]! *= 200;
    const { data } = model.forward(x).reconstruction;
    const reach = [0, 1, 2, 39].map((column) => {
      const values = Array.from(
        { length: 16 * 13 },
        (_, at) => data[Math.floor(at / 13) * 40 + (column === 39 ? 39 : 3 * (at % 13) + column)]!,
      );
      return [Math.min(...values), Math.max(...values)].map((value) => Math.round(value * 1e6) / 1e6);
    });
    expect(reach).toEqual([
      [-12, 12],
      [0, 1],
      [0.1, 10],
      [0, 0],
    ]);
  });

  it('shares the encoder, under names that begin with encoder.', () => {
    const model = residualAutoencoder();
    const shared = model.sharedParameters();
    expect(shared.reduce((total, [, { size }]) => total + size, 0)).toBe(253_536);
    expect(shared).toEqual(model.namedParameters().filter(([name]) => name.startsWith('encoder.')));
  });

  it('gives every parameter a gradient', () => {
    const model = residualAutoencoder({ decoder: 'bounded-heads', dropout: 0 });
    const { projection, reconstruction } = model.forward(x);
    sum(mul(projection, projection)).backward();
    sum(reconstruction).backward();
    for (const [name, { grad }] of model.namedParameters())
      expect(
        grad?.some((value) => value !== 0),
        name,
      ).toBe(true);
  });

  it('drops in training only, and continues bit for bit from the state of its random numbers', () => {
    const model = residualAutoencoder({ dropout: 0.3 });
    const run = () => noGrad(() => model.forward(x).reconstruction.data);
    const state = model.rngState();
    const first = run();
    const second = run();
    expect(second).not.toEqual(first);
    model.restoreRng(state);
    expect([run(), run()]).toEqual([first, second]);
    model.setTraining(false);
    expect(run()).toEqual(run());
    expect(() => model.restoreRng(state.slice(4))).toThrow(expect.objectContaining({ code: 'length-mismatch' }));
  });

  it('the same seed gives the same weights, another seed others', () => {
    const weights = (seed: number) =>
      residualAutoencoder({ seed })
        .namedParameters()
        .map(([, { data }]) => data);
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)[0]).not.toEqual(weights(2)[0]);
  });

  it.each([
    [{ inputSize: 0 }, 'out-of-range'],
    [{ inputSize: 2, decoder: 'bounded-heads' }, 'out-of-range'],
    [{ hiddenSizes: [] }, 'wrong-type'],
    [{ hiddenSizes: [128, 0] }, 'out-of-range'],
    [{ decoder: 'bounded' }, 'unknown-name'],
    [{ dropout: 1 }, 'out-of-range'],
    [{ seed: -1 }, 'out-of-range'],
    [{ latent: 3 }, 'unknown-option'],
  ])('refuses %o', (options, code) => {
    expect(() => residualAutoencoder(options as never)).toThrow(expect.objectContaining({ code }));
  });
});
