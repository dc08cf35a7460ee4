import { add, exp, gradients, mean, mul, noGrad, relu, square, sum, type Tensor, tensor } from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';

describe('tensor', () => {
  it('takes numbers, nested arrays, typed arrays and flat matrices', () => {
    expect(tensor(3)).toMatchObject({ shape: [], data: Float64Array.of(3) });
    expect(tensor([1, 2])).toMatchObject({ shape: [2] });
    const nested = tensor([
      [[1], [2]],
      [[3], [4]],
      [[5], [6]],
    ]);
    expect(nested).toMatchObject({ shape: [3, 2, 1], data: Float64Array.of(1, 2, 3, 4, 5, 6) });
    expect(tensor([Float32Array.of(1, 2), Float32Array.of(3, 4)])).toMatchObject({ shape: [2, 2] });
    expect(tensor({ data: [1, 2, 3, 4, 5, 6], rows: 2, columns: 3 })).toMatchObject({ shape: [2, 3] });
    expect(tensor(Float64Array.of(1, 2, 3, 4), { shape: [2, 2] })).toMatchObject({ shape: [2, 2] });
  });

  it('copies: later writes to the source do not reach it', () => {
    const source = Float64Array.of(1, 2);
    const x = tensor(source);
    source[0] = 9;
    expect(x.data[0]).toBe(1);
  });

  it.each([
    [
      'a NaN, with its place',
      () =>
        tensor([
          [1, 2],
          [3, Number.NaN],
        ]),
      'not-finite',
      '[1, 1]',
    ],
    ['an infinite number', () => tensor(Number.POSITIVE_INFINITY), 'not-finite', 'Infinity'],
    ['text', () => tensor(['1'] as never), 'wrong-type', '"1"'],
    ['nothing', () => tensor(undefined as never), 'wrong-type', 'undefined'],
    ['an empty array', () => tensor([]), 'empty', 'depth 0'],
    ['an empty row', () => tensor([[]]), 'empty', 'depth 1'],
    ['ragged rows', () => tensor([[1, 2], [3]]), 'ragged-rows', 'got 1'],
    ['a number among rows', () => tensor([[1], 2] as never), 'ragged-rows', 'got 2'],
    ['a row among numbers', () => tensor([1, [2]] as never), 'wrong-type', 'array of length 1'],
    ['a hole', () => tensor(new Array(3) as never), 'wrong-type', 'undefined'],
    ['a shape that does not fit', () => tensor([1, 2, 3], { shape: [2, 2] }), 'length-mismatch', 'got 3'],
    ['flat data that do not fit', () => tensor({ data: [1], rows: 1, columns: 2 }), 'length-mismatch', 'got 1'],
    ['an extent of 0', () => tensor([1], { shape: [0] }), 'out-of-range', 'got 0'],
    ['an extent that is no integer', () => tensor([1], { shape: [1.5] }), 'out-of-range', '1.5'],
    ['a misspelt option', () => tensor([1], { requireGrad: true } as never), 'unknown-option', 'requiresGrad'],
    ['a flag that is none', () => tensor([1], { requiresGrad: 1 as never }), 'wrong-type', 'requiresGrad'],
  ])('refuses %s', (_name, call, code, part) => {
    expect(call).toThrow(expect.objectContaining({ code, message: expect.stringContaining(part) }));
  });

  it('item is for one element', () => {
    expect(tensor([[4]]).item()).toBe(4);
    expect(() => tensor([1, 2]).item()).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});

describe('backward', () => {
  it('adds to the grad of leaves, over several uses and several passes', () => {
    const x = tensor([3], { requiresGrad: true });
    const loss = sum(add(mul(x, x), x)); // x^2 + x, slope 7
    loss.backward();
    expect(x.grad).toEqual(Float64Array.of(7));
    loss.backward();
    expect(x.grad).toEqual(Float64Array.of(14));
    expect(loss.grad).toBe(null);
  });

  it('leaves constants and detached tensors alone', () => {
    const x = tensor([2], { requiresGrad: true });
    const constant = tensor([5]);
    sum(mul(mul(x, constant), square(x).detach())).backward();
    expect(x.grad).toEqual(Float64Array.of(20)); // 5 * 4, the square being a constant
    expect(constant.grad).toBe(null);
  });

  it('refuses several elements, and a constant', () => {
    const x = tensor([1, 2], { requiresGrad: true });
    expect(() => x.backward()).toThrow(expect.objectContaining({ name: 'GradientError', code: 'no-gradient' }));
    expect(() => sum(tensor([1, 2])).backward()).toThrow(expect.objectContaining({ code: 'no-gradient' }));
  });

  it('walks a tape of 50,000 steps without overflowing the stack', () => {
    const x = tensor(1, { requiresGrad: true });
    let y: Tensor = x;
    for (let i = 0; i < 50_000; i++) y = add(y, 1);
    y.backward();
    expect(x.grad).toEqual(Float64Array.of(1));
  });

  it('names the operation whose gradient overflows', () => {
    const x = tensor([1e-200], { requiresGrad: true });
    const y = mul(mul(x, 1e200), 1e200); // 1e200, its slope 1e400
    expect(() => sum(y).backward()).toThrow(
      expect.objectContaining({ code: 'not-finite-gradient', message: expect.stringContaining('mul') }),
    );
  });
});

describe('gradients', () => {
  it('gives gradients by leaves and by results on the way, in order, and changes no grad', () => {
    const x = tensor([1, -2], { requiresGrad: true });
    const other = tensor([1], { requiresGrad: true });
    const middle = relu(x);
    const [byMiddle, byOther, byX] = gradients(sum(square(middle)), [middle, other, x]);
    expect([byMiddle, byOther, byX]).toEqual([Float64Array.of(2, 0), Float64Array.of(0), Float64Array.of(2, 0)]);
    expect(x.grad).toBe(null);
  });

  it('weights the elements of a root with several by the seed', () => {
    const x = tensor([1, 2, 3], { requiresGrad: true });
    expect(gradients(square(x), [x], { seed: Float64Array.of(1, 0, -1) })).toEqual([Float64Array.of(2, 0, -6)]);
    expect(() => gradients(square(x), [x])).toThrow(expect.objectContaining({ code: 'no-gradient' }));
    expect(() => gradients(square(x), [x], { seed: Float64Array.of(1) })).toThrow(
      expect.objectContaining({ code: 'length-mismatch' }),
    );
  });
});

describe('the tape', () => {
  it('holds operation, inputs and attributes', () => {
    const x = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { requiresGrad: true },
    );
    const y = mean(x, { axis: -1 });
    expect(y.node).toMatchObject({ op: { name: 'mean' }, attributes: { axis: 1, keepDim: false } });
    expect(y.node!.inputs[0]).toBe(x);
    expect(y.node!.output).toBe(y);
  });

  it('is not written inside noGrad, also after an error in it, nor for constants', () => {
    const x = tensor([1], { requiresGrad: true });
    expect(noGrad(() => exp(x)).requiresGrad).toBe(false);
    expect(() => noGrad(() => exp(tensor([1000])))).toThrow();
    expect(exp(x).requiresGrad).toBe(true);
    expect(exp(tensor([1])).node).toBe(null);
  });

  it('noGrad refuses a promise, whose work would be recorded after all', () => {
    expect(() => noGrad(async () => 1)).toThrow(expect.objectContaining({ code: 'wrong-type' }));
    expect(() => noGrad(3 as never)).toThrow(expect.objectContaining({ code: 'wrong-type' }));
  });
});
