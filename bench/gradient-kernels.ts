import { type Comparison, compare, type Task } from './harness.js';
import { contender, stepOf } from './reference-step.js';
import { tfjsStep } from './tfjs-step.js';

/** One training step of the reference model, 512,472 parameters: forward, two losses, backward, Adam. */
async function trainingStep(size: number, rounds: number): Promise<Comparison> {
  const tolerance = 1e-4;
  const tfjs = (backend: 'cpu' | 'wasm', warm: number) => {
    const make = (dropout: number) => {
      const step = tfjsStep(backend, size, dropout);
      return async () => (await step)();
    };
    return contender(make, 1, warm);
  };
  return compare(
    'Training step, reference autoencoder, Adam, float32',
    `batch ${size}, 512,472 parameters`,
    [
      { name: 'clusterlens, plan', run: contender((dropout) => stepOf('plan', size, dropout), 1, 60) },
      {
        name: 'clusterlens, tape (float64)',
        run: contender((dropout) => stepOf('eager', size, dropout), 1, 5),
        tolerance,
      },
      { name: 'tfjs 4.22, wasm', run: tfjs('wasm', 5), tolerance },
      { name: 'tfjs 4.22, cpu', run: tfjs('cpu', 1), tolerance },
    ],
    rounds,
  );
}

const growing = (n: number, rounds: number): Task => ({ n, run: () => trainingStep(n, rounds) });

export const gradientKernels: readonly Task[] = [growing(16, 15), growing(64, 7), growing(256, 3)];
