import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import * as lens from '../../src/index.js';
import { expectComplete } from '../support/forgotten.js';
import { firstNaN } from '../support/no-nan.js';

/** A number that TypeScript lets pass: mostly ordinary, sometimes anything. */
const ordinary = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, 1, 0.1, 1e-9, 1e9, 5e-324, -5e-324, 1e-200, 1e149, -1e149, 1e150),
  fc.double({ min: -10, max: 10, noNaN: true }),
);
const wild = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.7e308, -1.7e308, 1e151),
);
const mostly = <A, B>(usual: fc.Arbitrary<A>, rare: fc.Arbitrary<B>) =>
  fc.oneof({ weight: 60, arbitrary: usual }, { weight: 1, arbitrary: rare });
const coordinate = fc
  .constantFrom('integers', 'ordinary', 'wild')
  .chain((kind) =>
    fc.constant(
      kind === 'integers' ? fc.integer({ min: 0, max: 2 }) : kind === 'ordinary' ? ordinary : mostly(ordinary, wild),
    ),
  );

type Rows = number[][];

function rowsOf(n: number, d: number): fc.Arbitrary<Rows> {
  return coordinate.chain((value) => {
    const row = (length: number) => fc.array<number>(value, { minLength: length, maxLength: length });
    const even = fc.array(row(d), { minLength: n, maxLength: n });
    const ragged = fc.array(fc.nat(3).chain(row), { minLength: n, maxLength: n });
    return mostly(even, ragged);
  });
}

/** Rows that pass the door. */
const calmRows = (n: number, d: number): fc.Arbitrary<Rows> =>
  fc
    .constantFrom<fc.Arbitrary<number>>(fc.nat(2), ordinary)
    .chain((value) => fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }));

/** Distances: symmetric, zero diagonal, and now and then neither. */
function squareOf(n: number): fc.Arbitrary<Rows> {
  const size = Math.max(n, 1);
  return mostly(
    fc
      .array(fc.oneof(fc.nat(3), fc.double({ min: 0, max: 1e150, noNaN: true })), {
        minLength: size * size,
        maxLength: size * size,
      })
      .map((flat) =>
        Array.from({ length: n }, (_, i) =>
          Array.from({ length: n }, (_, j) => (i === j ? 0 : flat[Math.min(i, j) * size + Math.max(i, j)]!)),
        ),
      ),
    rowsOf(n, n),
  );
}

function inForm(rows: Rows): fc.Arbitrary<lens.Points> {
  const n = rows.length;
  const d = rows[0]?.length ?? 0;
  const flat = rows.flat();
  const forms: fc.Arbitrary<lens.Points>[] = [
    fc.constant(rows),
    fc.constant(rows.map((row) => Float64Array.from(row))),
    fc.constant(rows.map((row) => Float32Array.from(row))),
    fc.constant({ data: Float64Array.from(flat), rows: n, columns: d }),
    fc.record({ data: fc.constant(flat), rows: fc.constantFrom(n, n + 1, -1, 0.5), columns: fc.constant(d) }),
    fc.constant({ rows: n, columns: d, get: (i: number, j: number) => rows[i]?.[j] ?? Number.NaN }),
  ];
  if (n > 0 && d > 0 && rows.every((row) => row.length === d)) forms.push(fc.constant(new Matrix(rows)));
  return fc.oneof({ weight: 8, arbitrary: forms[0]! }, ...forms.slice(1));
}

const label: fc.Arbitrary<lens.Label> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1, max: 2 }) },
  fc.constantFrom<lens.Label>('a', 'b', '', '__proto__', 'constructor', true, false, -0, 1.5, 5e-324),
);

function labelsOf(n: number): fc.Arbitrary<lens.Labels> {
  const list = (of: fc.Arbitrary<lens.Label>, min: number, max: number) =>
    fc.array(of, { minLength: min, maxLength: max });
  return fc.oneof(
    { weight: 12, arbitrary: list(fc.nat(2), n, n) },
    { weight: 4, arbitrary: list(label, n, n) },
    { weight: 2, arbitrary: list(fc.nat(2), n, n).map((labels) => Int32Array.from(labels)) },
    list(fc.oneof(label, wild), n, n),
    list(label, 0, 9),
    fc.constantFrom({ length: 3 }, { length: 2 ** 40 }, { length: -1 }, { length: 1.5 }),
  );
}

const FAST = ['euclidean', 'sqeuclidean', 'cosine', 'correlation', 'manhattan', 'chebyshev'] as const;
const NAMES = Object.keys(lens.metricNames) as lens.MetricName[];

/** Parameters of distances, down to the least number and up to the largest. */
const parameter = fc.oneof(
  fc.constantFrom(1, 2, 0.5, 1e-9, 1e9, 5e-324, 1e-300, 1e-154, 1e154, 1.7e308, 1 + Number.EPSILON, 1e6),
  fc.double(),
);
const perColumn = fc.array(parameter, { minLength: 1, maxLength: 3 });
const parametrised: fc.Arbitrary<lens.Metric> = fc.oneof(
  parameter.map((p) => ({ name: 'minkowski', p }) as const),
  perColumn.map((variance) => ({ name: 'seuclidean', variance }) as const),
  perColumn.map((ranges) => ({ name: 'gower', ranges }) as const),
  fc.tuple(perColumn, fc.constantFrom(0, 0.5, -0.9, 1)).map(([variances, r]) => ({
    name: 'mahalanobis' as const,
    covariance: variances.map((a, i) => variances.map((b, j) => (i === j ? a : r * Math.sqrt(a) * Math.sqrt(b)))),
  })),
);

const metric: fc.Arbitrary<lens.Metric> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...FAST) },
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 6, arbitrary: parametrised },
  fc.constantFrom<lens.Metric>(
    { name: 'minkowski', p: 3 },
    { name: 'minkowski', p: 1e6 },
    { name: 'mahalanobis', covariance: [[2]] },
    { name: 'seuclidean', variance: [2, 3] },
    { name: 'gower', ranges: [1, 5e-324] },
    (a, b) => Math.abs(a[0]! - b[0]!),
    (a, b) => Math.abs(a[0]! - b[0]!) * 1e279,
    (a, b) => (a === b ? 0 : 1e280),
    () => 0,
    () => 1,
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    (a, b) => a[0]! - b[0]!,
    (a, b) => a[0]! * b[0]!,
  ),
);

/** A number as option: mostly a small integer, or anything. */
const setting = (max: number, min = 0) => fc.oneof({ weight: 12, arbitrary: fc.integer({ min, max }) }, ordinary, wild);

const weights = fc.oneof(
  fc.array(fc.constantFrom(1, 2, 3, 0.25, 1e-12), { minLength: 2, maxLength: 8 }),
  fc.array(fc.constantFrom(1, Number.MAX_SAFE_INTEGER, 5e-324), { minLength: 2, maxLength: 8 }),
  fc.array(fc.oneof(ordinary, wild), { maxLength: 8 }),
  fc.constant({ length: 2 ** 40 }),
);

/** Each option by name, over what its type admits. */
const OPTIONS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  metric,
  noise: fc.constantFrom('exclude', 'singletons', 'penalise'),
  labelsFrom: fc.constantFrom('auto', 'points', 'elsewhere'),
  noiseLabel: fc.oneof({ weight: 5, arbitrary: label }, wild),
  singletons: fc.constantFrom('zero', 'one', 'exclude'),
  weights,
  sampleSize: fc.oneof(setting(8, 2), setting(30, 20)),
  seed: fc.oneof(setting(9), fc.constant(Number.MAX_SAFE_INTEGER)),
  q: setting(100),
  dimensions: setting(50),
  permutations: fc.oneof(setting(9, 1), setting(25, 19)),
  thresholds: fc.oneof(
    fc.array(fc.nat(4), { maxLength: 4 }),
    fc.array(wild, { maxLength: 2 }),
    fc.constantFrom({ length: -1 }, { length: 1.5 }, { length: 2 ** 40 }),
  ),
  min: setting(4),
  max: setting(4),
  top: setting(4),
  distance: fc.constantFrom('totalVariation', 'hellinger', 'euclidean', 'chebyshev', 'kullbackLeibler'),
  center: fc.constantFrom('mean', 'median', 'medoid'),
  standardize: fc.boolean(),
  average: fc.constantFrom('arithmetic', 'geometric', 'min', 'max'),
  beta: setting(3),
  evaluate: fc.oneof(
    fc.constant((data: lens.Dataset) => lens.silhouette(data)),
    fc.record({ score: fc.oneof(ordinary, wild), chance: fc.oneof(ordinary, wild) }).map((found) => () => found),
    fc.array(wild, { maxLength: 8 }).map((samples) => () => ({ score: 0, samples })),
  ),
  indices: fc.record({ one: fc.oneof(ordinary, wild).map((value) => () => value) }),
  folds: setting(4, 2),
  fewest: setting(5, 2),
  groups: fc.oneof(fc.array(fc.integer({ min: 2, max: 3 }), { maxLength: 2 }), fc.array(wild, { maxLength: 2 })),
  minClassSize: setting(3, 2),
  share: fc.constantFrom(1e-6, 0.01, 0.1, 0.5),
  alpha: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0.05, 0.5, 1e-4) }, setting(1)),
  neighbors: setting(3),
  names: fc.oneof(fc.constant(['a', 'b']), fc.constant([0, 0]), fc.array(fc.string(), { maxLength: 3 })),
  tolerance: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0, 1e-6, 0.1) }, setting(1)),
  'k: list': fc.oneof(
    fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    fc.array(wild, { maxLength: 2 }),
  ),
  minSize: setting(3, 1),
  sizes: fc.oneof(
    fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
    fc.array(wild, { maxLength: 2 }),
    fc.constantFrom({ length: -1 }, { length: 2 ** 40 }),
  ),
  references: fc.oneof(fc.nat(3), setting(3)),
  reference: fc.constantFrom('pca', 'ranges'),
  sampler: fc.constantFrom('shuffled', 'balanced'),
  batchSize: setting(8),
  dropLast: fc.boolean(),
  classes: setting(3),
  samples: setting(3),
  resamples: setting(21, 20),
  exactRows: setting(40, 10),
};

/** Each option is left out, undefined, or drawn. */
function optionsOf(names: readonly string[], required: readonly string[] = []): fc.Arbitrary<unknown> {
  const drawn = fc.record(
    Object.fromEntries(
      names.map((name) => [
        name.replace(/:.*/, ''),
        mostly(OPTIONS[name]!, required.includes(name) ? OPTIONS[name]! : fc.constant(undefined)),
      ]),
    ),
    { requiredKeys: [...required] },
  );
  return required.length > 0
    ? drawn
    : fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 4, arbitrary: drawn });
}

const sizes = fc.record({ n: fc.integer({ min: 0, max: 8 }), d: fc.integer({ min: 0, max: 3 }) });

/** A dataset whose noise label is 0. */
function checkedData(n: number, d: number): fc.Arbitrary<lens.Dataset> {
  return fc
    .tuple(calmRows(n, d), fc.array(fc.nat(2), { minLength: n, maxLength: n }))
    .map(([points, labels]) => lens.dataset(points, labels, { noiseLabel: 0 }));
}

/** points, labels and options; or a dataset and options. */
function clustering(names: readonly string[], required: readonly string[] = []): fc.Arbitrary<unknown[]> {
  const plain = sizes.chain(({ n, d }) =>
    fc.tuple(rowsOf(n, d).chain(inForm), labelsOf(n), optionsOf(names, required)),
  );
  const square = sizes.chain(({ n }) =>
    fc.tuple(
      squareOf(n).chain(inForm),
      labelsOf(n),
      optionsOf(names, required).map((options) => ({ ...(options as object), metric: 'precomputed' })),
    ),
  );
  const checked = sizes.chain(({ n, d }) => fc.tuple(checkedData(n + 1, d + 1), optionsOf(names, required)));
  const calm = fc
    .record({ n: fc.integer({ min: 3, max: 9 }), d: fc.integer({ min: 1, max: 3 }) })
    .chain(({ n, d }) =>
      fc.tuple(calmRows(n, d), fc.array(fc.nat(2), { minLength: n, maxLength: n }), optionsOf(names, required)),
    );
  const forms: fc.Arbitrary<unknown[]>[] = [plain, plain, calm, checked];
  if (names.includes('metric')) forms.push(square);
  return fc.oneof(...forms);
}

const twoLabelings = (names: readonly string[]) =>
  sizes.chain(({ n }) => fc.tuple(labelsOf(n), labelsOf(n), optionsOf(names))) as fc.Arbitrary<unknown[]>;

const NOISE = ['noise', 'noiseLabel'];

/** Rows enough for the diagnoses that split or resample, in two or three classes. */
const many = fc.record({ n: fc.integer({ min: 8, max: 45 }), d: fc.integer({ min: 1, max: 3 }) });
const manyLabels = (n: number) => fc.nat(2).chain((most) => fc.array(fc.nat(most), { minLength: n, maxLength: n }));

function large(names: readonly string[]): fc.Arbitrary<unknown[]> {
  return fc.oneof(
    clustering(names),
    many.chain(({ n, d }) =>
      fc.tuple(mostly(calmRows(n, d), rowsOf(n, d)).chain(inForm), manyLabels(n), optionsOf(names)),
    ),
  );
}

/** Folds that the classes have rows for, so that most draws are scored. */
const foldable = many.chain(({ n, d }) =>
  fc.tuple(
    mostly(calmRows(n, d), rowsOf(n, d)),
    fc.array(fc.nat(1), { minLength: n, maxLength: n }),
    fc.record({ folds: fc.integer({ min: 2, max: 3 }), minClassSize: fc.constant(2), permutations: fc.constant(9) }),
  ),
);

/** The rows under one or two names. */
function spacesOf(n: number): fc.Arbitrary<Readonly<Record<string, lens.Points>>> {
  const space = fc.integer({ min: 1, max: 3 }).chain((d) => mostly(calmRows(n, d), rowsOf(n, d)));
  return fc.oneof(fc.record({ latent: space }), fc.record({ latent: space, projection: space }), fc.constant({}));
}

const claims = fc.dictionary(
  fc.constantFrom('silhouette', 'daviesBouldin', 'calinskiHarabasz', 'dunn', 'davies-bouldin'),
  mostly(fc.oneof(ordinary, fc.constantFrom('0.68', '1e-2', '.820')), fc.oneof(wild, fc.constantFrom('', 'about 0.5'))),
  { minKeys: 1, maxKeys: 2 },
);

const comparison = many.chain(({ n }) =>
  fc.tuple(
    spacesOf(n),
    mostly(manyLabels(n), labelsOf(n)),
    fc
      .tuple(
        optionsOf(['metric', 'standardize', 'noiseLabel', 'permutations', 'resamples', 'sampleSize', 'seed']),
        fc.option(fc.record({ spaces: spacesOf(9), labels: manyLabels(9) }), { nil: undefined }),
      )
      .map(([options, heldOut]) => ({ ...(options as object), heldOut })),
  ),
) as fc.Arbitrary<unknown[]>;

/** Two spaces and few options, so that most draws are scored. */
const comparable = many.chain(({ n }) =>
  fc.tuple(
    fc.record({ latent: calmRows(n, 2), projection: mostly(calmRows(n, 3), rowsOf(n, 3)) }),
    fc.array(fc.nat(1), { minLength: n, maxLength: n }),
    fc.record({ permutations: fc.constant(9), resamples: fc.constant(20) }),
  ),
);

const claimed = many.chain(({ n, d }) =>
  fc.tuple(
    mostly(calmRows(n, d), rowsOf(n, d)).chain(inForm),
    mostly(manyLabels(n), labelsOf(n)),
    claims,
    optionsOf(['metric', 'standardize', 'noiseLabel', 'resamples', 'exactRows', 'seed']),
  ),
) as fc.Arbitrary<unknown[]>;

const diagnosed = many.chain(({ n, d }) =>
  fc.tuple(
    fc.record(
      {
        points: mostly(calmRows(n, d), rowsOf(n, d)).chain(inForm),
        labels: mostly(manyLabels(n), labelsOf(n)),
        spaces: spacesOf(n),
        claims,
        heldOut: fc.record({ points: calmRows(9, d), labels: manyLabels(9) }),
      },
      { requiredKeys: ['points', 'labels'] },
    ),
    optionsOf(['metric', 'standardize', 'permutations', 'alpha', 'seed']),
  ),
) as fc.Arbitrary<unknown[]>;

/** Deals rows out in turn, or by their first value, or gives something that is no labeling. */
const clusterer: fc.Arbitrary<lens.Clusterer> = fc.oneof(
  { weight: 4, arbitrary: fc.constant((points: number[][], k: number) => points.map((_, i) => i % k)) },
  { weight: 4, arbitrary: fc.constant((points: number[][], k: number) => points.map(([x]) => (x! > 0 ? k : -1))) },
  fc.constantFrom<lens.Clusterer>(
    (points, k, seed) => points.map(() => seed / k),
    () => [0, 1],
    () => [Number.NaN],
  ),
);

const selection = fc
  .record({ n: fc.integer({ min: 1, max: 8 }), d: fc.integer({ min: 1, max: 3 }) })
  .chain(({ n, d }) => {
    const points = fc.oneof(mostly(calmRows(n, d), rowsOf(n, d)).chain(inForm), checkedData(n, d));
    return fc.oneof(
      fc.tuple(points, clusterer, optionsOf(['k: list', 'references', 'reference', 'metric', 'sampleSize', 'seed'])),
      fc.tuple(points, fc.array(labelsOf(n), { maxLength: 2 }), optionsOf(['metric', 'sampleSize', 'seed'])),
    );
  }) as fc.Arbitrary<unknown[]>;

/** The arguments of every public function. A function that is not here fails the suite. */
const ARGUMENTS: Readonly<Record<string, fc.Arbitrary<unknown[]>>> = {
  // Of an index without options of its own.
  ...Object.fromEntries(lens.internalMetrics.map(({ name }) => [name, clustering(NOISE)])),
  toPlain: fc.tuple(fc.anything({ withMap: true, withBigInt: true, withTypedArray: true, withDate: true })),
  fromPlain: fc.tuple(fc.jsonValue()),
  dataset: clustering(['noiseLabel']),
  pairwiseDistances: sizes.chain(({ n, d }) => fc.tuple(rowsOf(n, d).chain(inForm), optionsOf(['metric']))),
  metricChoice: clustering(['metric', 'standardize', 'alpha', 'seed', 'noiseLabel']),
  silhouetteCeiling: sizes.chain(({ n, d }) =>
    fc.tuple(rowsOf(n, d).chain(inForm), optionsOf(['metric', 'minSize', 'sizes', 'sampleSize', 'seed'])),
  ),
  softSilhouette: sizes.chain(({ n, d }) =>
    fc.tuple(
      rowsOf(n, d).chain(inForm),
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc
            .array(fc.nat(8), { minLength: n, maxLength: n })
            .map((cuts) => cuts.map((cut) => [cut / 8, 1 - cut / 8])),
        },
        rowsOf(n, d).chain(inForm),
      ),
      optionsOf(['metric', 'alpha', 'names', 'tolerance']),
    ),
  ) as fc.Arbitrary<unknown[]>,
  clusterGaps: clustering(['metric', 'labelsFrom', 'alpha', 'sampleSize', 'seed', 'noiseLabel']),
  clusterShape: clustering(['metric', 'alpha', 'seed', 'noiseLabel']),
  silhouette: clustering(['metric', 'singletons', 'weights', 'sampleSize', 'seed', ...NOISE]),
  simplifiedSilhouette: clustering(['singletons', ...NOISE]),
  medoidSilhouette: clustering(['metric', 'singletons', ...NOISE]),
  neighborAgreement: clustering(['metric', ...NOISE]),
  daviesBouldin: clustering(['q', ...NOISE]),
  dunn: clustering(['metric', ...NOISE]),
  dbcv: clustering(['metric', 'noiseLabel', 'dimensions']),
  kSelection: selection,
  significance: clustering(['metric', 'permutations', 'seed', 'noiseLabel']),
  filterSensitivity: clustering(['thresholds', 'metric', 'permutations', 'seed']),
  identifierColumns: clustering(['metric', 'sampleSize', 'seed']),
  placeholderValues: sizes.chain(({ n, d }) => fc.tuple(rowsOf(n, d).chain(inForm), optionsOf(['fewest']))),
  uninformativeColumns: clustering(['metric', 'alpha', 'sampleSize', 'seed']),
  hiddenGroups: clustering(['metric', 'standardize', 'alpha', 'sampleSize', 'seed', 'noiseLabel']),
  otherGroups: clustering(['metric', 'standardize', 'alpha', 'sampleSize', 'seed', 'noiseLabel']),
  filterGain: clustering(['evaluate', 'indices', 'thresholds'], ['evaluate']),
  suspiciousRows: clustering(['metric', 'noiseLabel', 'standardize']),
  scatteredClasses: clustering(['metric', 'noiseLabel', 'standardize']),
  outliers: clustering(['metric', 'noiseLabel', 'standardize', 'share', 'sampleSize', 'seed']),
  labelNoise: fc.oneof(
    clustering(['metric', 'noiseLabel', 'standardize']),
    // Two places far apart.
    fc
      .array(fc.tuple(fc.nat(1), fc.nat(30), fc.nat(9)), { minLength: 20, maxLength: 60 })
      .map((rows) => [
        rows.map(([side, x]) => [100 * side + x, 0.1 * x]),
        rows.map(([side, , lot]) => (lot > 8 ? 0 : side)),
      ]),
  ),
  confusability: clustering(['metric', 'neighbors', 'alpha', 'noiseLabel']),
  confusionMatrix: fc
    .array(fc.nat(2), { minLength: 4, maxLength: 9 })
    .filter((labels) => new Set(labels).size > 1)
    .map((labels) => [
      lens.confusability(
        labels.map((c, i) => [c, i]),
        labels,
        { neighbors: 1 },
      ),
      [0, 1, 2, 'other'],
    ]),
  compareLabels: twoLabelings(['permutations', 'alpha', 'seed']),
  compareSpaces: fc.oneof(comparison, comparable),
  verifyClaims: claimed,
  positivePairAudit: sizes.chain(({ n }) =>
    fc.tuple(labelsOf(n), optionsOf(['sampler', 'batchSize', 'dropLast', 'classes', 'samples'])),
  ),
  diagnose: diagnosed,
  labelHierarchy: fc.oneof(
    large(['folds', 'groups', 'minClassSize', 'permutations', 'alpha', 'seed', 'noiseLabel']),
    foldable,
  ),
  signatures: clustering(['center', 'standardize']),
  signatureDistances: clustering(['top', 'metric', 'standardize', 'center', 'permutations', 'seed']),
  classBalance: sizes.chain(({ n }) => fc.tuple(labelsOf(n), optionsOf(['distance']))),
  filterByClassSize: sizes.chain(({ n }) => fc.tuple(labelsOf(n), optionsOf(['min', 'max', 'top']))),
  filterCurve: sizes.chain(({ n }) => fc.tuple(labelsOf(n), optionsOf(['thresholds']))),
  classesBelow: fc.tuple(
    fc.array(fc.nat(2), { minLength: 1 }).map((labels) => lens.classBalance(labels)),
    fc.oneof(ordinary, wild),
  ),
  adjustForDiscoveries: fc.tuple(
    fc.oneof(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      fc.array(fc.oneof(ordinary, wild), { maxLength: 4 }),
    ),
  ),
  adjustedRandIndex: twoLabelings([]),
  randIndex: twoLabelings([]),
  adjustedMutualInformation: twoLabelings(['average']),
  normalizedMutualInformation: twoLabelings(['average']),
  mutualInformation: twoLabelings([]),
  vMeasure: twoLabelings(['beta']),
  fowlkesMallows: twoLabelings([]),
  pairConfusion: twoLabelings([]),
  purity: twoLabelings([]),
  bCubed: twoLabelings([]),
  variationOfInformation: twoLabelings([]),
  matchingAccuracy: twoLabelings([]),
};

/** These call an index and pass its errors on. */
const CALLING = [
  'kSelection',
  'filterSensitivity',
  'filterGain',
  'labelHierarchy',
  'compareSpaces',
  'verifyClaims',
  'diagnose',
];

/** These compute thousands of indices per call. */
const SLOW = ['compareSpaces', 'verifyClaims', 'diagnose', 'labelHierarchy'];

/** CLUSTERLENS_FUZZ=50 tries fifty times as much. */
const EFFORT = Number(process.env.CLUSTERLENS_FUZZ ?? 1);

type Callable = (...args: unknown[]) => unknown;

const functions = Object.entries(lens as unknown as Record<string, unknown>).filter(
  (entry): entry is [string, Callable] => typeof entry[1] === 'function' && !(entry[1].prototype instanceof Error),
);

/** Calls; a typed error of bad input gives undefined, every other exception escapes. */
function attempt(name: string, call: Callable, args: unknown[]): unknown {
  try {
    return call(...args);
  } catch (error) {
    if (!(error instanceof lens.ClusterlensError)) throw error;
    expect(error.code).toMatch(/^[a-z-]+$/);
    const where = /^(\w+)[^:]*: /.exec(error.message)?.[1] ?? '';
    expect(CALLING.includes(name) ? Object.keys(ARGUMENTS) : [name], error.message).toContain(where);
    return undefined;
  }
}

describe('no public function returns NaN or throws anything untyped', () => {
  it('every public function is fuzzed', () => {
    expectComplete(
      'ARGUMENTS of test/property/no-nan.test.ts',
      Object.keys(ARGUMENTS),
      functions.map(([name]) => name),
    );
  });

  it.each(functions)('%s', (name, call) => {
    const args = ARGUMENTS[name];
    if (args === undefined) return; // named by the test above
    let results = 0;
    fc.assert(
      fc.property(args, (drawn) => {
        const result = attempt(name, call, drawn);
        if (result !== undefined) results++;
        expect(firstNaN(result)).toBeUndefined();
      }),
      { numRuns: (SLOW.includes(name) ? 60 : 300) * EFFORT },
    );
    // The fuzz must reach the arithmetic, not only the door.
    expect(results).toBeGreaterThan(SLOW.includes(name) ? 0 : 10);
  });
});

describe('firstNaN', () => {
  it('finds NaN in arrays, typed arrays, maps and nested objects', () => {
    expect(firstNaN({ a: [1, { b: Float64Array.of(0, Number.NaN) }] })).toBe('result.a.1.b[1]');
    expect(firstNaN(new Map([['x', Number.NaN]]))).toBe('result.x');
    expect(firstNaN({ a: [1, 2], b: 'NaN', c: null, d: undefined, e: Number.POSITIVE_INFINITY })).toBeUndefined();
  });
});
