import { readdirSync } from 'node:fs';
import * as nn from 'clusterlens/nn';
import { gradcheck, OPS, type Op, Rng, Tensor } from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';
import { expectComplete } from '../support/forgotten.js';

const rng = new Rng(7);
/** Values drawn from the domain of the operation, away from kinks. */
const draw = (shape: number[], value: () => number = () => rng.normal()) =>
  new Tensor(new Float64Array(shape.reduce((a, b) => a * b, 1)).map(value), shape, true);
const positive = () => 0.2 + 3 * rng.uniform();
const offZero = () => (rng.uniform() < 0.5 ? -1 : 1) * positive();
/** Distinct values, at least 0.1 apart: max has no derivative at ties. */
const distinct = (shape: number[]) => {
  const x = draw(shape);
  x.data.set(rng.shuffle(Float64Array.from(x.data, (_, p) => 0.1 * p - 0.35)));
  return x;
};
const fixed = (shape: number[]) => new Tensor(draw(shape).data, shape);

const X = fixed([5, 3]);
const fixed43 = fixed([4, 3]);

/** By a layer that begins anew with each call. */
function normalised(x: Tensor, weight: Tensor, bias: Tensor, training: boolean): Tensor {
  const layer = Object.assign(new nn.BatchNorm1d(3), { weight, bias });
  layer.runningMean.data.set([0.5, -1, 0]);
  layer.runningVariance.data.set([2, 0.5, 1]);
  layer.setTraining(training);
  return layer.forward(x);
}

type Case = readonly [name: string, fn: (...inputs: Tensor[]) => Tensor, inputs: Tensor[]];

/** Under the name of each operation, what is checked of it. */
const CASES: Record<string, Case[]> = {
  add: [
    ['equal shapes', nn.add, [draw([3, 4]), draw([3, 4])]],
    ['a row to a matrix', nn.add, [draw([3, 4]), draw([4])]],
    ['a column and a row', nn.add, [draw([3, 1]), draw([1, 4])]],
    ['a tensor to itself', (x) => nn.add(x!, x!), [draw([3])]],
    ['a number', (x) => nn.add(x!, 2), [draw([3])]],
  ],
  sub: [
    ['equal shapes', nn.sub, [draw([3, 4]), draw([3, 4])]],
    ['a column from a matrix', nn.sub, [draw([3, 4]), draw([3, 1])]],
    ['a matrix from a single number', nn.sub, [draw([]), draw([2, 3])]],
  ],
  mul: [
    ['equal shapes', nn.mul, [draw([3, 4]), draw([3, 4])]],
    ['three axes with one', nn.mul, [draw([2, 3, 4]), draw([3, 1])]],
    ['a tensor with itself', (x) => nn.mul(x!, x!), [draw([5])]],
  ],
  div: [
    ['equal shapes', nn.div, [draw([3, 4]), draw([3, 4], offZero)]],
    ['a matrix by a row', nn.div, [draw([3, 4]), draw([4], offZero)]],
    ['a number by a tensor', (x) => nn.div(1, x!), [draw([4], offZero)]],
  ],
  neg: [['matrix', nn.neg, [draw([2, 3])]]],
  exp: [['matrix', nn.exp, [draw([2, 3])]]],
  log: [['positive values', nn.log, [draw([2, 3], positive)]]],
  sqrt: [['positive values', nn.sqrt, [draw([2, 3], positive)]]],
  square: [['matrix', nn.square, [draw([2, 3])]]],
  abs: [['off zero', nn.abs, [draw([3, 4], offZero)]]],
  relu: [['off zero', nn.relu, [draw([3, 4], offZero)]]],
  tanh: [
    ['matrix', nn.tanh, [draw([3, 4])]],
    ['where its series is used', nn.tanh, [draw([4], () => 0.1 * rng.uniform())]],
  ],
  sigmoid: [['both signs', nn.sigmoid, [draw([3, 4], offZero)]]],
  matmul: [
    ['sizes that fill the blocks', nn.matmul, [draw([4, 4]), draw([4, 4])]],
    ['sizes that do not', nn.matmul, [draw([5, 3]), draw([3, 7])]],
    ['a matrix with itself', (x) => nn.matmul(x!, x!), [draw([3, 3])]],
    ['a matrix with its transpose', (x) => nn.matmul(x!, nn.transpose(x!)), [draw([3, 2])]],
  ],
  linear: [
    ['all three inputs', nn.linear, [draw([5, 3]), draw([7, 3]), draw([7])]],
    ['constant x', (w, b) => nn.linear(X, w!, b!), [draw([4, 3]), draw([4])]],
  ],
  layerNorm: [
    [
      'all three inputs',
      (x, weight, bias) => nn.layerNorm(x!, { weight: weight!, bias: bias! }),
      [draw([3, 5]), draw([5]), draw([5])],
    ],
    [
      'a large eps, three axes',
      (x, weight, bias) => nn.layerNorm(x!, { weight: weight!, bias: bias!, eps: 0.5 }),
      [draw([2, 2, 4]), draw([4]), draw([4])],
    ],
  ],
  norm: [['rows', nn.norm, [draw([3, 4])]]],
  l2Normalize: [['rows', nn.l2Normalize, [draw([3, 4])]]],
  softmax: [
    ['last axis', (x) => nn.softmax(x!), [draw([3, 4])]],
    ['first axis', (x) => nn.softmax(x!, { axis: 0 }), [draw([3, 4])]],
  ],
  batchNorm: [
    ['by the batch', (x, weight, bias) => normalised(x!, weight!, bias!, true), [draw([5, 3]), draw([3]), draw([3])]],
    [
      'by given moments',
      (x, weight, bias) => normalised(x!, weight!, bias!, false),
      [draw([5, 3]), draw([3]), draw([3])],
    ],
  ],
  gaussianNoise: [
    ['the same noise each time', (x) => nn.gaussianNoise(x!, { deviation: 0.4, rng: new Rng(3) }), [draw([4, 5])]],
  ],
  dropout: [['the same mask each time', (x) => nn.dropout(x!, { rate: 0.4, rng: new Rng(3) }), [draw([4, 5])]]],
  sum: [
    ['all', (x) => nn.sum(x!), [draw([3, 4])]],
    ['middle axis', (x) => nn.sum(x!, { axis: 1 }), [draw([2, 3, 4])]],
    ['keepDim', (x) => nn.mul(nn.sum(x!, { axis: -1, keepDim: true }), x!), [draw([2, 3])]],
  ],
  mean: [
    ['all', (x) => nn.mean(x!), [draw([3, 4])]],
    ['first axis', (x) => nn.mean(x!, { axis: 0 }), [draw([3, 4])]],
  ],
  max: [
    ['all', (x) => nn.max(x!), [distinct([3, 4])]],
    ['first axis', (x) => nn.max(x!, { axis: 0 }), [distinct([3, 4])]],
  ],
  logSumExp: [
    ['all', (x) => nn.logSumExp(x!), [draw([3, 4])]],
    ['middle axis', (x) => nn.logSumExp(x!, { axis: 1 }), [draw([2, 3, 4])]],
    ['large values', (x) => nn.logSumExp(x!), [new Tensor(Float64Array.of(900, 900.5, 899.25, 901), [4], true)]],
  ],
  reshape: [['matrix to three axes', (x) => nn.square(nn.reshape(x!, [2, 3, 2])), [draw([4, 3])]]],
  transpose: [['matrix', (x) => nn.mul(nn.transpose(x!), fixed43), [draw([3, 4])]]],
  concat: [
    ['rows', (a, b) => nn.square(nn.concat([a!, b!])), [draw([1, 3]), draw([2, 3])]],
    ['columns', (a, b) => nn.square(nn.concat([a!, b!], { axis: 1 })), [draw([2, 1]), draw([2, 3])]],
    ['a tensor with itself', (a) => nn.square(nn.concat([a!, a!], { axis: -1 })), [draw([2, 2])]],
  ],
  slice: [
    ['rows', (x) => nn.square(nn.slice(x!, { start: 1, end: 3 })), [draw([4, 2])]],
    ['columns', (x) => nn.square(nn.slice(x!, { axis: 1, start: 2 })), [draw([2, 4])]],
  ],
  gather: [['rows, some twice, some not', (x) => nn.square(nn.gather(x!, [2, 0, 2])), [draw([4, 3])]]],
  contrast: [
    [
      'two classes and a row alone',
      (x) => nn.supCon(x!, [0, 1, 0, 1, 1, 2], { temperature: 0.5 }).loss,
      [draw([6, 3])],
    ],
    ['two views', (a, b) => nn.ntXent(a!, b!).loss, [draw([3, 4]), draw([3, 4])]],
  ],
  crossEntropy: [
    ['mean', (x) => nn.crossEntropy(x!, [2, 0, 1, 2]).loss, [draw([4, 3])]],
    [
      'weights, smoothing and a row left out',
      (x) => nn.crossEntropy(x!, [2, 0, -100, 2], { weight: [1, 0.5, 3], labelSmoothing: 0.2 }).loss,
      [draw([4, 3])],
    ],
    [
      'each row',
      (x) => nn.square(nn.crossEntropy(x!, [1, 9, 0], { ignoreIndex: 9, reduction: 'none' }).loss),
      [draw([3, 2])],
    ],
  ],
  triplet: (['all', 'hard', 'semi-hard'] as const).flatMap((mining) =>
    (['euclidean', 'cosine'] as const).map((distance): (typeof CASES)[string][number] => [
      `${mining}, ${distance}`,
      (x) => nn.tripletMargin(x!, [0, 1, 0, 1, 1, 2], { mining, distance, margin: 0.7 }).loss,
      [draw([6, 3])],
    ]),
  ),
};

describe('gradient of every operation', () => {
  for (const [op, cases] of Object.entries(CASES)) {
    for (const [name, fn, inputs] of cases) {
      it(`${op}: ${name}`, () => {
        const { checked, maxError, meanError } = gradcheck(fn, inputs);
        expect(checked).toBeGreaterThan(0);
        // Well below PyTorch's tolerance, which a small error would slip through.
        expect(maxError).toBeLessThan(2e-7);
        expect(meanError).toBeLessThan(2e-8);
      });
    }
  }
});

describe('completeness', () => {
  it('every operation of the table has a gradient case', () => {
    expectComplete('CASES of test/gradient/ops.test.ts', Object.keys(CASES), Object.keys(OPS));
  });

  it('the table has each operation under its own name', () => {
    for (const [name, op] of Object.entries(OPS)) expect(op.name).toBe(name);
  });

  it('each case puts its operation on the tape', () => {
    for (const [op, cases] of Object.entries(CASES)) {
      for (const [name, fn, inputs] of cases) {
        const names = new Set<string>();
        const visit = (at: Tensor) => {
          if (at.node === null) return;
          names.add(at.node.op.name);
          at.node.inputs.forEach(visit);
        };
        visit(fn(...inputs));
        expect(names, `${op}: ${name}`).toContain(op);
      }
    }
  });

  it('every operation that a file of src/nn defines is in the table', async () => {
    const folder = new URL('../../src/nn/', import.meta.url);
    const defined = new Set<unknown>();
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      // What is written in AssemblyScript is no module of JavaScript.
      if (!file.endsWith('.ts') || file.includes('assembly')) continue;
      const exported = (await import(new URL(file, folder).href)) as Record<string, unknown>;
      for (const value of Object.values(exported)) {
        const { name, forward, backward } = (value ?? {}) as Partial<Op>;
        if (typeof name !== 'string' || typeof forward !== 'function' || typeof backward !== 'function') continue;
        defined.add(value);
        expect(OPS[name], `src/nn/op-table.ts must have a row for ${name} of src/nn/${file}`).toBe(value);
      }
    }
    expect(defined.size).toBe(Object.keys(OPS).length);
  });
});
