import { expect } from 'vitest';
import * as lens from '../../src/index.js';
import * as nn from '../../src/nn/index.js';
import { near } from '../support/near.js';

export interface Input {
  readonly points: number[][];
  readonly labels: number[];
}

/** What a function gives for an input, by what a change of the order of rows does to it. */
export interface View {
  /** Does not change but for rounding. */
  readonly same: unknown;
  /** One entry for each row, which goes where the row goes. */
  readonly perRow?: Readonly<Record<string, ArrayLike<unknown>>>;
  /** An n x n matrix, of which rows and columns go with the rows. */
  readonly perPair?: ArrayLike<number>;
}

export type Look = (input: Input) => View;

const without = <T extends object>(result: T, ...names: (keyof T & string)[]) =>
  Object.fromEntries(Object.entries(result).filter(([name]) => !names.includes(name as keyof T & string)));

/** Of a result with widths of rows. The nearest cluster is left out: where two are nearest to rounding, rounding decides. */
const widths = (result: { samples: Float64Array; indices: Int32Array; neighbors: readonly unknown[] }): View => ({
  same: { ...without(result, 'samples', 'indices', 'neighbors'), medoids: undefined },
  perRow: { samples: result.samples },
});

/** Each value is the least of its row of distances, the row itself aside. */
function expectLeast(values: readonly number[], data: Float64Array, n: number): void {
  values.forEach((value, i) => {
    const others = Array.from(data.subarray(i * n, (i + 1) * n)).filter((_, j) => j !== i);
    near(value, Math.min(...others), 1e-9, 1, `nearest of row ${i}`);
  });
}

const DISTANCES = ['euclidean', 'sqeuclidean', 'manhattan', 'cosine', 'chebyshev'] as const;
/** Mean distance of each row to the cluster that is named as its neighbour, which must be the least of those to other clusters. */
function neighborGaps(
  { neighbors }: lens.SilhouetteResult,
  { points, labels }: Input,
  metric: (typeof DISTANCES)[number],
): number[] {
  const { data } = lens.pairwiseDistances(points, { metric });
  const n = points.length;
  const meanTo = (i: number, cluster: lens.Label) => {
    const rows = labels.flatMap((label, j) => (label === cluster ? j : []));
    return rows.reduce((sum, j) => sum + data[i * n + j]!, 0) / rows.length;
  };
  return neighbors.map((cluster, i) => {
    const others = [...new Set(labels)].filter((label) => label !== labels[i]);
    const b = meanTo(i, cluster);
    expect(cluster).not.toBe(labels[i]);
    near(b, Math.min(...others.map((other) => meanTo(i, other))), 1e-9, 1, `neighbour of row ${i}`);
    return b;
  });
}

const byMetric = (of: (metric: (typeof DISTANCES)[number]) => Look): Look[] => DISTANCES.map(of);
const spaces = (points: number[][]) => ({ input: points, latent: points.map((row) => [row[0]!, row[0]! ** 2]) });
/** A second labeling that is a function of the row itself. */
const other = ({ points, labels }: Input) => points.map((row, i) => (Math.floor(2 * row[0]!) + labels[i]!) % 3);
const external =
  (index: (a: number[], b: number[]) => unknown): Look =>
  (input) => ({ same: index(input.labels, other(input)) });

/** Rows with the reason why they are suspicious; a width of 0 to rounding is none. */
const suspicionOf = (rows: readonly lens.SuspiciousRow[], n: number) => {
  const reasons = new Map(rows.map(({ row, reason, weight }) => [row, weight < 1e-9 ? null : reason]));
  return Array.from({ length: n }, (_, i) => reasons.get(i) ?? null);
};

const ofDiagnosis = (diagnosis: lens.Diagnosis, n: number): View => ({
  same: {
    ...without(diagnosis, 'rows'),
    // Tables that name rows.
    findings: diagnosis.findings.map((of) => ({ ...of, tables: of.tables.filter(({ name }) => name !== 'rows') })),
  },
  perRow: { suspicion: suspicionOf(diagnosis.rows, n) },
});

const COPIES = 5;
/** Each row some times, nearly, in one of two places far apart, with a label of the other place here and there. */
const inTwoPlaces = (input: Input) => {
  const place = input.labels.map((label) => label % 2);
  const copies = place.flatMap((side, i) => Array.from({ length: COPIES }, (_, t) => ({ side, i, t })));
  return {
    points: copies.map(({ side, i, t }) => input.points[i]!.map((v, c) => v + (c === 0 ? 100 * side : 0.25 * t))),
    labels: copies.map(({ side, i, t }) => (t === 0 && input.labels[i] === 2 ? 1 - side : side)),
  };
};

/** An index whose whole result does not depend on the order of rows. */
const index =
  (name: string): Look =>
  ({ points, labels }) => ({
    same: (lens as unknown as Record<string, (points: number[][], labels: number[]) => unknown>)[name]!(points, labels),
  });

/** Every function that takes points or labels of rows, each with the ways in which it is called. */
export const ROW_ORDER: Readonly<Record<string, readonly Look[]>> = {
  // Rows.
  suspiciousRows: [
    (input) => {
      const { rows, ...rest } = lens.suspiciousRows(input.points, input.labels);
      return { same: rest, perRow: { suspicion: suspicionOf(rows, input.points.length) } };
    },
  ],
  scatteredClasses: byMetric((metric) => ({ points, labels }) => ({
    same: lens.scatteredClasses(points, labels, { metric }),
  })),
  outliers: [
    ({ points, labels }) => {
      const most = Math.max(...points.map(([x]) => x!));
      const stretched = points.map((row) => (row[0] === most ? row.map((v) => 1000 * v + 1000) : row));
      const { rows, ...rest } = lens.outliers(stretched, labels);
      return { same: { ...rest, distances: rows.map(({ distance }) => distance) } };
    },
  ],
  labelNoise: byMetric((metric) => (input) => {
    const placed = inTwoPlaces(input);
    const result = lens.labelNoise(placed.points, placed.labels, { metric });
    const listed = new Map(result.rows.map(({ row, ...rest }) => [row, rest]));
    const ofRow = (i: number) => Array.from({ length: COPIES }, (_, t) => listed.get(COPIES * i + t) ?? null);
    return { same: without(result, 'rows'), perRow: { listed: input.points.map((_, i) => ofRow(i)) } };
  }),
  // Internal indices; those with values of rows or choices among them say below what moves with the rows.
  ...Object.fromEntries(lens.internalMetrics.map(({ name }) => [name, [index(name)]])),
  silhouette: byMetric((metric) => ({ points, labels }) => {
    const result = lens.silhouette(points, labels, { metric });
    return {
      ...widths(result),
      perRow: { samples: result.samples, b: neighborGaps(result, { points, labels }, metric) },
    };
  }),
  simplifiedSilhouette: [({ points, labels }) => widths(lens.simplifiedSilhouette(points, labels))],
  medoidSilhouette: byMetric((metric) => ({ points, labels }) => {
    const result = lens.medoidSilhouette(points, labels, { metric });
    const isMedoid = points.map((_, i) => result.medoids.some((rows) => rows.includes(i)));
    const view = widths(result);
    return { ...view, perRow: { ...view.perRow, isMedoid } };
  }),
  neighborAgreement: byMetric((metric) => ({ points, labels }) => {
    const result = lens.neighborAgreement(points, labels, { metric });
    // `nearest` names the first of those that tie: what it names must be nearest.
    const { data } = lens.pairwiseDistances(points, { metric });
    const n = points.length;
    const gap = Array.from(result.nearest, (j, i) => data[i * n + j]!);
    expectLeast(gap, data, n);
    return { same: without(result, 'agreement', 'nearest'), perRow: { agreement: result.agreement, gap } };
  }),
  // `closestRows` and `farthestRows` name one of the pairs that tie, which must attain what it witnesses.
  dunn: byMetric((metric) => ({ points, labels }) => {
    const result = lens.dunn(points, labels, { metric });
    const { data } = lens.pairwiseDistances(points, { metric });
    const across = ([i, j]: readonly [number, number]) => ({
      distance: data[i * points.length + j],
      sameCluster: labels[i] === labels[j],
    });
    const witnesses = [across(result.closestRows), across(result.farthestRows)];
    expect(witnesses.map(({ sameCluster }) => sameCluster)).toEqual([false, true]);
    near(witnesses[0]!.distance!, result.separation, 1e-9, 1);
    near(witnesses[1]!.distance!, result.diameter, 1e-9, 1);
    return { same: { ...without(result, 'closestRows', 'farthestRows'), witnesses } };
  }),
  dbcv: [
    ...byMetric((metric) => ({ points, labels }) => ({ same: lens.dbcv(points, labels, { metric }) })),
    ({ points, labels }) => ({ same: lens.dbcv(points, labels, { noiseLabel: 0 }) }),
  ],
  kSelection: [
    (input) => ({ same: lens.kSelection(input.points, [input.labels]) }),
    ({ points }) => {
      const clusterer = (rows: number[][], k: number) => rows.map(([x]) => Math.abs(Math.round(3 * x!)) % k);
      const { rows } = lens.kSelection(points, clusterer, {
        k: [2, 3].filter((k) => k < points.length),
        references: 2,
      });
      return { same: rows };
    },
  ],
  softSilhouette: byMetric((metric) => ({ points, labels }) => {
    const k = new Set(labels).size;
    const names = [...new Set(labels)].sort();
    const soft = labels.map((label) => names.map((name) => (name === label ? 0.75 : 0.25 / (k - 1))));
    const result = lens.softSilhouette(points, soft, { metric });
    const { samples, weights, entropy, between, amongSeveral, labels: crisp, ...rest } = result;
    const { density } = rest;
    return {
      same: { ...rest, density: density && without(density, 'samples'), entropy: without(entropy, 'samples') },
      perRow: {
        samples,
        weights,
        crisp,
        entropy: entropy.samples,
        density: density?.samples ?? points.map(() => null),
        between: points.map((_, i) => between.some(({ row }) => row === i)),
        several: points.map((_, i) => amongSeveral.includes(i)),
      },
    };
  }),
  // The size that attains a bound is left out: where two do to rounding, rounding decides.
  silhouetteCeiling: byMetric((metric) => ({ points }) => {
    const result = lens.silhouetteCeiling(points, { metric });
    return {
      same: without(result, 'samples', 'clusterSizes', 'indices'),
      perRow: { samples: result.samples },
    };
  }),
  clusterGaps: byMetric((metric) => ({ points, labels }) => ({ same: lens.clusterGaps(points, labels, { metric }) })),
  clusterShape: byMetric((metric) => ({ points, labels }) => ({ same: lens.clusterShape(points, labels, { metric }) })),
  metricChoice: byMetric((metric) => ({ points, labels }) => {
    const { current, candidates, choice } = lens.metricChoice(points, labels, { metric });
    const byName = candidates.map((one) => [`${one.metric} ${one.standardize}`, one] as const);
    return { same: { current, candidates: Object.fromEntries(byName), choice } };
  }),
  pairwiseDistances: byMetric((metric) => ({ points }) => ({
    same: points.length,
    perPair: lens.pairwiseDistances(points, { metric }).data,
  })),

  // Signatures.
  signatures: (['mean', 'median', 'medoid'] as const).map((center) => ({ points, labels }) => ({
    same: lens.signatures(points, labels, { center }),
  })),
  signatureDistances: (['mean', 'median', 'medoid'] as const).map((center) => ({ points, labels }) => ({
    same: lens.signatureDistances(points, labels, { center, permutations: 60 }),
  })),
  confusability: [1, 2, 3].flatMap((k) =>
    byMetric((metric) => ({ points, labels }) => ({
      same: lens.confusability(points, labels, { neighbors: Math.min(k, points.length - 1), metric, alpha: 0.5 }),
    })),
  ),

  // Tests and claims.
  significance: byMetric((metric) => ({ points, labels }) => ({
    same: lens.significance(points, labels, { metric, permutations: 60 }),
  })),
  filterSensitivity: [
    ({ points, labels }) => ({
      same: lens.filterSensitivity(points, labels, { thresholds: [1, 2, 4], permutations: 30 }),
    }),
  ],
  identifierColumns: [
    ({ points, labels }) => {
      // A number of the row is one in the order of the rows only.
      const { columns, ...rest } = lens.identifierColumns(points, labels);
      const ordered = columns.some(({ kind }) => /^(row-number|number-in-class|ordered-integers)$/.test(kind));
      return { same: ordered ? null : { columns, ...rest } };
    },
  ],
  placeholderValues: [
    ({ points }) => {
      const { values, rows, n } = lens.placeholderValues(points);
      const held = Array.from({ length: n }, (_, i) => rows.includes(i));
      return { same: values.map(({ rows: own, ...rest }) => ({ ...rest, count: own.length })), perRow: { held } };
    },
  ],
  uninformativeColumns: [
    ({ points, labels }) => ({
      same: lens.uninformativeColumns(points, labels),
    }),
  ],
  hiddenGroups: [
    ({ points, labels }) => {
      const { subLabels, ...rest } = lens.hiddenGroups(points, labels);
      return { same: rest, perRow: { subLabels } };
    },
  ],
  otherGroups: [
    ({ points, labels }) => {
      const { groupOf, ...rest } = lens.otherGroups(points, labels);
      return { same: rest, perRow: { groupOf } };
    },
  ],
  filterGain: [
    ({ points, labels }) => ({
      same: lens.filterGain(points, labels, {
        thresholds: [1, 2, 4],
        evaluate: (data) => ({ score: lens.neighborAgreement(data).score }),
      }),
    }),
  ],
  compareSpaces: [
    ({ points, labels }) => ({ same: lens.compareSpaces(spaces(points), labels, { permutations: 20, resamples: 40 }) }),
    ({ points, labels }) => {
      // Every third class of rows, by what the rows are, is held out.
      const held = points.map((row) => Math.abs(Math.floor(3 * row[0]!)) % 3 === 0);
      const side = <T>(of: readonly T[], out: boolean) => of.filter((_, i) => held[i] === out);
      const heldOut = { spaces: spaces(side(points, true)), labels: side(labels, true) };
      if (heldOut.labels.length === 0 || heldOut.labels.length === labels.length) return { same: null };
      const options = { permutations: 20, resamples: 40, heldOut };
      return { same: lens.compareSpaces(spaces(side(points, false)), side(labels, false), options) };
    },
  ],
  labelHierarchy: [
    ({ points, labels }) => ({
      same: lens.labelHierarchy(points, labels, { folds: 2, minClassSize: 2, permutations: 20 }),
    }),
    ({ points, labels }) => ({
      same: lens.labelHierarchy(points, labels, { folds: 2, minClassSize: 2, permutations: 5, sampleSize: 20 }),
    }),
  ],
  verifyClaims: [
    ({ points, labels }) => {
      const claims = {
        silhouette: 0.1,
        neighborAgreement: 0.3,
        daviesBouldin: 1,
        dunn: 0.2,
        calinskiHarabasz: 5,
        classes: 3,
      };
      return {
        same: [
          lens.verifyClaims(points, labels, claims, { resamples: 20 }),
          lens.verifyClaims(points, labels, claims, { resamples: 20, exactRows: 10, sampleOnly: true }),
        ],
      };
    },
  ],
  diagnose: [
    ({ points, labels }) => ofDiagnosis(lens.diagnose({ points, labels }, { permutations: 39 }), points.length),
    ({ points, labels }) =>
      ofDiagnosis(
        lens.diagnose(
          { points, labels, spaces: { latent: spaces(points).latent } },
          { permutations: 39, sampleSize: 50 },
        ),
        points.length,
      ),
  ],

  // Labels.
  dataset: [
    ({ points, labels }) => {
      const data = lens.dataset(points, labels);
      return {
        same: [data.n, data.d, data.k, data.classes, data.counts],
        perRow: { labels: data.labels, first: points.map((_, i) => data.points[i * data.d]!) },
      };
    },
  ],
  classBalance: [({ labels }) => ({ same: lens.classBalance(labels) })],
  classesBelow: [({ labels }) => ({ same: lens.classesBelow(lens.classBalance(labels), 3) })],
  filterByClassSize: [
    ({ labels }) => {
      const found = lens.filterByClassSize(labels, { top: 2 });
      const kept = labels.map((_, i) => found.indices.includes(i));
      return { same: without(found, 'indices', 'labels'), perRow: { kept } };
    },
  ],
  filterCurve: [({ labels }) => ({ same: lens.filterCurve(labels) })],
  positivePairAudit: [({ labels }) => ({ same: lens.positivePairAudit(labels, { batchSize: 4 }) })],
  compareLabels: [
    (input) => {
      const { moved, ...rest } = lens.compareLabels(input.labels, other(input), { permutations: 19 });
      const places = new Set(moved);
      return { same: rest, perRow: { moved: input.labels.map((_, i) => places.has(i)) } };
    },
  ],
  adjustedMutualInformation: [external(lens.adjustedMutualInformation)],
  adjustedRandIndex: [external(lens.adjustedRandIndex)],
  bCubed: [external(lens.bCubed)],
  fowlkesMallows: [external(lens.fowlkesMallows)],
  matchingAccuracy: [external(lens.matchingAccuracy)],
  mutualInformation: [external(lens.mutualInformation)],
  normalizedMutualInformation: [external(lens.normalizedMutualInformation)],
  pairConfusion: [external(lens.pairConfusion)],
  purity: [external(lens.purity)],
  randIndex: [external(lens.randIndex)],
  vMeasure: [external(lens.vMeasure)],
  variationOfInformation: [external(lens.variationOfInformation)],

  // Latent spaces.
  embeddingHealth: [
    ({ points, labels }) => ({ same: without(nn.embeddingHealth(points, { labels }), 'deadUnits', 'singularValues') }),
  ],
  predict: [
    ({ points }) => ({ same: [], perRow: { ...rowsOf(nn.predict(networkFor(points), points, { batchSize: 4 })) } }),
  ],
  embed: [
    ({ points }) => ({ same: [], perRow: { ...rowsOf(nn.embed(networkFor(points), points, { batchSize: 5 })) } }),
  ],
  supCon: [({ points, labels }) => ({ same: loss(nn.supCon(nn.tensor(points), labels)) })],
  ntXent: [
    ({ points }) => ({
      same: loss(nn.ntXent(nn.tensor(points), nn.tensor(points.map((row) => row.map((v) => v + 1))))),
    }),
  ],
  tripletMargin: [({ points, labels }) => ({ same: loss(nn.tripletMargin(nn.tensor(points), labels)) })],
  mse: [
    ({ points }) => ({ same: loss(nn.mse(nn.tensor(points), nn.tensor(points.map((row) => row.map((v) => v / 2))))) }),
  ],
  crossEntropy: [
    ({ points, labels }) => {
      const logits = points.map((row) => labels.map((_, c) => (c % 5) * row[0]!));
      return { same: loss(nn.crossEntropy(nn.tensor(logits), labels)) };
    },
  ],
};

/** A small network for the columns of these points. */
function networkFor(points: number[][]): nn.Sequential {
  return new nn.Sequential(new nn.Linear(points[0]!.length, 3, { seed: 1 }), nn.tanh, new nn.Linear(3, 2, { seed: 2 }));
}

/** The columns of a prediction, which have one entry per row. */
function rowsOf({ data, columns }: nn.Predicted): Record<string, number[]> {
  const column = (j: number) => Array.from(data).filter((_, p) => p % columns === j);
  return Object.fromEntries(Array.from({ length: columns }, (_, j) => [`column ${j}`, column(j)]));
}

function loss(found: object): unknown {
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, value instanceof nn.Tensor ? Array.from(value.data) : value]),
  );
}

/** Exports that take neither points nor labels of rows, or that order rows by their nature. */
export const NOT_OF_ROWS: Readonly<Record<string, readonly string[]>> = {
  'a class of errors': [
    'ClusterlensError',
    'GradientError',
    'InputError',
    'ShapeError',
    'UndefinedMetricError',
    'DivergenceError',
  ],
  'takes a result, not rows': [
    'confusionMatrix',
    'adjustForDiscoveries',
    'toPlain',
    'fromPlain',
    'toSafetensors',
    'fromSafetensors',
    'loadWeights',
    'fromTorch',
    'loadAutoencoder',
    'explainPlan',
  ],
  'a table: of functions that stand here by themselves, of names, or of operations': [
    'internalMetrics',
    'metricNames',
    'OPS',
  ],
  'an operation of the tape: its result goes with its operands, element by element or axis by axis': [
    ...Object.keys(nn.OPS).filter((name) => name in nn && name !== 'crossEntropy'),
    ...[
      'gaussianNoise',
      'dropout',
      'gather',
      'slice',
      'concat',
      'tensor',
      'Tensor',
      'gradients',
      'gradcheck',
      'noGrad',
    ],
  ],
  'a layer, an optimiser, a schedule or a random source': [
    ...[
      'Linear',
      'LayerNorm',
      'BatchNorm1d',
      'Dropout',
      'GaussianNoise',
      'ResidualBlock',
      'Sequential',
      'residualAutoencoder',
    ],
    ...['adam', 'adamW', 'sgd', 'clipGradientNorm', 'clipGradientValue'],
    ...['constantRate', 'cosineDecay', 'exponentialDecay', 'linearWarmup', 'stepDecay', 'Rng', 'manualSeed'],
  ],
  'batches are drawn by seed from rows by their place, which is what training is': [
    'train',
    'balancedBatches',
    'shuffledBatches',
  ],
  'a term of an objective: the loss that it wraps stands here': [
    'contrastiveLoss',
    'classificationLoss',
    'reconstructionLoss',
  ],
};
