import { describe, expect, it } from 'vitest';
import { adam } from '../../src/nn/optimizers/adam.js';
import { adamW } from '../../src/nn/optimizers/adam-w.js';
import { clipGradientNorm, clipGradientValue } from '../../src/nn/optimizers/clip-gradient.js';
import type { Optimizer } from '../../src/nn/optimizers/optimizer.js';
import { sgd } from '../../src/nn/optimizers/sgd.js';
import { cosineDecay } from '../../src/nn/schedules/cosine-decay.js';
import { exponentialDecay } from '../../src/nn/schedules/exponential-decay.js';
import { linearWarmup } from '../../src/nn/schedules/linear-warmup.js';
import type { Schedule } from '../../src/nn/schedules/schedule.js';
import { stepDecay } from '../../src/nn/schedules/step-decay.js';
import { tensor } from '../../src/nn/tensor.js';
import fixture from './fixtures/torch-optimizers.json' with { type: 'json' };

const optimizers = { sgd, adam, adamW } as unknown as Record<string, (options: object) => Optimizer>;
const schedules = { stepDecay, exponentialDecay, cosineDecay, linearWarmup } as unknown as Record<
  string,
  (options: object) => Schedule
>;

function worst(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, p) => Math.abs(actual[p]! - value) / Math.max(Math.abs(value), 1e-3)));
}

/** The gradient that the fixture's script defines. */
function gradientAt(p: Float64Array, t: number): Float64Array {
  return p.map((value, j) => fixture.a[j]! * value + (fixture.b[j]! * (t + 1)) / (1 + value * value));
}

describe(`optimisers as PyTorch ${fixture.torch}`, () => {
  it.each(fixture.optimizers)(
    '$name($options) follows its trajectory for 40 steps',
    ({ name, options, trajectory }) => {
      const optimizer = optimizers[name]!(options);
      let parameters: Float64Array = Float64Array.from(fixture.start);
      let state = optimizer.init(parameters.length);
      trajectory.forEach((expected, t) => {
        ({ parameters, state } = optimizer.update(state, { parameters, gradient: gradientAt(parameters, t) }));
        expect(worst(parameters, expected), `step ${t}`).toBeLessThan(1e-12);
      });
      expect(state.step).toBe(fixture.steps);
    },
  );

  const withGradients = (gradients: readonly number[][]) =>
    gradients.map((gradient) => {
      const parameter = tensor(
        gradient.map(() => 0),
        { requiresGrad: true },
      );
      parameter.grad = Float64Array.from(gradient);
      return parameter;
    });

  it.each(fixture.clipNorm)('clipGradientNorm to $maxNorm', ({ gradients, maxNorm, norm, clipped }) => {
    const parameters = withGradients(gradients);
    expect(Math.abs(clipGradientNorm(parameters, maxNorm) / norm - 1)).toBeLessThan(1e-14);
    clipped.forEach((expected, i) => {
      expect(worst(parameters[i]!.grad!, expected)).toBeLessThan(1e-14);
    });
  });

  it.each(fixture.clipValue)('clipGradientValue to $maxValue', ({ gradients, maxValue, clipped }) => {
    const parameters = withGradients(gradients);
    clipGradientValue(parameters, maxValue);
    expect(parameters.map((parameter) => [...parameter.grad!])).toEqual(clipped);
  });

  it.each(fixture.schedules)('$name($options)', ({ name, options, factors }) => {
    const made = schedules[name]!(options);
    expect(
      worst(
        factors.map((_, t) => made.factor(t)),
        factors,
      ),
    ).toBeLessThan(1e-12);
  });
});
