import { describe, expect, it } from 'vitest';
import {
  contrastiveLoss,
  Linear,
  mse,
  residualAutoencoder,
  Sequential,
  Tensor,
  type TrainOptions,
  tanh,
  train,
} from '../../src/nn/index.js';

const points = Array.from({ length: 8 }, (_, i) => [i, i % 3, 1]);
const labels = points.map((_, i) => i % 2);

/** The message of the error that a run of one epoch ends with. */
async function messageOf(model: unknown, options: object = {}): Promise<string> {
  try {
    const asked = { epochs: 1, ...options } as TrainOptions<unknown>;
    for await (const _ of train(model as never, { points, labels }, asked));
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

const term = (name: string, loss: (outputs: never) => unknown, weight: unknown = 1) => ({
  objective: [{ name, weight, loss }],
});

describe('errors of training name what is wrong', () => {
  it('columns that a layer was not made for: the layer, its step and inputSize', async () => {
    const model = new Sequential(new Linear(3, 4), tanh, new Linear(5, 3));
    expect(await messageOf(model)).toMatch(
      /^Linear: x must have inputSize = 5 columns, got 4 \(shape \[8, 4\]\); .* \(step 2 of a Sequential\)$/,
    );
    expect(await messageOf(residualAutoencoder({ inputSize: 5, hiddenSizes: [4] }))).toBe(
      'residualAutoencoder: x must have inputSize = 5 columns, got 3; make the model with { inputSize: 3 }',
    );
  });

  it('a loss that returns its tensor, or nothing', async () => {
    const model = new Linear(3, 3);
    expect(
      await messageOf(
        model,
        term('own', (x) => x),
      ),
    ).toBe("train: loss 'own': must return { loss } with a Tensor, got the tensor itself; wrap it: { loss }");
    expect(
      await messageOf(
        model,
        term('own', () => undefined),
      ),
    ).toBe("train: loss 'own': must return { loss } with a Tensor, got undefined");
    expect(
      await messageOf(
        model,
        term('own', (x) => ({ loss: mse(x, x) })),
      ),
    ).toBe("train: loss 'own': loss must be a Tensor, got { loss } again; return the inner one as it is");
  });

  it('an output that is not there, without the indices of an array', async () => {
    const model = new Linear(3, 3);
    const objective = [contrastiveLoss()];
    expect(await messageOf(model, { objective })).toMatch(/must give an output named "latent", got Tensor;/);
    const giving = (outputs: unknown) => ({
      forward: () => outputs,
      namedParameters: () => model.namedParameters(),
      setTraining() {},
    });
    const one = new Tensor(Float64Array.of(1), [1]);
    expect(await messageOf(giving([one, one]), { objective })).toMatch(/got array of length 2;/);
    expect(await messageOf(giving({ code: one, other: one }), { objective })).toMatch(/got code, other;/);
  });

  it('a weight, in a sentence', async () => {
    expect(
      await messageOf(
        new Linear(3, 3),
        term('own', (x) => x, -1),
      ),
    ).toBe('train: weight of "own" must be a finite number >= 0, got -1');
  });
});
