import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';
import { explainPlan, gradients, type Module, ResidualBlock, Rng, Tensor } from '../../../src/nn/index.js';
import { lowerings } from '../../../src/nn/lowering-table.js';
import { packArena } from '../../../src/nn/plan/arena.js';
import { makePlan } from '../../../src/nn/plan/make-plan.js';
import { parameterStore } from '../../../src/nn/plan/parameter-store.js';
import type { Trainable } from '../../../src/nn/trainable.js';
import { expectComplete } from '../../support/forgotten.js';

const rng = new Rng(11);
/** Values that float32 holds exactly. */
const draw = (shape: readonly number[], requiresGrad = true) =>
  new Tensor(
    new Float64Array(shape.reduce((a, b) => a * b, 1)).map(() => Math.fround(rng.normal())),
    shape,
    requiresGrad,
  );
const positive = (t: Tensor) => {
  for (let p = 0; p < t.size; p++) t.data[p] = Math.fround(0.5 + Math.abs(t.data[p]!));
  return t;
};

/** A model of nothing but a function of parameters and input. */
function modelOf(parameters: readonly Tensor[], forward: (x: Tensor) => Tensor | Record<string, Tensor>): Trainable {
  return {
    forward,
    namedParameters: () => parameters.map((tensor, i) => [`p${i}`, tensor] as const),
    setTraining() {},
  };
}

/** Largest difference relative to the root mean square of what is expected. */
function difference(given: ArrayLike<number>, expected: Float64Array): number {
  expect(given.length).toBe(expected.length);
  const scale = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0) / expected.length) || 1;
  return expected.reduce((most, value, p) => Math.max(most, Math.abs(given[p]! - value) / scale), 0);
}

/** Outputs and gradients of a model by its plan and by the tape, on the same masks. */
function check(model: Trainable, x: Tensor, tolerance = 1e-5) {
  const named = model.namedParameters();
  const tensors = named.map(([, tensor]) => tensor);
  for (const kernels of ['simd', 'plain'] as const) {
    const state = model.rngState?.();
    const store = parameterStore(named, 0, kernels);
    const made = makePlan(model, x, { store, training: true });
    if ('reason' in made) throw new Error(made.reason);
    const { plan } = made;
    store.load();
    // Whatever was left behind must not matter.
    store
      .floats()
      .fill(7, store.gradient >> 2, store.moments[0] === undefined ? store.arena >> 2 : store.gradient >> 2);
    plan.forward(x);
    const outputs = plan.outputs();
    const after = model.rngState?.();
    if (state !== undefined) model.restoreRng!(state);
    const value = model.forward(x);
    expect(model.rngState?.()).toEqual(after);
    const expected = value instanceof Tensor ? new Map([['', value]]) : new Map(Object.entries(value as object));
    expect([...outputs.keys()]).toEqual([...expected.keys()]);
    const seeds = new Map([...expected].map(([name, { shape }]) => [name, draw(shape).data]));
    // Twice: a plan may run its backward pass again.
    plan.backward(seeds);
    plan.backward(seeds);
    for (const [name, output] of outputs) {
      expect(output.shape).toEqual(expected.get(name)!.shape);
      expect(difference(output.data, expected.get(name)!.data), `output '${name}'`).toBeLessThan(tolerance);
    }
    const sums = tensors.map(({ size }) => new Float64Array(size));
    for (const [name, output] of expected) {
      gradients(output, tensors, { seed: seeds.get(name)! }).forEach((part, i) => {
        part.forEach((g, p) => {
          sums[i]![p]! += g;
        });
      });
    }
    tensors.forEach((tensor, i) => {
      if (!plan.reached.has(tensor)) return;
      const start = store.gradientOf(tensor) >> 2;
      const given = store.floats().subarray(start, start + tensor.size);
      expect(difference(given, sums[i]!), `gradient of ${named[i]![0]}`).toBeLessThan(tolerance);
    });
    if (state !== undefined) model.restoreRng!(state);
  }
}

const X = draw([5, 3], false);
/** What kernel runs the last operation of a plan for a function of parameters. */
function explained(parameters: readonly Tensor[], forward: (x: Tensor) => Tensor) {
  return explainPlan(modelOf(parameters, forward) as Module, X).steps;
}

type Case = readonly [name: string, parameters: Tensor[], fn: (...inputs: Tensor[]) => Tensor];
const FAST: Record<string, Case[]> = {
  linear: [
    [16, 40, 27],
    [1, 13, 1],
    [7, 1, 13],
    [10, 27, 40],
    [3, 5, 6],
  ].map(
    ([n, k, m]): Case => [
      `${n} x ${k} to ${m}`,
      [draw([n!, k!]), draw([m!, k!]), draw([m!])],
      (x, w, b) => nn.linear(x!, w!, b!),
    ],
  ),
  matmul: [
    ['odd sizes', [draw([7, 13]), draw([13, 27])], (a, b) => nn.matmul(a!, b!)],
    ['a matrix with itself', [draw([9, 9])], (a) => nn.matmul(a!, a!)],
  ],
  layerNorm: [
    ...[1, 3, 13, 40].map(
      (width): Case => [
        `width ${width}`,
        [draw([5, width]), draw([width]), draw([width])],
        (x, weight, bias) => nn.layerNorm(x!, { weight: weight!, bias: bias! }),
      ],
    ),
    [
      'one parameter as weight and bias',
      [draw([4, 6]), draw([6])],
      (x, w) => nn.layerNorm(x!, { weight: w!, bias: w! }),
    ],
  ],
  relu: [['odd size', [draw([3, 9])], (x) => nn.relu(x!)]],
  tanh: [['odd size', [draw([3, 9])], (x) => nn.tanh(x!)]],
  sigmoid: [['odd size', [draw([3, 9])], (x) => nn.sigmoid(x!)]],
  neg: [['odd size', [draw([3, 9])], (x) => nn.neg(x!)]],
  square: [['odd size', [draw([3, 9])], (x) => nn.square(x!)]],
  add: [
    ['two', [draw([3, 9]), draw([3, 9])], (a, b) => nn.add(a!, b!)],
    ['a tensor to itself', [draw([7])], (a) => nn.add(a!, a!)],
    ['a number', [draw([7])], (a) => nn.add(2, a!)],
  ],
  sub: [
    ['two', [draw([3, 9]), draw([3, 9])], (a, b) => nn.sub(a!, b!)],
    ['a number from it', [draw([7])], (a) => nn.sub(a!, 2)],
    ['it from a number', [draw([7])], (a) => nn.sub(2, a!)],
  ],
  mul: [
    ['two', [draw([3, 9]), draw([3, 9])], (a, b) => nn.mul(a!, b!)],
    ['with itself', [draw([7])], (a) => nn.mul(a!, a!)],
    ['a number', [draw([7])], (a) => nn.mul(a!, -1.5)],
  ],
  div: [['by a number', [draw([7])], (a) => nn.div(a!, 3)]],
  concat: [
    ['rows', [draw([2, 3]), draw([1, 3])], (a, b) => nn.concat([a!, b!])],
    ['columns, one twice', [draw([2, 3]), draw([2, 1])], (a, b) => nn.concat([a!, b!, a!], { axis: 1 })],
  ],
  slice: [
    ['columns', [draw([3, 7])], (a) => nn.slice(a!, { axis: 1, start: 2, end: 6 })],
    ['two parts', [draw([3, 7])], (a) => nn.add(nn.slice(a!, { end: 2 }), nn.slice(a!, { start: 1 }))],
  ],
};
const SLOW: Case[] = [
  ['mul by a column', [draw([3, 4]), draw([3, 1])], (a, b) => nn.mul(a!, b!)],
  ['add of a row', [draw([3, 4]), draw([4])], (a, b) => nn.add(a!, b!)],
  ['div', [draw([3, 4]), positive(draw([3, 4]))], (a, b) => nn.div(a!, b!)],
  ['exp and log', [draw([5])], (a) => nn.log(nn.add(nn.exp(a!), 1))],
  ['softmax', [draw([3, 4])], (a) => nn.softmax(a!)],
  ['l2Normalize', [draw([3, 4])], (a) => nn.l2Normalize(a!)],
  ['transpose', [draw([3, 4])], (a) => nn.transpose(a!)],
  ['gather, some rows twice', [draw([3, 4])], (a) => nn.gather(a!, [2, 0, 2])],
  [
    'sum, mean, max and logSumExp',
    [draw([3, 4])],
    (a) =>
      nn.concat([
        nn.sum(a!, { axis: 1 }),
        nn.mean(a!, { axis: 0 }),
        nn.max(a!, { axis: 1 }),
        nn.logSumExp(a!, { axis: 0 }),
      ]),
  ],
  ['norm, sqrt and abs', [positive(draw([3, 4]))], (a) => nn.mul(nn.norm(a!), nn.norm(nn.sqrt(nn.abs(a!))))],
];

describe('every operation by its kernels', () => {
  it('that has some, which the table of lowerings says', () => {
    // Relu and dropout end a step of another operation, and stand under "fusions".
    const fused = ['relu', 'dropout'];
    const needed = Array.from(lowerings().keys(), (op) => (op as nn.Op).name).filter((name) => !fused.includes(name));
    const listed = Object.keys(FAST).filter((name) => !fused.includes(name));
    expectComplete('FAST of test/unit/nn/plan.test.ts', listed, needed);
  });

  for (const [op, cases] of Object.entries(FAST)) {
    for (const [name, parameters, fn] of cases) {
      it(`${op}: ${name}`, () => {
        check(
          modelOf(parameters, () => fn(...parameters)),
          X,
        );
        // The same on values that live in the arena, each read twice, so that gradients add up.
        const doubled = () => {
          const inner = parameters.map((parameter) => nn.neg(parameter));
          return {
            first: fn(...inner),
            second: fn(...inner),
            ...Object.fromEntries(inner.map((t, i) => [`i${i}`, t])),
          };
        };
        check(modelOf(parameters, doubled), X);
        const last = explained(parameters, () => fn(...parameters)).find((step) => step.op === op)!;
        expect(last.kernel).toBe('simd');
      });
    }
  }

  it('a reshape takes no step', () => {
    const p = draw([3, 4]);
    const forward = () => nn.tanh(nn.reshape(nn.square(p), [2, 6]));
    check(modelOf([p], forward), X);
    expect(explained([p], forward).map(({ op }) => op)).toEqual(['square', 'tanh']);
  });
});

describe('operations without a kernel run as they are, and the plan says which', () => {
  for (const [name, parameters, fn] of SLOW) {
    it(name, () => {
      check(
        modelOf(parameters, () => fn(...parameters)),
        X,
        2e-5,
      );
      check(
        modelOf(parameters, () => fn(...parameters.map((parameter) => nn.mul(parameter, 1)))),
        X,
        2e-5,
      );
      const plan = explainPlan(modelOf(parameters, () => fn(...parameters)) as Module, X);
      expect(plan.eager.length).toBeGreaterThan(0);
      for (const step of plan.steps) expect(step.kernel === 'eager').toBe(plan.eager.includes(step.op));
    });
  }

  it('an operation of a user, also one that bears a known name', () => {
    const op: nn.Op<null, undefined> = {
      name: 'tanh',
      forward: ([x]) => ({ data: x!.data.map((value) => value ** 3), shape: x!.shape }),
      backward: (gradient, { inputs: [x] }, [into]) => {
        gradient.forEach((g, p) => {
          into![p]! += 3 * g * x!.data[p]! ** 2;
        });
      },
    };
    const p = draw([4]);
    const model = modelOf([p], () => {
      const output = op.forward([p], null);
      const made = new Tensor(output.data, output.shape, true);
      made.node = { op: op as never, inputs: [p], attributes: null, saved: undefined, output: made };
      return made;
    });
    check(model, X);
    expect(explainPlan(model as Module, X).eager).toEqual(['tanh']);
  });
});

/** A chain of modules, with the random state that a checkpoint needs. */
const chain = (...steps: nn.Step[]) => new nn.Sequential(...steps);

describe('fusions', () => {
  const cases: [string, () => Module, string[]][] = [
    ['linear and relu', () => chain(new nn.Linear(3, 13), nn.relu), ['linear + relu']],
    [
      'linear, relu and dropout',
      () => chain(new nn.Linear(3, 13), nn.relu, new nn.Dropout(0.3)),
      ['linear + relu + dropout'],
    ],
    [
      'layer norm, relu and dropout',
      () => chain(new nn.Linear(3, 13), new nn.LayerNorm(13), nn.relu, new nn.Dropout(0.3)),
      ['linear', 'layerNorm + relu + dropout'],
    ],
    [
      'relu and dropout',
      () => chain(new nn.Linear(3, 5), nn.tanh, nn.relu, new nn.Dropout(0.5)),
      ['linear', 'tanh', 'relu + dropout'],
    ],
    ['dropout alone', () => chain(new nn.Linear(3, 5), new nn.Dropout(0.5), nn.tanh), ['linear', 'dropout', 'tanh']],
    [
      'a residual block with a linear skip',
      () => new ResidualBlock(3, 6, { dropout: 0.2 }),
      ['linear', 'layerNorm + relu + dropout', 'linear', 'layerNorm', 'linear', 'add + relu'],
    ],
    [
      'a residual block with an identity skip',
      () => chain(new nn.Linear(3, 6), new ResidualBlock(6, 6)),
      ['linear', 'linear', 'layerNorm + relu + dropout', 'linear', 'layerNorm', 'add + relu'],
    ],
  ];
  it.each(cases)('%s', (_name, make, fused) => {
    const model = make();
    model.setTraining(true);
    check(model, X);
    expect(explainPlan(model, X).steps.map(({ fusedFrom }) => fusedFrom.join(' + '))).toEqual(fused);
  });

  it('a value that something else reads, or that is an output, is not fused away', () => {
    const w = draw([4, 3]);
    const b = draw([4]);
    const both = modelOf([w, b], (x) => {
      const y = nn.linear(x, w, b);
      return { y, active: nn.relu(y), twice: nn.mul(y, 2) };
    });
    check(both, X);
    expect(explainPlan(both as Module, X).steps.map(({ op }) => op)).toEqual(['linear', 'relu', 'mul']);
  });

  it('nor is an output that only a relu reads', () => {
    const w = draw([4, 3]);
    const b = draw([4]);
    const model = modelOf([w, b], (x) => {
      const y = nn.linear(x, w, b);
      return { y, active: nn.relu(y) };
    });
    check(model, X);
    expect(explainPlan(model as Module, X).steps.map(({ op }) => op)).toEqual(['linear', 'relu']);
  });

  it.each(['linear', 'bounded-heads'] as const)(
    'the whole autoencoder with a %s decoder, last batches included',
    (decoder) => {
      const model = nn.residualAutoencoder({
        inputSize: 7,
        latentSize: 3,
        projectionSize: 5,
        hiddenSizes: [6, 9],
        decoder,
      });
      model.setTraining(true);
      for (const rows of [1, 4, 10]) check(model, draw([rows, 7], false), 1e-4);
      expect(explainPlan(model as never, draw([4, 7])).eager).toEqual([]);
    },
  );

  it('a step on the reference model has the operations of its definition and no other', () => {
    const { steps, flops, arenaBytes, unsharedBytes, table, mode } = explainPlan(
      nn.residualAutoencoder(),
      draw([16, 40]),
    );
    expect(steps.length).toBe(42);
    expect(flops / 1e6).toBeCloseTo(48.9, 1);
    expect(arenaBytes).toBeLessThan(unsharedBytes / 2);
    expect(table.split('\n').length).toBe(44);
    expect(mode).toBe('training');
    const evaluation = explainPlan(nn.residualAutoencoder() as never, draw([16, 40]), { mode: 'evaluation' });
    expect(evaluation.flops).toBeLessThan(flops / 2.9);
    expect(evaluation.steps.some(({ fusedFrom }) => fusedFrom.includes('dropout'))).toBe(false);
  });
});

describe('terms of an objective', () => {
  const own = { name: 'own', weight: 1, loss: () => ({ loss: nn.tensor(0) }) };
  const objective = [nn.reconstructionLoss(), own, nn.contrastiveLoss({ on: 'projection' })];

  it('run in the plan where they are losses of this library', () => {
    const { terms, table, steps } = explainPlan(nn.residualAutoencoder(), draw([16, 40]), { objective });
    expect(terms).toEqual([
      { name: 'reconstruction', output: 'reconstruction' },
      { name: 'own', output: null },
      { name: 'contrastive', output: 'projection' },
    ]);
    expect(table.split('\n').slice(steps.length + 2)).toEqual([
      "loss 'reconstruction': in the plan, on 'reconstruction'",
      "loss 'own': on the tape",
      "loss 'contrastive': in the plan, on 'projection'",
    ]);
  });

  it('look at the only output of a model, or at none', () => {
    const layer = new nn.Linear(3, 3);
    const lines = explainPlan(layer, X, { objective }).table.split('\n').slice(-3);
    expect(lines[0]).toBe("loss 'reconstruction': in the plan, on the output");
    expect(lines[2]).toBe("loss 'contrastive': on the tape");
    expect(explainPlan(layer, X).terms).toEqual([]);
    expect(() => explainPlan(layer, X, { objective: [{} as never] })).toThrow(/every term of objective must be/);
  });
});

describe('a model that cannot be planned is told why', () => {
  const w = draw([3, 3]);
  const b = draw([3]);
  const reason = (model: Trainable) => {
    const made = makePlan(model, X, { store: parameterStore(model.namedParameters(), 0), training: true });
    return 'reason' in made ? made.reason : null;
  };
  let calls = 0;
  it.each<[string, (x: Tensor) => unknown, RegExp]>([
    ['a constant made from the batch', (x) => nn.mul(nn.linear(x, w, b), nn.mean(x).item()), /input 1 of mul/],
    ['a detached value', (x) => nn.sub(nn.linear(x, w, b), nn.mean(x, { axis: 0 }).detach()), /input 1 of sub/],
    ['a constant that counts', (x) => nn.mul(nn.linear(x, w, b), ++calls), /input 1 of mul/],
    [
      'a branch on the values',
      (x) => (x.data[0]! === X.data[0] ? nn.relu : nn.tanh)(nn.linear(x, w, b)),
      /relu became tanh/,
    ],
    [
      'rows chosen by value',
      (x) => nn.gather(nn.linear(x, w, b), x.data[1] === X.data[1] ? [0] : [1]),
      /attributes of gather/,
    ],
    [
      'another length',
      (x) => (++calls % 2 === 0 ? nn.linear(x, w, b) : nn.relu(nn.linear(x, w, b))),
      /operations, then/,
    ],
    ['a list as output', (x) => [nn.linear(x, w, b)].values(), /neither a tensor/],
    ['an error', () => nn.log(nn.tensor([-1])), /log: needs/],
  ])('%s', (_name, forward, message) => {
    expect(reason(modelOf([w, b], forward as never))).toMatch(message);
  });

  it('a weight that is not listed, and random numbers that are not', () => {
    expect(reason(modelOf([w], (x) => nn.linear(x, w, b)))).toMatch(/does not list/);
    const random = new Rng(1);
    const before = random.state();
    expect(reason(modelOf([w, b], (x) => nn.dropout(nn.linear(x, w, b), { rng: random })))).toMatch(/rngState/);
    expect(random.state()).not.toEqual(before);
  });

  it('explainPlan throws it', () => {
    expect(() => explainPlan(modelOf([w], (x) => nn.linear(x, w, b)) as Module, X)).toThrow(/does not list/);
  });

  it('tracing draws nothing', () => {
    const model = new ResidualBlock(3, 6);
    const before = model.rngState();
    explainPlan(model, X);
    expect(model.rngState()).toEqual(before);
  });

  it('a constant that the model keeps may change', () => {
    const shift = draw([3], false);
    const model = modelOf([w, b], (x) => nn.add(nn.linear(x, w, b), shift));
    const store = parameterStore(model.namedParameters(), 0);
    const made = makePlan(model, X, { store, training: false });
    if ('reason' in made) throw new Error(made.reason);
    store.load();
    shift.data.fill(2);
    made.plan.forward(X);
    const output = made.plan.outputs().get('')!;
    expect(difference(output.data, (model.forward(X) as Tensor).data)).toBeLessThan(1e-6);
  });
});

describe('packArena', () => {
  it('never lets two blocks overlap that are needed at once, and uses room again', () => {
    const block = fc.record({ bytes: fc.integer({ min: 1, max: 900 }), first: fc.nat(20), length: fc.nat(8) });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 25 }), (given) => {
        const blocks = given.map(({ bytes, first, length }) => ({ bytes, first, last: first + length }));
        const { offsets, bytes } = packArena(blocks);
        blocks.forEach((a, i) => {
          expect(offsets[i]! % 64).toBe(0);
          expect(offsets[i]! + a.bytes).toBeLessThanOrEqual(bytes);
          blocks.slice(0, i).forEach((b, j) => {
            const together = a.first <= b.last && b.first <= a.last;
            const apart = offsets[i]! + a.bytes <= offsets[j]! || offsets[j]! + b.bytes <= offsets[i]!;
            expect(!together || apart).toBe(true);
          });
        });
        const most = Math.max(...blocks.map(({ bytes: size }) => size));
        expect(bytes).toBeGreaterThanOrEqual(most);
      }),
    );
    const row = [0, 1, 2, 3].map((time) => ({ bytes: 640, first: time, last: time }));
    expect(packArena(row).bytes).toBe(640);
  });
});
