import { type Comparison, compare, growthOf, type Results } from './harness.js';
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

export async function gradientKernels(): Promise<Results> {
  const series: { n: number; comparison: Comparison }[] = [];
  for (const [n, rounds] of [
    [16, 15],
    [64, 7],
    [256, 3],
  ] as const) {
    series.push({ n, comparison: await trainingStep(n, rounds) });
  }
  return { comparisons: series.map(({ comparison }) => comparison), growth: growthOf(series) };
}
