import * as lens from '../../src/index.js';
import * as nn from '../../src/nn/index.js';
import * as parallel from '../../src/parallel/index.js';
import * as plot from '../../src/plot/index.js';
import * as read from '../../src/read/index.js';
import * as report from '../../src/report/index.js';
import { corners, resultsOf, trainingRecord } from '../unit/plot/sample-results.js';
import { step, torchArchive } from './torch-archive.js';

/** A call that every export accepts: what stands before its options, and options that it needs. */
export interface SoundCall {
  readonly args: () => readonly unknown[];
  /** Options that the call cannot do without; null for a function that takes none. */
  readonly options: object | null;
}

/** The entries of the package, as a program sees them. */
export const ENTRIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  main: lens,
  nn,
  plot,
  report,
  parallel,
  read,
};

const { points, labels } = corners(['a', 'b', 'c'], [8, 8, 8]);
const results = resultsOf(points, labels);
const diagnosis = lens.diagnose({ points, labels }, { permutations: 39 });
/** Two zeros by the name w, as torch.save writes them. */
const oneTensorFile = () =>
  torchArchive(step.entry('w', step.tensor(step.storage('FloatStorage', '0', 2), { shape: [2], strides: [1] })), {
    0: new Uint8Array(8),
  });
const twice = (name: string) => (name === 'a' ? 'x' : 'y');
const other = labels.map((label) => twice(String(label)));
const matrix = () =>
  nn.tensor([
    [1, 2],
    [3, 4],
  ]);
const weights = () => nn.tensor([[1, 2]], { requiresGrad: true });
const model = () => new nn.Linear(2, 2);

/** Of points and labels. */
const rows = (options: object | null = {}): SoundCall => ({ args: () => [points, labels], options });
/** Of two labelings. */
const labelings = (options: object | null = null): SoundCall => ({ args: () => [labels, other], options });
/** Of one value. */
const of = (make: () => unknown, options: object | null = {}): SoundCall => ({ args: () => [make()], options });
const withTensor = (options: object | null) => of(matrix, options);
const ofTwo = (): SoundCall => ({ args: () => [matrix(), matrix()], options: null });
/** Of options alone. */
const only = (options: object): SoundCall => ({ args: () => [], options });

const MAIN: Readonly<Record<string, SoundCall>> = {
  ...Object.fromEntries(lens.internalMetrics.map(({ name }) => [name, rows()])),
  adjustForDiscoveries: of(() => [0.1, 0.02], null),
  adjustedMutualInformation: labelings({}),
  adjustedRandIndex: labelings(),
  bCubed: labelings(),
  classBalance: of(() => labels),
  clusterGaps: rows(),
  clusterShape: rows(),
  classesBelow: { args: () => [results.balance, 5], options: null },
  compareLabels: labelings({ permutations: 19 }),
  compareSpaces: { args: () => [{ input: points }, labels], options: { permutations: 3 } },
  confusability: rows(),
  confusionMatrix: { args: () => [results.confusability, ['a', 'b']], options: null },
  dataset: rows(),
  diagnose: of(() => ({ points, labels }), { permutations: 39 }),
  filterByClassSize: of(() => labels),
  filterCurve: of(() => labels),
  fromPlain: of(() => ({ score: 1 }), null),
  filterGain: rows({ evaluate: () => ({ score: 1 }) }),
  filterSensitivity: rows({ permutations: 3 }),
  fowlkesMallows: labelings(),
  hiddenGroups: rows(),
  identifierColumns: rows(),
  kSelection: { args: () => [points, [labels, other]], options: {} },
  labelNoise: rows(),
  labelHierarchy: rows({ minClassSize: 4, permutations: 3 }),
  otherGroups: rows(),
  matchingAccuracy: labelings(),
  metricChoice: rows(),
  mutualInformation: labelings(),
  normalizedMutualInformation: labelings({}),
  outliers: rows(),
  scatteredClasses: rows(),
  suspiciousRows: rows(),
  pairConfusion: labelings(),
  pairwiseDistances: of(() => points),
  placeholderValues: of(() => points),
  positivePairAudit: of(() => labels),
  purity: labelings(),
  randIndex: labelings(),
  signatureDistances: rows({ permutations: 3 }),
  signatures: rows(),
  significance: rows({ permutations: 3 }),
  silhouetteCeiling: of(() => points),
  softSilhouette: {
    args: () => [points, labels.map((label) => ['a', 'b', 'c'].map((name) => (name === label ? 0.75 : 0.125)))],
    options: {},
  },
  toPlain: of(() => results.silhouette, null),
  vMeasure: labelings({}),
  uninformativeColumns: rows(),
  variationOfInformation: labelings(),
  verifyClaims: { args: () => [points, labels, { silhouette: 0.5 }], options: {} },
};

const NN: Readonly<Record<string, SoundCall>> = {
  abs: withTensor(null),
  adam: only({}),
  adamW: only({}),
  add: ofTwo(),
  balancedBatches: of(() => labels, { classes: 2, samples: 2 }),
  clipGradientNorm: { args: () => [[weights()], 1], options: null },
  clipGradientValue: { args: () => [[weights()], 1], options: null },
  classificationLoss: only({}),
  concat: of(() => [matrix(), matrix()]),
  constantRate: { args: () => [], options: null },
  contrastiveLoss: only({}),
  cosineDecay: only({ length: 5 }),
  crossEntropy: { args: () => [matrix(), [0, 1]], options: {} },
  div: ofTwo(),
  dropout: withTensor({ rng: new nn.Rng(1) }),
  embeddingHealth: of(() => points),
  embed: { args: () => [new nn.Linear(6, 2), points], options: {} },
  exp: withTensor(null),
  explainPlan: { args: () => [model(), matrix()], options: {} },
  exponentialDecay: only({ gamma: 0.9 }),
  fromSafetensors: of(() => nn.toSafetensors(model()), null),
  fromTorch: of(oneTensorFile, {}),
  gaussianNoise: withTensor({ deviation: 0.1, rng: new nn.Rng(1) }),
  gather: { args: () => [matrix(), [0, 1]], options: null },
  gradcheck: { args: () => [nn.sum, [weights()]], options: {} },
  gradients: {
    args: () => {
      const leaf = weights();
      return [nn.sum(leaf), [leaf]];
    },
    options: {},
  },
  l2Normalize: withTensor(null),
  layerNorm: withTensor({ weight: nn.tensor([1, 1]), bias: nn.tensor([0, 0]) }),
  linear: { args: () => [matrix(), matrix(), nn.tensor([1, 2])], options: null },
  linearWarmup: only({ length: 5 }),
  loadAutoencoder: of(() => nn.toSafetensors(nn.residualAutoencoder({ inputSize: 4, hiddenSizes: [3] })), {}),
  loadWeights: { args: () => [model(), nn.toSafetensors(model())], options: {} },
  log: withTensor(null),
  logSumExp: withTensor({}),
  manualSeed: { args: () => [1, () => new nn.Linear(2, 2)], options: null },
  matmul: ofTwo(),
  max: withTensor({}),
  mean: withTensor({}),
  mse: ofTwo(),
  mul: ofTwo(),
  neg: withTensor(null),
  noGrad: of(() => () => 1, null),
  norm: withTensor(null),
  ntXent: { args: () => [matrix(), matrix()], options: {} },
  predict: { args: () => [new nn.Linear(6, 2), points], options: {} },
  reconstructionLoss: only({}),
  relu: withTensor(null),
  reshape: { args: () => [matrix(), [4]], options: null },
  residualAutoencoder: only({ inputSize: 4, hiddenSizes: [3] }),
  sgd: only({ learningRate: 0.1 }),
  shuffledBatches: of(() => 20),
  sigmoid: withTensor(null),
  slice: withTensor({}),
  softmax: withTensor({}),
  sqrt: withTensor(null),
  square: withTensor(null),
  stepDecay: only({ stepSize: 2, gamma: 0.5 }),
  sub: ofTwo(),
  sum: withTensor({}),
  supCon: { args: () => [matrix(), [0, 0]], options: {} },
  tanh: withTensor(null),
  tensor: of(() => [1, 2]),
  toSafetensors: of(model),
  train: {
    args: () => [nn.residualAutoencoder({ inputSize: 6, hiddenSizes: [3] }), { points }],
    options: { epochs: 1 },
  },
  transpose: withTensor(null),
  tripletMargin: { args: () => [matrix(), [0, 0]], options: {} },
};

/** Classes: their constructors. */
const CLASSES: Readonly<Record<string, SoundCall>> = {
  BatchNorm1d: of(() => 3),
  Dropout: of(() => 0.5),
  GaussianNoise: of(() => 0.1),
  LayerNorm: of(() => 3),
  Linear: { args: () => [3, 2], options: {} },
  ResidualBlock: { args: () => [3, 2], options: {} },
  Rng: of(() => 1, null),
  Sequential: { args: () => [model()], options: null },
  Tensor: { args: () => [Float64Array.of(1, 2), [2], false], options: null },
};

const PLOT: Readonly<Record<string, SoundCall>> = {
  beforeAfter: of(() => [{ name: 'input', training: 0.5, heldOut: 0.4, chance: 0 }]),
  classSizes: of(() => results.balance),
  confusabilityMatrix: of(() => results.confusability),
  diagnosisPictures: of(() => ({ diagnosis })),
  filterCurves: of(() => results.filter),
  labelTree: of(() => results.hierarchy),
  latentScatter: of(() => results.plane),
  signatureCurves: of(() => results.signatures),
  signatureHeatmap: of(() => results.distances),
  silhouettePlot: { args: () => [results.silhouette, labels], options: {} },
  trainingCurves: of(() => trainingRecord(3)),
};

const REPORT: Readonly<Record<string, SoundCall>> = {
  toHtml: of(() => diagnosis),
  toMarkdown: of(() => diagnosis),
};

const PARALLEL: Readonly<Record<string, SoundCall>> = {
  neighborAgreement: rows(),
  pairwiseDistances: of(() => points),
  significance: rows({ permutations: 3 }),
  silhouette: rows(),
};

const READ: Readonly<Record<string, SoundCall>> = {
  readTable: of(() => new TextEncoder().encode('x,y,kind\n0,1,a\n2,3,a\n4,5,b\n'), { format: 'csv' }),
};

export const SOUND_CALLS: Readonly<Record<string, Readonly<Record<string, SoundCall>>>> = {
  main: MAIN,
  nn: { ...NN, ...CLASSES },
  plot: PLOT,
  report: REPORT,
  parallel: PARALLEL,
  read: READ,
};

/** The sound call of an export; an error says where it is missing. */
export function soundCall(entry: string, name: string): SoundCall {
  const call = SOUND_CALLS[entry]?.[name];
  if (call === undefined) throw new Error(`test/support/sound-calls.ts lacks a call of ${name} (${entry})`);
  return call;
}

const isErrorClass = (value: unknown) =>
  typeof value === 'function' && (value as { prototype?: unknown }).prototype instanceof Error;

/** Whether an export is a class, to be called with `new`. */
export const isClass = (value: unknown) => typeof value === 'function' && /^class\b/.test(String(value));

/** Every exported function and class but the errors, found in the modules themselves. */
export function callables(): { entry: string; name: string; value: (...args: unknown[]) => unknown }[] {
  return Object.entries(ENTRIES).flatMap(([entry, module]) =>
    Object.entries(module)
      .filter(([, value]) => typeof value === 'function' && !isErrorClass(value))
      .map(([name, value]) => ({ entry, name, value: value as (...args: unknown[]) => unknown })),
  );
}

/** Calls a function, or makes an instance of a class. */
export function invoke(value: (...args: never[]) => unknown, args: readonly unknown[]): unknown {
  if (isClass(value)) return Reflect.construct(value, args);
  return (value as (...args: readonly unknown[]) => unknown)(...args);
}

/** What a call ends with: its value, or what it threw or rejected with. */
export async function outcome(act: () => unknown): Promise<{ value: unknown } | { error: unknown }> {
  try {
    return { value: await act() };
  } catch (error) {
    return { error };
  }
}
