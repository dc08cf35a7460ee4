import * as nn from 'clusterlens/nn';
import { Rng, type Tensor, tensor } from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';

const rows = (x: Tensor) => {
  const [n, m] = x.shape as [number, number];
  return Array.from({ length: n }, (_, i) => Array.from(x.data.subarray(i * m, (i + 1) * m)));
};
const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('values', () => {
  it('binary operations broadcast by the rule of NumPy', () => {
    expect(rows(nn.add(matrix, tensor([10, 20, 30])))).toEqual([
      [11, 22, 33],
      [14, 25, 36],
    ]);
    expect(rows(nn.sub(matrix, tensor([[1], [2]])))).toEqual([
      [0, 1, 2],
      [2, 3, 4],
    ]);
    expect(rows(nn.mul(tensor([[1], [2]]), tensor([[3, 4]])))).toEqual([
      [3, 4],
      [6, 8],
    ]);
    expect(nn.div(1, tensor([[[2]], [[4]]]))).toMatchObject({ shape: [2, 1, 1], data: Float64Array.of(0.5, 0.25) });
    expect(nn.add(tensor([[1, 2]]), tensor([[[1], [2]]])).shape).toEqual([1, 2, 2]);
  });

  it('matmul, linear and transpose', () => {
    const square = tensor([
      [1, 0, 2],
      [0, 1, 1],
      [1, 1, 0],
    ]);
    expect(rows(nn.matmul(matrix, square))).toEqual([
      [4, 5, 4],
      [10, 11, 13],
    ]);
    expect(
      rows(
        nn.linear(
          matrix,
          tensor([
            [1, 0, 2],
            [1, 1, 1],
          ]),
          tensor([10, 20]),
        ),
      ),
    ).toEqual([
      [17, 26],
      [26, 35],
    ]);
    expect(rows(nn.transpose(matrix))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  it('reductions over all, one axis from either end, and with the axis kept', () => {
    expect(nn.sum(matrix).item()).toBe(21);
    expect(nn.mean(matrix, { axis: 0 })).toMatchObject({ shape: [3], data: Float64Array.of(2.5, 3.5, 4.5) });
    expect(nn.max(matrix, { axis: -1, keepDim: true })).toMatchObject({ shape: [2, 1], data: Float64Array.of(3, 6) });
    expect(
      nn.sum(
        tensor([
          [
            [1, 2],
            [3, 4],
          ],
        ]),
        { axis: 1 },
      ),
    ).toMatchObject({ shape: [1, 2], data: Float64Array.of(4, 6) });
    expect(nn.sum(matrix, { keepDim: true }).shape).toEqual([1, 1]);
  });

  it('softmax, logSumExp and sigmoid do not overflow', () => {
    expect(nn.logSumExp(tensor([1000, 1000])).item()).toBeCloseTo(1000 + Math.log(2), 12);
    expect(nn.logSumExp(tensor([-1e308, 1e308])).item()).toBe(1e308);
    expect(Array.from(nn.softmax(tensor([1e5, 1e5, -1e5])).data)).toEqual([0.5, 0.5, 0]);
    expect(Array.from(nn.sigmoid(tensor([-1e5, 0, 1e5])).data)).toEqual([0, 0.5, 1]);
  });

  it('concat, slice, gather and reshape', () => {
    expect(rows(nn.concat([matrix, tensor([[7], [8]])], { axis: 1 }))).toEqual([
      [1, 2, 3, 7],
      [4, 5, 6, 8],
    ]);
    expect(rows(nn.slice(matrix, { axis: 1, start: 1 }))).toEqual([
      [2, 3],
      [5, 6],
    ]);
    expect(rows(nn.gather(matrix, [1, 1, 0]))).toEqual([
      [4, 5, 6],
      [4, 5, 6],
      [1, 2, 3],
    ]);
    expect(rows(nn.reshape(matrix, [3, 2]))).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it('layerNorm divides by the biased deviation; a constant row gives the bias', () => {
    const weight = tensor([1, 1, 2]);
    const bias = tensor([0, 0, 5]);
    const [first, second] = rows(
      nn.layerNorm(
        tensor([
          [1, 2, 3],
          [4, 4, 4],
        ]),
        { weight, bias, eps: 1e-12 },
      ),
    );
    const unit = Math.sqrt(3 / 2);
    [-unit, 0, 2 * unit + 5].forEach((value, j) => {
      expect(first![j]).toBeCloseTo(value, 10);
    });
    expect(second).toEqual([0, 0, 5]);
  });
});

describe('layerNorm', () => {
  it('adds 1e-5 to the variance unless told otherwise, as operation and as module', () => {
    const x = tensor([[-0.001, 0.001]]); // variance 1e-6
    const expected = 0.001 / Math.sqrt(1e-6 + 1e-5);
    const weight = tensor([1, 1]);
    expect(nn.layerNorm(x, { weight, bias: tensor([0, 0]) }).data[1]).toBeCloseTo(expected, 12);
    expect(new nn.LayerNorm(2).forward(x).data[1]).toBeCloseTo(expected, 12);
    expect(new nn.LayerNorm(2, { eps: 1 }).forward(x).data[1]).toBeCloseTo(0.001 / Math.sqrt(1e-6 + 1), 12);
  });
});

describe('choices where mathematics leaves one', () => {
  it('ties of max share the gradient equally', () => {
    const x = tensor([2, 5, 5, 1], { requiresGrad: true });
    nn.max(x).backward();
    expect(x.grad).toEqual(Float64Array.of(0, 0.5, 0.5, 0));
  });

  it('relu and abs have slope 0 at 0', () => {
    const x = tensor([0], { requiresGrad: true });
    nn.sum(nn.add(nn.relu(x), nn.abs(x))).backward();
    expect(x.grad).toEqual(Float64Array.of(0));
  });

  it('a zero vector has norm 0, direction 0 and gradient 0', () => {
    const x = tensor(
      [
        [0, 0],
        [3, 4],
      ],
      { requiresGrad: true },
    );
    expect(Array.from(nn.norm(x).data)).toEqual([0, 5]);
    expect(rows(nn.l2Normalize(x))).toEqual([
      [0, 0],
      [0.6, 0.8],
    ]);
    nn.sum(nn.add(nn.sum(nn.l2Normalize(x)), nn.sum(nn.norm(x)))).backward();
    expect(Array.from(x.grad!.subarray(0, 2))).toEqual([0, 0]);
    expect(x.grad![2]).not.toBe(0);
  });

  it('a vector keeps its direction at lengths whose squares over- or underflow', () => {
    for (const scale of [1e-140, 1e-9, 1e9, 1e200]) {
      const [row] = rows(nn.l2Normalize(tensor([[3 * scale, 4 * scale]])));
      expect(row![0]).toBeCloseTo(0.6, 15);
      expect(row![1]).toBeCloseTo(0.8, 15);
    }
  });

  it('the gradient of sqrt at 0 is an error unless nothing flows there', () => {
    const x = tensor([0, 4], { requiresGrad: true });
    expect(() => nn.sum(nn.sqrt(x)).backward()).toThrow(
      expect.objectContaining({ code: 'not-finite-gradient', message: expect.stringContaining('sqrt') }),
    );
    const y = tensor([0, 4], { requiresGrad: true });
    nn.sum(nn.mul(nn.sqrt(y), tensor([0, 1]))).backward();
    expect(y.grad).toEqual(Float64Array.of(0, 0.25));
  });

  it('dropout divides what it keeps, drops the given share, and takes its mask from the generator', () => {
    const x = tensor(new Float64Array(20_000).fill(1));
    const y = nn.dropout(x, { rate: 0.25, rng: new Rng(1) });
    expect(new Set(y.data)).toEqual(new Set([0, 1 / 0.75]));
    const dropped = y.data.filter((value) => value === 0).length / 20_000;
    expect(Math.abs(dropped - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 20_000));
    expect(nn.dropout(x, { rate: 0.25, rng: new Rng(1) }).data).toEqual(y.data);
    expect(nn.dropout(x, { rate: 0.25, rng: new Rng(2) }).data).not.toEqual(y.data);
    expect(nn.dropout(x, { rate: 0, rng: new Rng(1) }).data).toEqual(x.data);
  });
});

const three = tensor([1, 2, 3]);
const two = tensor([1, 2]);
const rng = new Rng(0);
describe('outside the domain', () => {
  it.each<[string, () => unknown, string, string]>([
    ['log of 0', () => nn.log(tensor([1, 0])), 'out-of-range', 'log: needs values > 0, got 0 at index [1]'],
    ['sqrt below 0', () => nn.sqrt(tensor([[1], [-4]])), 'out-of-range', 'got -4 at index [1, 0]'],
    ['division by 0', () => nn.div(1, tensor([1, -0])), 'out-of-range', 'div: needs a divisor other than 0'],
    ['exp of 710', () => nn.exp(tensor([1, 710])), 'not-finite', 'got Infinity at index [1] from 710'],
    ['an overflowing square', () => nn.square(tensor([1e200])), 'not-finite', 'from 1e+200'],
    ['an overflowing product', () => nn.mul(tensor([1e200]), 1e200), 'not-finite', 'mul'],
    ['an overflowing matrix product', () => nn.matmul(tensor([[1e200]]), tensor([[1e200]])), 'not-finite', 'matmul'],
    ['an overflowing variance', () => layerNormOf([[1e200, -1e200]]), 'not-finite', 'variance of row 0'],
    ['an overflowing length', () => nn.l2Normalize(tensor([[1.7e308, 1.7e308]])), 'not-finite', 'length of row 0'],
    ['shapes that do not broadcast', () => nn.add(three, two), 'shape-mismatch', '[3] and [2]'],
    ['a number that is none', () => nn.add(three, Number.NaN), 'not-finite', 'NaN'],
    ['what is no tensor', () => nn.relu([1] as never), 'wrong-type', 'array of length 1'],
    ['matmul of vectors', () => nn.matmul(three, three), 'shape-mismatch', '[3]'],
    ['matmul of unequal sizes', () => nn.matmul(matrix, matrix), 'shape-mismatch', '[2, 3] and [2, 3]'],
    ['linear with another bias', () => nn.linear(matrix, matrix, three), 'shape-mismatch', '[3]'],
    ['layerNorm with another width', () => nn.layerNorm(matrix, { weight: two, bias: two }), 'shape-mismatch', '[2]'],
    ['an axis that is not there', () => nn.sum(matrix, { axis: 2 }), 'shape-mismatch', 'got 2'],
    ['an axis that is no integer', () => nn.max(matrix, { axis: 0.5 }), 'shape-mismatch', 'got 0.5'],
    ['a misspelt option', () => nn.mean(matrix, { axes: 0 } as never), 'unknown-option', "did you mean 'axis'"],
    ['reshape to another size', () => nn.reshape(matrix, [4]), 'length-mismatch', '[2, 3] to [4]'],
    ['reshape to an extent of -1', () => nn.reshape(matrix, [-1]), 'out-of-range', '[-1]'],
    ['concat of nothing', () => nn.concat([]), 'empty', 'length 0'],
    ['concat of unequal widths', () => nn.concat([matrix, tensor([[1, 2]])]), 'shape-mismatch', '[1, 2]'],
    ['a slice beyond the end', () => nn.slice(matrix, { end: 3 }), 'out-of-range', 'got 3'],
    ['an empty slice', () => nn.slice(matrix, { start: 1, end: 1 }), 'out-of-range', 'end'],
    ['gather beyond the rows', () => nn.gather(matrix, [0, 2]), 'out-of-range', 'rows[1]'],
    ['gather of nothing', () => nn.gather(matrix, []), 'empty', 'got none'],
    ['dropout of everything', () => nn.dropout(matrix, { rate: 1, rng }), 'out-of-range', 'got 1'],
    ['dropout without a generator', () => nn.dropout(matrix, {} as never), 'wrong-type', 'undefined'],
  ])('%s is an error that names it', (_name, call, code, part) => {
    expect(call).toThrow(expect.objectContaining({ code, message: expect.stringContaining(part) }));
  });
});

function layerNormOf(values: number[][]) {
  return nn.layerNorm(tensor(values), { weight: tensor([1, 1]), bias: tensor([0, 0]) });
}
