import { dropout, gradcheck, mul, type Op, Rng, square, sum, Tensor, tensor } from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';
import { record } from '../../../src/nn/record.js';

const x = tensor([1, 2, 3], { requiresGrad: true });

/** Squares, with a slope that is wrong by `factor` at one element. */
const faulty = (factor: number): Op<null, undefined> => ({
  name: 'faulty',
  forward: ([input]) => ({ data: input!.data.map((value) => value * value), shape: input!.shape }),
  backward(gradient, { inputs }, [into]) {
    for (let p = 0; p < gradient.length; p++)
      into![p]! += gradient[p]! * 2 * inputs[0]!.data[p]! * (p === 1 ? factor : 1);
  },
});

describe('gradcheck', () => {
  it('compares every element of the result with every element of the inputs', () => {
    const y = tensor([4, 5, 6], { requiresGrad: true });
    expect(gradcheck((a, b) => mul(a!, b!), [x, y]).checked).toBe(18);
    expect(gradcheck((a) => sum(square(a!)), [x]).checked).toBe(3);
  });

  it('names input, index, analytic and numeric value of a wrong gradient', () => {
    const check = () => gradcheck((_constant, input) => record(faulty(1.01), [input!], null), [tensor([0]), x]);
    expect(check).toThrow(expect.objectContaining({ name: 'GradientError', code: 'gradient-mismatch' }));
    expect(check).toThrow(
      /analytic 4\.04 and numeric (4\.0000|3\.9999)\d* for input 1 at index \[1\] \(value 2\), result at index \[1\]/,
    );
  });

  it('judges by atol + rtol |numeric|', () => {
    const check = (factor: number, options?: { rtol?: number; atol?: number }) => () =>
      gradcheck((input) => record(faulty(factor), [input!], null), [x], options);
    expect(check(1.0009)).not.toThrow();
    expect(check(1.0011)).toThrow();
    expect(check(1.0009, { rtol: 1e-4 })).toThrow();
    expect(check(1.01, { rtol: 0, atol: 0.05 })).not.toThrow();
    expect(check(1.02, { rtol: 0, atol: 0.05 })).toThrow();
  });

  it('leaves inputs, their grad and the tape as they were', () => {
    gradcheck((a) => square(a!), [x]);
    expect(x.data).toEqual(Float64Array.of(1, 2, 3));
    expect(x.grad).toBe(null);
    expect(square(x).requiresGrad).toBe(true);
  });

  it('finds a function that gives another result each time', () => {
    const rng = new Rng(1);
    expect(() => gradcheck((a) => dropout(a!, { rate: 0.5, rng }), [x])).toThrow(
      expect.objectContaining({ code: 'gradient-mismatch' }),
    );
  });

  it.each<[string, () => unknown, string]>([
    ['no input that requires a gradient', () => gradcheck((a) => square(a!), [tensor([1])]), 'no-gradient'],
    ['a constant result', () => gradcheck((a) => square(a!.detach()), [x]), 'no-gradient'],
    ['a result that is no tensor', () => gradcheck((() => 3) as never, [x]), 'wrong-type'],
    ['an input that is no tensor', () => gradcheck((a) => square(a!), [1 as never]), 'wrong-type'],
    ['no function', () => gradcheck(null as never, [x]), 'wrong-type'],
    ['no inputs', () => gradcheck((a) => square(a!), null as never), 'wrong-type'],
    ['eps 0', () => gradcheck((a) => square(a!), [x], { eps: 0 }), 'out-of-range'],
  ])('refuses %s', (_name, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });

  it('takes a tensor that is used as two inputs', () => {
    const twice = new Tensor(Float64Array.of(2), [1], true);
    gradcheck((a, b) => mul(a!, b!), [twice, twice]);
  });
});
