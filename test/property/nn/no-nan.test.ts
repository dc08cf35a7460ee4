import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterlensError } from '../../../src/core/errors.js';
import * as nn from '../../../src/nn/index.js';
import { firstNaN } from '../../support/no-nan.js';
import { step, torchArchive, withoutSums } from '../../support/torch-archive.js';

const ordinary = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, 0.1, 1e-9, 1e9, 5e-324, 1e-200, 1e149),
  fc.double({ min: -10, max: 10, noNaN: true }),
);
const wild = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.7e308, -1.7e308),
);
const mostly = <A, B>(usual: fc.Arbitrary<A>, rare: fc.Arbitrary<B>): fc.Arbitrary<A | B> =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: rare });

/** A number as argument: mostly a small integer, or anything. No size that fits into memory and fills it. */
const number = (max: number, min = 0): fc.Arbitrary<number> =>
  mostly(
    fc.integer({ min, max }),
    fc.oneof(ordinary, wild).map((value) => (Math.abs(value) > 999 && Math.abs(value) < 2 ** 40 ? 999 : value)),
  );
const share = mostly(fc.constantFrom(0, 0.1, 0.5, 0.9, 0.999, 1), fc.oneof(ordinary, wild));
const small = fc.integer({ min: 1, max: 4 });

/** Values of one kind each: integers, ordinary ones, and now and then one that is none. */
const values = (length: number): fc.Arbitrary<number[]> =>
  fc
    .constantFrom<fc.Arbitrary<number>>(fc.integer({ min: -1, max: 2 }), ordinary, mostly(ordinary, wild))
    .chain((value) => fc.array(value, { minLength: length, maxLength: length }));

/** A tensor that passes the door. */
const tensorOf = (...shape: number[]): fc.Arbitrary<nn.Tensor> => {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return fc
    .tuple(
      fc.array(fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) }, ordinary, fc.constant(1.7e308)), {
        minLength: size,
        maxLength: size,
      }),
      fc.boolean(),
    )
    .map(([data, requiresGrad]) => nn.tensor(data, { shape, requiresGrad }));
};
const matrix = fc.tuple(small, small).chain(([n, d]) => tensorOf(n, d));
const anyTensor = fc.oneof(
  tensorOf(),
  small.chain((n) => tensorOf(n)),
  matrix,
  fc.tuple(small, small, small).chain((shape) => tensorOf(...shape)),
);
const operand = fc.oneof(anyTensor, ordinary, mostly(ordinary, wild));
const axis = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -3, max: 2 }) }, ordinary, wild);

const label: fc.Arbitrary<string | number | boolean> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(2) },
  fc.constantFrom<string | number | boolean>('a', '__proto__', true, 1.5),
);
const labelsOf = (n: number) =>
  mostly(
    fc.array(fc.nat(1), { minLength: n, maxLength: n }),
    fc.oneof(fc.array(fc.oneof(label, wild), { maxLength: 6 }), fc.constantFrom({ length: 3 }, { length: 2 ** 40 })),
  ) as fc.Arbitrary<ArrayLike<string | number | boolean>>;

/** Rows as points, mostly sound ones. */
const rowsOf = (n: number, d: number) =>
  mostly(
    fc.array(
      fc.array(fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -2, max: 2 }) }, ordinary), {
        minLength: d,
        maxLength: d,
      }),
      { minLength: n, maxLength: n },
    ),
    fc.array(values(d), { maxLength: 3 }),
  );

/** Each option is left out, undefined or drawn; now and then there are none at all. */
function options<T extends object>(drawn: { [K in keyof T]: fc.Arbitrary<unknown> }, required: (keyof T)[] = []) {
  const record = fc.record(
    Object.fromEntries(
      Object.entries<fc.Arbitrary<unknown>>(drawn).map(([name, of]) => [
        name,
        required.includes(name as keyof T) ? of : mostly(of, fc.constant(undefined)),
      ]),
    ),
    { requiredKeys: required as never[] },
  ) as fc.Arbitrary<unknown>;
  return (
    required.length > 0
      ? record
      : fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 4, arbitrary: record })
  ) as fc.Arbitrary<T>;
}

/** What is called, over what its types admit. Its result must be free of NaN. */
interface Case<T = never> {
  readonly given: fc.Arbitrary<T>;
  readonly call: (given: T) => unknown;
  /** Runs; default 300. */
  readonly runs?: number;
}
const calls = <T>(given: fc.Arbitrary<T>, call: (given: T) => unknown, runs?: number): Case =>
  ({ given, call, runs }) as unknown as Case;

/** A tensor with the gradients that it sends to those it was made from. */
function differentiated(result: nn.Tensor, inputs: readonly unknown[]): unknown {
  const leaves = inputs.flat().filter((input): input is nn.Tensor => input instanceof nn.Tensor);
  if (!result.requiresGrad) return result.data;
  const total = result.size === 1 ? result : nn.sum(result);
  total.backward();
  return [result.data, leaves.map(({ grad }) => grad), nn.gradients(total, leaves)];
}

const ofTensors = <A extends unknown[]>(given: fc.Arbitrary<A>, op: (...args: A) => nn.Tensor): Case =>
  calls(given, (args) => differentiated(op(...args), args));

const unary = (op: (x: nn.Tensor) => nn.Tensor) => ofTensors(fc.tuple(anyTensor), op);
const binary = (op: (a: nn.Tensor | number, b: nn.Tensor | number) => nn.Tensor) =>
  ofTensors(fc.tuple(operand, operand), op);
const reduction = (op: (x: nn.Tensor, options?: nn.ReduceOptions) => nn.Tensor) =>
  ofTensors(fc.tuple(anyTensor, options<nn.ReduceOptions>({ axis, keepDim: fc.boolean() })), op);

/** A loss with its gradients. */
const lossOf = <A extends unknown[], L extends nn.Loss>(given: fc.Arbitrary<A>, loss: (...args: A) => L): Case =>
  calls(given, (args) => {
    const { loss: value, ...rest } = loss(...args);
    return [rest, differentiated(value, args)];
  });

const temperature = fc.oneof(fc.constantFrom(0.01, 0.1, 1, 1e9, 5e-324), fc.oneof(ordinary, wild));
const embedded = fc.tuple(small, small).chain(([n, d]) => fc.tuple(tensorOf(n, d), labelsOf(n)));

const OPTIMIZER = {
  learningRate: fc.oneof(fc.constantFrom(0.001, 1, 1e300, 5e-324), fc.oneof(ordinary, wild)),
  beta1: share,
  beta2: share,
  eps: fc.oneof(fc.constantFrom(0, 1e-8), fc.oneof(ordinary, wild)),
  weightDecay: fc.oneof(fc.constantFrom(0, 0.1), fc.oneof(ordinary, wild)),
};

/** Two steps of an optimiser on numbers of any kind. */
function optimizing<O>(given: fc.Arbitrary<O>, make: (options: O) => nn.Optimizer): Case {
  const buffer = fc.oneof({ weight: 8, arbitrary: values(3) }, values(2)).map((list) => Float64Array.from(list));
  return calls(
    fc.tuple(given, buffer, buffer, buffer, fc.option(fc.oneof(share, wild), { nil: undefined }), number(5, 3)),
    ([settings, parameters, first, second, factor, size]) => {
      const optimizer = make(settings);
      const begun = optimizer.update(optimizer.init(size), { parameters, gradient: first, factor });
      return [begun, optimizer.update(begun.state, { parameters: begun.parameters, gradient: second })];
    },
  );
}

const scheduled = <O>(given: fc.Arbitrary<O>, make: (options: O) => nn.Schedule): Case =>
  calls(fc.tuple(given, number(100)), ([settings, t]) => make(settings).factor(t));

const seed = fc.oneof(number(9), fc.constant(Number.MAX_SAFE_INTEGER));
const LENGTH = { length: number(9, 1) };
const schedule: fc.Arbitrary<nn.Schedule> = fc.oneof(
  fc.constant(nn.constantRate()),
  fc.constant(nn.cosineDecay({ length: 2 })),
  mostly(ordinary, wild).map((value) => ({ name: 'own', settings: {}, factor: () => value })),
);

/** The layers of a model over inputs of any kind, in training and in evaluation. */
function module<A>(given: fc.Arbitrary<A>, make: (given: A) => nn.Module): Case {
  return calls(fc.tuple(given, fc.oneof(matrix, anyTensor), fc.boolean()), ([settings, x, training]) => {
    const made = make(settings);
    made.setTraining(training);
    const state = made.rngState?.();
    const result = differentiated(made.forward(x), [x, ...made.namedParameters().map(([, parameter]) => parameter)]);
    if (state !== undefined) made.restoreRng?.(state);
    return [result, state, made.forward(x).data];
  });
}

/** Bytes of a sound file, some of them changed, cut off or added; or none of that. */
const corrupted = (sound: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.constant(sound),
    fc.uint8Array({ maxLength: 40 }),
    fc.nat(sound.length).map((end) => sound.slice(0, end)),
    fc.uint8Array({ minLength: 1, maxLength: 9 }).map((more) => Uint8Array.from([...sound, ...more])),
    fc
      .array(
        fc.tuple(
          fc.nat(sound.length - 1),
          fc.oneof(fc.nat(255), fc.constantFrom(...new TextEncoder().encode('09-.e"{}[]:,'))),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((changes) => {
        const bytes = sound.slice();
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      }),
  );

const sequential = () => new nn.Sequential(new nn.Linear(2, 3), nn.relu, new nn.LayerNorm(3), new nn.Linear(3, 2));
const weightsFile = nn.toSafetensors(sequential(), { metadata: { made: 'here' } });
const torchFile = withoutSums(
  torchArchive(step.entry('w', step.tensor(step.storage('FloatStorage', '0', 2), { shape: [2], strides: [1] })), {
    0: new Uint8Array(8),
  }),
);
const autoencoderFile = nn.toSafetensors(
  nn.residualAutoencoder({ inputSize: 3, latentSize: 1, projectionSize: 1, hiddenSizes: [2] }),
);
const brain = (() => {
  const header = new TextEncoder().encode(
    '{"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[],"data_offsets":[4,6]}}    ',
  );
  return Uint8Array.from([header.length, 0, 0, 0, 0, 0, 0, 0, ...header, 0, 60, 1, 0, 128, 63]);
})();

const AUTOENCODER = {
  inputSize: number(5, 1),
  latentSize: number(3, 1),
  projectionSize: number(3, 1),
  hiddenSizes: fc.array(number(4, 1), { maxLength: 2 }),
  decoder: fc.constantFrom('linear', 'bounded-heads'),
  dropout: share,
  seed,
};

const storable = fc.record({
  data: fc.oneof(
    values(4),
    values(4).map((list) => Float32Array.from(list)),
    fc.constant({ length: 4 }),
  ),
  shape: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom([4], [2, 2], [1, 4]) },
    fc.array(fc.oneof(ordinary, wild), { maxLength: 2 }),
  ),
});

/** Terms of an objective: those of the library, and one of a user that may give anything. */
const own: fc.Arbitrary<nn.Objective<unknown>> = fc.record(
  {
    name: mostly(fc.constant('own'), fc.constantFrom('reconstruction', '', '__proto__')),
    weight: number(2),
    settings: fc.constant({}),
    countsAnchors: fc.boolean(),
    loss: fc
      .record(
        {
          floor: fc.oneof(ordinary, wild),
          ceiling: fc.oneof(ordinary, wild),
          validAnchors: number(3),
          skippedAnchors: number(3),
          scale: mostly(ordinary, wild),
        },
        { requiredKeys: ['scale'] },
      )
      .map(({ scale, ...rest }) => (outputs: unknown) => {
        const output = outputs instanceof nn.Tensor ? outputs : (outputs as nn.AutoencoderOutput).latent;
        return { loss: nn.mul(nn.mean(output), scale), ...rest };
      }),
  },
  { requiredKeys: ['name', 'weight', 'loss'] },
);
const term = fc.oneof(
  fc.constant(nn.reconstructionLoss()),
  fc.constant(nn.contrastiveLoss({ weight: 0.5 })),
  fc.constant(nn.contrastiveLoss({ on: 'projection' })),
  { weight: 4, arbitrary: own },
) as fc.Arbitrary<nn.Objective<unknown>>;

const sampler: fc.Arbitrary<nn.Sampler> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(nn.shuffledBatches(6, { batchSize: 4 })) },
  fc.constant(nn.balancedBatches([0, 0, 0, 1, 1, 1], { classes: 2, samples: 2 })),
  fc
    .tuple(fc.array(fc.array(number(5), { maxLength: 4 }), { maxLength: 3 }), number(3), number(6))
    .map(([batches, batchesPerEpoch, rowsPerEpoch]) => ({
      name: 'own',
      settings: {},
      rows: 6,
      batchesPerEpoch,
      rowsPerEpoch,
      epoch: () => batches.map((rows) => Int32Array.from(rows)),
    })),
);

const optimizer: fc.Arbitrary<nn.Optimizer> = fc.oneof(
  fc.constantFrom(
    nn.adam(),
    nn.sgd({ learningRate: 0.1, momentum: 0.9, weightDecay: 0.1 }),
    nn.adamW({ learningRate: 1e30 }),
  ),
  fc.oneof(ordinary, wild).map((value) => ({
    ...nn.adam(),
    learningRate: value,
    updateInto: (state: nn.OptimizerState, { parameters }: nn.OptimizerStep) => {
      parameters[0] = value;
      return state;
    },
  })),
);

const TRAINING = {
  epochs: number(2, 1),
  objective: fc.array(term, { maxLength: 2 }),
  batches: sampler,
  heldOutBatches: mostly(fc.constant(nn.shuffledBatches(3, { batchSize: 2 })), sampler),
  optimizer,
  schedule,
  scheduleUnit: fc.constantFrom('epoch', 'step'),
  clipNorm: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(0.1, 1e9) }, ordinary, wild),
  noDecay: fc.constantFrom(
    undefined,
    undefined,
    ['bias'],
    [/weight$/],
    [],
    ['nothing'],
    (name: string) => name !== '0.bias',
    () => Number.NaN,
  ),
  nonFinite: fc.constantFrom('stop', 'skip'),
  onStep: fc.constantFrom(
    (step: nn.StepRecord) => expect(firstNaN(step)).toBeUndefined(),
    async (step: nn.StepRecord) => {
      expect(firstNaN(step)).toBeUndefined();
    },
  ),
  evaluateEvery: number(2, 1),
  keepBest: fc.constantFrom('heldOut', 'training', 'off'),
  gradientProbe: fc.boolean(),
  engine: fc.constantFrom('auto', 'plan', 'eager'),
  seed,
  checkpointEvery: number(2, 1),
};

const PREDICTING = { batchSize: number(6, 1), engine: fc.constantFrom('auto', 'plan', 'eager') };

const trainingModel: fc.Arbitrary<() => nn.Trainable<unknown>> = fc.constantFrom<() => nn.Trainable<unknown>>(
  () => nn.residualAutoencoder({ inputSize: 2, hiddenSizes: [3], latentSize: 2, projectionSize: 2 }),
  sequential,
  () => new nn.Sequential(new nn.Linear(2, 2), new nn.Dropout(0.5), (x) => nn.exp(x)),
  () => new nn.Sequential(new nn.Linear(2, 1e3), (x) => nn.log(nn.sum(x, { axis: 1 }))),
);

async function trained(model: nn.Trainable<unknown>, data: nn.TrainingData, given: nn.TrainOptions<unknown>) {
  const checkpoints: Uint8Array[] = [];
  const run = nn.train(model, data, { ...given, onCheckpoint: (bytes) => void checkpoints.push(bytes) });
  const seen: unknown[] = [];
  try {
    for await (const epoch of run) seen.push(epoch);
  } finally {
    // Also behind an error the record and the weights hold numbers only.
    seen.push(
      run.record(),
      model.namedParameters().map(([, { data: weights }]) => weights),
    );
    expect(firstNaN(seen)).toBeUndefined();
  }
  return [
    seen,
    checkpoints.map((bytes) => [...nn.fromSafetensors(bytes).tensors.values()].map(({ data: stored }) => stored)),
  ];
}

const trainingData = fc.oneof(
  fc.record(
    { points: rowsOf(6, 2), labels: labelsOf(6), heldOut: fc.record({ points: rowsOf(3, 2), labels: labelsOf(3) }) },
    { requiredKeys: ['points'] },
  ),
  rowsOf(6, 2).map((points) => ({ points })),
) as fc.Arbitrary<nn.TrainingData>;

/** A checkpoint of two epochs to be damaged. */
const RESUMED = { epochs: 3, optimizer: nn.adam(), seed: 1 };
const RESUMED_DATA = {
  points: [
    [1, 2],
    [0, 1],
    [2, 2],
    [3, 1],
    [1, 1],
    [0, 0],
  ],
};
const checkpoint = await (async () => {
  let last = new Uint8Array();
  const onCheckpoint = (bytes: Uint8Array) => {
    last = Uint8Array.from(bytes);
  };
  for await (const _ of nn.train(sequential(), RESUMED_DATA, { ...RESUMED, epochs: 2, onCheckpoint }));
  return last;
})();

/** Every public function and class. One that is not here fails the suite. */
const CASES: Readonly<Record<string, Case>> = {
  Rng: calls(
    fc.tuple(seed, number(9, 1), fc.array(number(9), { minLength: 4, maxLength: 4 })),
    ([begin, bound, state]) => {
      const rng = new nn.Rng(begin);
      return [
        rng.uint32(),
        rng.uniform(),
        rng.normal(),
        rng.integer(bound),
        rng.shuffle([1, 2, 3]),
        rng.state(),
        rng.restore(state).uint32(),
      ];
    },
  ),
  balancedBatches: calls(
    fc.tuple(
      fc.nat(8).chain(labelsOf),
      options<nn.BalancedBatchesOptions>({ classes: number(3, 1), samples: number(3, 1), seed }, [
        'classes',
        'samples',
      ]),
      number(9),
    ),
    ([labels, given, epoch]) => {
      const made = nn.balancedBatches(labels, given);
      return [made, made.epoch(epoch)];
    },
  ),
  shuffledBatches: calls(
    fc.tuple(
      fc.oneof(number(9, 1), labelsOf(4)),
      options<nn.ShuffledBatchesOptions>({ batchSize: number(9, 1), seed, dropLast: fc.boolean() }),
      number(9),
    ),
    ([rows, given, epoch]) => {
      const made = nn.shuffledBatches(rows, given);
      return [made, made.epoch(epoch)];
    },
  ),
  gradcheck: calls(
    fc.tuple(
      fc.array(anyTensor, { minLength: 1, maxLength: 2 }),
      fc.constantFrom<(...inputs: nn.Tensor[]) => nn.Tensor>(
        (x) => nn.square(x!),
        (x) => nn.tanh(x!),
        (x) => nn.exp(x!),
        (...inputs) => nn.concat(inputs),
        (x) => nn.sqrt(nn.abs(x!)),
      ),
      options<nn.GradcheckOptions>({
        eps: fc.oneof(ordinary, wild),
        atol: fc.oneof(ordinary, wild),
        rtol: fc.oneof(ordinary, wild),
      }),
    ),
    ([inputs, fn, given]) => nn.gradcheck(fn, inputs, given),
  ),
  embeddingHealth: calls(
    fc.tuple(small, small).chain(([n, d]) =>
      fc.tuple(
        fc.oneof(
          rowsOf(n, d),
          tensorOf(n, d),
          rowsOf(n, d).map((rows) => ({ data: rows.flat(), rows: n, columns: d })),
        ),
        options<nn.EmbeddingHealthOptions>({
          labels: labelsOf(n),
          deadBelow: share,
          saturation: share,
          saturatedShare: share,
          sampleSize: number(5, 2),
          seed,
        }),
      ),
    ),
    ([embeddings, given]) => nn.embeddingHealth(embeddings as nn.Tensor, given),
  ),
  manualSeed: calls(fc.oneof(seed, wild), (given) =>
    nn.manualSeed(given as number, () => new nn.Linear(2, 2).weight.data),
  ),
  mse: lossOf(
    fc.oneof(
      fc.tuple(anyTensor, anyTensor),
      matrix.map((x): [nn.Tensor, nn.Tensor] => [x, nn.neg(x)]),
    ),
    nn.mse,
  ),
  crossEntropy: lossOf(
    fc
      .tuple(
        embedded,
        options<nn.CrossEntropyOptions>({
          weight: fc.array(fc.oneof(share, number(3), wild), { minLength: 2, maxLength: 4 }),
          labelSmoothing: share,
          ignoreIndex: fc.constantFrom(-100, 0, 1),
          reduction: fc.constantFrom('mean', 'sum', 'none'),
        }),
      )
      .map(([[x, labels], given]) => [x, labels, given] as never as Parameters<typeof nn.crossEntropy>),
    nn.crossEntropy,
  ),
  supCon: lossOf(
    fc
      .tuple(embedded, options<nn.ContrastiveOptions>({ temperature }))
      .map(([[x, labels], given]): Parameters<typeof nn.supCon> => [x, labels, given]),
    nn.supCon,
  ),
  ntXent: lossOf(
    fc
      .tuple(
        fc.tuple(small, small).chain(([n, d]) => fc.tuple(tensorOf(n, d), fc.oneof(tensorOf(n, d), matrix))),
        options<nn.ContrastiveOptions>({ temperature }),
      )
      .map(([[a, b], given]): Parameters<typeof nn.ntXent> => [a, b, given]),
    nn.ntXent,
  ),
  tripletMargin: lossOf(
    fc
      .tuple(
        embedded,
        options<nn.TripletMarginOptions>({
          margin: fc.oneof(ordinary, wild),
          mining: fc.constantFrom('all', 'hard', 'semi-hard'),
          distance: fc.constantFrom('euclidean', 'cosine'),
        }),
      )
      .map(([[x, labels], given]): Parameters<typeof nn.tripletMargin> => [x, labels, given]),
    nn.tripletMargin,
  ),
  BatchNorm1d: module(
    fc.tuple(
      number(4, 1),
      options<nn.BatchNorm1dOptions>({
        eps: fc.oneof(ordinary, wild),
        momentum: fc.option(share, { nil: null }),
        affine: fc.boolean(),
      }),
    ),
    ([size, given]) => new nn.BatchNorm1d(size, given),
  ),
  GaussianNoise: module(
    fc.tuple(fc.oneof(share, ordinary, wild), options<nn.GaussianNoiseOptions>({ seed })),
    ([deviation, given]) => new nn.GaussianNoise(deviation, given),
  ),
  Dropout: module(
    fc.tuple(fc.option(share, { nil: undefined }), options<nn.DropoutOptions>({ seed })),
    ([rate, given]) => new nn.Dropout(rate, given),
  ),
  LayerNorm: module(
    fc.tuple(number(4, 1), options<nn.LayerNormOptions>({ eps: fc.oneof(ordinary, wild) })),
    ([size, given]) => new nn.LayerNorm(size, given),
  ),
  Linear: module(
    fc.tuple(number(4, 1), number(4, 1), options<nn.LinearOptions>({ seed })),
    ([wide, out, given]) => new nn.Linear(wide, out, given),
  ),
  ResidualBlock: module(
    fc.tuple(number(4, 1), number(4, 1), options<nn.ResidualBlockOptions>({ dropout: share, seed })),
    ([wide, out, given]) => new nn.ResidualBlock(wide, out, given),
  ),
  Sequential: module(
    fc.array(
      fc.oneof(
        fc.constantFrom<nn.Step>(nn.relu, nn.exp, nn.log, nn.softmax, (x) => nn.transpose(x)),
        small.map((size) => new nn.Linear(size, 2)),
        fc.constant(new nn.Dropout(0.5)),
      ),
      { maxLength: 3 },
    ),
    (steps) => new nn.Sequential(...steps),
  ),
  concat: ofTensors(fc.tuple(fc.array(matrix, { maxLength: 3 }), options<{ axis?: number }>({ axis })), nn.concat),
  gather: ofTensors(
    fc.tuple(
      anyTensor,
      fc.oneof(fc.array(number(3)), fc.constantFrom({ length: 2 }, { length: 2 ** 40 }, { length: 0.5 })),
    ),
    nn.gather,
  ),
  reshape: ofTensors(
    fc.tuple(anyTensor, fc.oneof(fc.constantFrom([4], [2, 2], [1], []), fc.array(number(4, 1)))),
    nn.reshape,
  ),
  slice: ofTensors(
    fc.tuple(anyTensor, options<nn.SliceOptions>({ axis, start: number(3), end: number(4, 1) })),
    nn.slice,
  ),
  transpose: unary(nn.transpose),
  add: binary(nn.add),
  sub: binary(nn.sub),
  mul: binary(nn.mul),
  div: binary(nn.div),
  gaussianNoise: calls(
    fc.tuple(anyTensor, seed, fc.option(fc.oneof(share, ordinary, wild), { nil: undefined })),
    ([x, begin, deviation]) => differentiated(nn.gaussianNoise(x, { deviation, rng: new nn.Rng(begin) }), [x]),
  ),
  dropout: calls(fc.tuple(anyTensor, seed, fc.option(share, { nil: undefined })), ([x, begin, rate]) =>
    differentiated(nn.dropout(x, { rate, rng: new nn.Rng(begin) }), [x]),
  ),
  layerNorm: calls(
    fc
      .tuple(small, small)
      .chain(([n, d]) =>
        fc.tuple(
          fc.oneof(tensorOf(n, d), anyTensor),
          tensorOf(d),
          tensorOf(d),
          fc.option(fc.oneof(ordinary, wild), { nil: undefined }),
        ),
      ),
    ([x, weight, bias, eps]) => differentiated(nn.layerNorm(x, { weight, bias, eps }), [x, weight, bias]),
  ),
  linear: ofTensors(
    fc
      .tuple(small, small, small)
      .chain(([n, d, m]) =>
        fc.tuple(tensorOf(n, d), fc.oneof(tensorOf(m, d), anyTensor), fc.oneof(tensorOf(m), anyTensor)),
      ),
    nn.linear,
  ),
  matmul: ofTensors(
    fc.tuple(small, small, small).chain(([n, k, m]) => fc.tuple(tensorOf(n, k), fc.oneof(tensorOf(k, m), anyTensor))),
    nn.matmul,
  ),
  l2Normalize: unary(nn.l2Normalize),
  norm: unary(nn.norm),
  logSumExp: reduction(nn.logSumExp),
  max: reduction(nn.max),
  mean: reduction(nn.mean),
  sum: reduction(nn.sum),
  softmax: ofTensors(fc.tuple(anyTensor, options<{ axis?: number }>({ axis })), nn.softmax),
  abs: unary(nn.abs),
  exp: unary(nn.exp),
  log: unary(nn.log),
  neg: unary(nn.neg),
  relu: unary(nn.relu),
  sigmoid: unary(nn.sigmoid),
  sqrt: unary(nn.sqrt),
  square: unary(nn.square),
  tanh: unary(nn.tanh),
  adam: optimizing(options<nn.AdamOptions>(OPTIMIZER), nn.adam),
  adamW: optimizing(options<nn.AdamOptions>(OPTIMIZER), nn.adamW),
  sgd: optimizing(
    options<nn.SgdOptions>(
      {
        learningRate: OPTIMIZER.learningRate,
        weightDecay: OPTIMIZER.weightDecay,
        momentum: share,
        dampening: share,
        nesterov: fc.boolean(),
      },
      ['learningRate'],
    ),
    nn.sgd,
  ),
  clipGradientNorm: calls(fc.tuple(fc.array(matrix), fc.oneof(ordinary, wild)), ([tensors, most]) => {
    for (const x of tensors) if (x.requiresGrad) nn.sum(nn.square(x)).backward();
    return [
      nn.clipGradientNorm(tensors, most),
      nn.clipGradientNorm(
        tensors.map((x, i) => [`${i}`, x] as const),
        most,
      ),
      tensors.map(({ grad }) => grad),
    ];
  }),
  clipGradientValue: calls(fc.tuple(fc.array(matrix), fc.oneof(ordinary, wild)), ([tensors, most]) => {
    for (const x of tensors) if (x.requiresGrad) nn.sum(nn.square(x)).backward();
    nn.clipGradientValue(tensors, most);
    return tensors.map(({ grad }) => grad);
  }),
  explainPlan: calls(
    fc.tuple(
      trainingModel,
      fc.oneof({ weight: 4, arbitrary: tensorOf(3, 2) }, anyTensor),
      options<nn.ExplainPlanOptions>({
        mode: fc.constantFrom('training', 'evaluation'),
        objective: fc.constant([nn.reconstructionLoss(), nn.contrastiveLoss()]),
      }),
    ),
    ([model, points, given]) => nn.explainPlan(model(), points, given),
    60,
  ),
  residualAutoencoder: calls(
    fc.tuple(options<nn.ResidualAutoencoderOptions>(AUTOENCODER), fc.option(anyTensor, { freq: 3 })),
    ([given, other]) => {
      const model = nn.residualAutoencoder(given);
      const x = nn.tensor(Array.from({ length: model.options.inputSize }, (_, j) => j - 2));
      const { latent, projection, reconstruction } = model.forward(other ?? nn.reshape(x, [1, x.size]));
      const total = nn.add(nn.sum(latent), nn.add(nn.sum(projection), nn.sum(reconstruction)));
      return [
        model.options,
        model.parameterCount,
        total.data,
        differentiated(
          total,
          model.namedParameters().map(([, parameter]) => parameter),
        ),
      ];
    },
  ),
  fromSafetensors: calls(fc.oneof(corrupted(weightsFile), corrupted(brain)), (bytes) => {
    const { tensors, metadata } = nn.fromSafetensors(bytes);
    // A file may hold NaN, and then says so; its form must be sound.
    return [metadata, [...tensors].map(([name, { dtype, shape, data }]) => [name, dtype, shape, data.length])];
  }),
  fromTorch: calls(corrupted(torchFile), (bytes) => {
    const { tensors, key, ignored } = nn.fromTorch(bytes);
    return [key, ignored, [...tensors].map(([name, { dtype, shape, data }]) => [name, dtype, shape, data.length])];
  }),
  loadAutoencoder: calls(corrupted(autoencoderFile), (bytes) =>
    nn
      .loadAutoencoder(bytes)
      .namedParameters()
      .map(([, { data }]) => data),
  ),
  loadWeights: calls(corrupted(weightsFile), (bytes) => {
    const model = sequential();
    nn.loadWeights(model, bytes);
    return model.namedParameters().map(([, { data }]) => data);
  }),
  toSafetensors: calls(
    fc.tuple(
      fc.array(fc.tuple(fc.constantFrom('a', 'b', '', '__proto__', '1', '__metadata__'), storable), { maxLength: 3 }),
      options<nn.ToSafetensorsOptions>({
        dtype: fc.constantFrom('F32', 'F64'),
        metadata: fc.dictionary(fc.string(), fc.string()),
      }),
    ),
    ([tensors, given]) => [
      ...nn.fromSafetensors(nn.toSafetensors(tensors as nn.NamedStorable, given)).tensors.values(),
    ],
  ),
  constantRate: scheduled(fc.constant(undefined), nn.constantRate),
  cosineDecay: scheduled(options<nn.CosineDecayOptions>({ ...LENGTH, floor: share }, ['length']), nn.cosineDecay),
  exponentialDecay: scheduled(options<nn.ExponentialDecayOptions>({ gamma: share }, ['gamma']), nn.exponentialDecay),
  linearWarmup: scheduled(
    options<nn.LinearWarmupOptions>({ ...LENGTH, startFactor: share, after: schedule }, ['length']),
    nn.linearWarmup,
  ),
  stepDecay: scheduled(
    options<nn.StepDecayOptions>({ stepSize: number(9, 1), gamma: share }, ['stepSize']),
    nn.stepDecay,
  ),
  gradients: calls(
    fc.tuple(
      matrix,
      fc.array(matrix, { maxLength: 2 }),
      fc.option(
        values(4).map((list) => Float64Array.from(list)),
        { nil: undefined },
      ),
    ),
    ([x, others, weights]) => nn.gradients(nn.square(x), [x, ...others], { seed: weights }),
  ),
  noGrad: calls(anyTensor, (x) => nn.noGrad(() => nn.square(x)).data),
  Tensor: calls(
    fc.tuple(fc.oneof(values(4), values(1)), fc.constantFrom([4], [2, 2], [1], [], [3]), fc.boolean()),
    ([list, shape, requiresGrad]) => {
      const made = new nn.Tensor(Float64Array.from(list), shape, requiresGrad);
      made.backward();
      return [made.item(), made.detach().data, made.grad];
    },
  ),
  tensor: calls(
    fc.tuple(
      fc.oneof(
        fc.oneof(ordinary, wild),
        values(4),
        fc.array(fc.oneof(values(2), values(3), ordinary), { maxLength: 3 }),
        fc.record({ data: values(4), rows: number(3), columns: number(3) }),
        fc.constantFrom({ length: 2 ** 40 }, { length: 2.5 }),
      ),
      options<nn.TensorOptions>({
        shape: fc.oneof(fc.constantFrom([4], [2, 2], [1, 4]), fc.array(number(4))),
        requiresGrad: fc.boolean(),
      }),
    ),
    ([given, settings]) => nn.tensor(given as nn.TensorValues, settings).data,
  ),
  contrastiveLoss: calls(
    fc.tuple(
      options<nn.ContrastiveLossOptions>({
        weight: number(2),
        on: fc.constantFrom('latent', 'projection', 'other', '__proto__'),
        temperature,
      }),
      embedded,
    ),
    ([given, [latent, labels]]) => {
      const made = nn.contrastiveLoss(given);
      const rows = Int32Array.from({ length: latent.shape[0]! }, (_, i) => i);
      return [
        made,
        made.loss({ latent }, { points: latent, labels: labels as Int32Array, rows, targets: null, split: 'training' })
          .value,
      ];
    },
  ),
  classificationLoss: calls(
    fc.tuple(
      options<nn.ClassificationLossOptions>({
        weight: number(2),
        on: fc.constantFrom('logits', 'latent'),
        classWeights: fc.array(fc.oneof(share, wild), { minLength: 1, maxLength: 3 }),
        labelSmoothing: share,
      }),
      embedded,
    ),
    ([given, [logits, labels]]) => {
      const made = nn.classificationLoss(given);
      const rows = Int32Array.from({ length: logits.shape[0]! }, (_, i) => i);
      const { loss, ...rest } = made.loss(
        { logits },
        { points: logits, labels: labels as Int32Array, rows, targets: null, split: 'training' },
      );
      return [made, rest, differentiated(loss, [logits])];
    },
  ),
  reconstructionLoss: calls(
    fc.tuple(options<nn.ReconstructionLossOptions>({ weight: number(2) }), matrix, fc.option(matrix)),
    ([given, output, other]) => {
      const made = nn.reconstructionLoss(given);
      const points = other ?? nn.tanh(output);
      return [
        made,
        made.loss(
          { reconstruction: output },
          { points, labels: null, rows: new Int32Array(1), targets: null, split: 'training' },
        ).value,
      ];
    },
  ),
  predict: calls(
    fc.tuple(
      trainingModel,
      fc.integer({ min: 1, max: 6 }).chain((n) => rowsOf(n, 2)),
      options<nn.PredictOptions>(PREDICTING),
    ),
    ([model, points, given]) => nn.predict(model(), points, given),
  ),
  embed: calls(
    fc.tuple(
      trainingModel,
      fc.integer({ min: 1, max: 6 }).chain((n) => rowsOf(n, 2)),
      options<nn.EmbedOptions>({
        ...PREDICTING,
        on: mostly(fc.constantFrom('latent', 'projection'), fc.constantFrom('', '__proto__', 'other')),
      }),
    ),
    ([model, points, given]) => nn.embed(model(), points, given),
  ),
  train: calls(
    fc.oneof(
      fc.tuple(trainingModel, trainingData, options<nn.TrainOptions<unknown>>(TRAINING, ['epochs'])),
      corrupted(checkpoint).map((resume) => [sequential, RESUMED_DATA, { ...RESUMED, resume }] as const),
    ),
    ([model, data, given]) => trained(model(), data, given),
    400,
  ),
};

const EFFORT = Number(process.env.CLUSTERLENS_FUZZ ?? 1);

const exported = Object.entries(nn as unknown as Record<string, unknown>)
  .filter(
    ([, value]) => typeof value === 'function' && !((value as { prototype?: unknown }).prototype instanceof Error),
  )
  .map(([name]) => name)
  .sort();

describe('nothing that clusterlens/nn exports returns NaN or throws anything untyped', () => {
  it('every export has a case', () => {
    expect(Object.keys(CASES).sort()).toEqual(exported);
  });

  it.each(Object.entries(CASES))(
    '%s',
    async (_name, { given, call, runs = 300 }) => {
      let results = 0;
      await fc.assert(
        fc.asyncProperty(given, async (drawn) => {
          try {
            const result = await call(drawn);
            expect(firstNaN(result)).toBeUndefined();
            results++;
          } catch (error) {
            if (!(error instanceof ClusterlensError)) throw error;
            expect(error.message).toMatch(/^[\w ]+: .*\w/s);
          }
        }),
        { numRuns: runs * EFFORT },
      );
      // The fuzz must reach the arithmetic, not only the door.
      expect(results).toBeGreaterThan(0);
    },
    60_000,
  );
});
