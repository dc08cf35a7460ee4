import { describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';

const rng = new nn.Rng(5);
const rows = Array.from({ length: 40 }, (_, i) =>
  Array.from({ length: 4 }, (_, j) => rng.normal() + (j === i % 3 ? 3 : 0)),
);
const data = { points: rows, labels: rows.map((_, i) => i % 3) };
const batches = () => nn.shuffledBatches(40, { batchSize: 10 });

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
      expect(losses.total).toBeCloseTo(expected[i]!.losses.total, 4);
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
