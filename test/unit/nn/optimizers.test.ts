import { describe, expect, it } from 'vitest';
import { adam } from '../../../src/nn/optimizers/adam.js';
import { adamW } from '../../../src/nn/optimizers/adam-w.js';
import { clipGradientNorm, clipGradientValue } from '../../../src/nn/optimizers/clip-gradient.js';
import { sgd } from '../../../src/nn/optimizers/sgd.js';
import { tensor } from '../../../src/nn/tensor.js';

const optimizers = [sgd({ learningRate: 0.1, momentum: 0.9 }), adam(), adamW()];

describe.each(optimizers)('$name', (optimizer) => {
  const gradient = Float64Array.of(1, -2, 0);

  it('update leaves its arguments as they were; updateInto writes over them and gives the same bits', () => {
    const parameters: Float64Array = Float64Array.of(1, 2, 3);
    let state = optimizer.init(3);
    let pure = { parameters, state };
    const before = structuredClone(pure);
    pure = optimizer.update(state, { parameters, gradient, factor: 0.5 });
    expect({ parameters, state }).toEqual(before);
    expect(pure.parameters).not.toEqual(parameters);
    const again = optimizer.update(pure.state, { parameters: pure.parameters, gradient });
    state = optimizer.updateInto(state, { parameters, gradient, factor: 0.5 });
    state = optimizer.updateInto(state, { parameters, gradient });
    expect({ parameters, state }).toEqual(again);
  });

  it('takes no step with factor 0', () => {
    const step = { parameters: Float64Array.of(1, 2, 3), gradient, factor: 0 };
    expect(optimizer.update(optimizer.init(3), step).parameters).toEqual(step.parameters);
  });

  it('refuses lengths that differ', () => {
    const step = { parameters: new Float64Array(3), gradient: new Float64Array(2) };
    expect(() => optimizer.update(optimizer.init(3), step)).toThrow(
      /gradient must be as long as parameters \(3\), got 2/,
    );
    const wrongState = { parameters: new Float64Array(3), gradient };
    expect(() => optimizer.update(optimizer.init(4), wrongState)).toThrow(/as long as parameters \(3\), got 4/);
  });
});

describe('bad options', () => {
  it.each([
    [() => sgd({} as never), 'wrong-type'],
    [() => sgd({ learningRate: 0 }), 'out-of-range'],
    [() => sgd({ learningRate: 1, momentum: -0.1 }), 'out-of-range'],
    [() => sgd({ learningRate: 1, nesterov: true }), 'out-of-range'],
    [() => sgd({ learningRate: 1, nesterov: true, momentum: 0.9, dampening: 0.1 }), 'out-of-range'],
    [() => sgd({ lr: 1 } as never), 'unknown-option'],
    [() => adam({ beta1: 1 }), 'out-of-range'],
    [() => adam({ beta2: Number.NaN }), 'not-finite'],
    [() => adamW({ eps: -1 }), 'out-of-range'],
    [() => clipGradientNorm([], -1), 'out-of-range'],
    [() => clipGradientValue([], Number.NaN), 'not-finite'],
  ])('%s', (make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });
});

it('bounds that are not reached are written as the numbers beside them', () => {
  expect(() => adam({ learningRate: -1 })).toThrow(
    'learningRate must be a finite number with 0 < learningRate, got -1',
  );
  expect(() => adam({ beta1: 1 })).toThrow('beta1 must be a finite number with 0 <= beta1 < 1, got 1');
});

it('adam with eps 0 leaves a parameter without gradient where it is', () => {
  const optimizer = adam({ eps: 0 });
  const { parameters } = optimizer.update(optimizer.init(1), {
    parameters: Float64Array.of(5),
    gradient: Float64Array.of(0),
  });
  expect(parameters[0]).toBe(5);
});

describe('clipping', () => {
  const withGradient = (...values: number[]) => {
    const parameter = tensor(
      values.map(() => 0),
      { requiresGrad: true },
    );
    parameter.grad = Float64Array.from(values);
    return parameter;
  };

  it('names the parameter whose gradient is not finite, and changes none', () => {
    const named = [
      ['encoder.weight', withGradient(30, 40)],
      ['encoder.bias', withGradient(1, Number.POSITIVE_INFINITY)],
    ] as const;
    for (const clip of [clipGradientNorm, clipGradientValue]) {
      expect(() => clip(named, 1)).toThrow(/got Infinity at element 1 of encoder\.bias/);
      expect(() => clip(named, 1)).toThrow(expect.objectContaining({ code: 'not-finite-gradient' }));
    }
    expect([...named[0][1].grad!]).toEqual([30, 40]);
  });

  it('computes the norm of huge and of tiny gradients', () => {
    expect(clipGradientNorm([withGradient(3e200, 4e200)], Number.MAX_VALUE) / 5e200).toBeCloseTo(1, 14);
    expect(clipGradientNorm([withGradient(3e-200, 4e-200)], 1) / 5e-200).toBeCloseTo(1, 14);
    expect(clipGradientNorm([withGradient(0), tensor([1], { requiresGrad: true })], 1)).toBe(0);
  });
});
