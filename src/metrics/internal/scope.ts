import { InputError, UndefinedMetricError } from '../../core/errors.js';
import type { Label } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { readNoiseLabel } from '../../data/named-label.js';
import { type LooseOptions, oneOf } from '../../data/options.js';
import { gatherRows } from '../../kernels/cluster-order.js';

export type NoiseTreatment = 'exclude' | 'singletons' | 'penalise';

export interface NoiseOptions {
  /**
   * The label that marks noise; default: the dataset's, else none, and every label is a cluster. No row
   * needs to have it, but one that rows have in another type or spelling ('-1' for -1) is an error.
   */
  readonly noiseLabel?: Label | undefined;
  /**
   * What happens with noise rows: 'exclude' (default once a noise label is named) leaves them out
   * and reports their share; 'singletons' makes each a cluster of its own; 'penalise' leaves them
   * out and multiplies the score by the share of rows that are not noise.
   */
  readonly noise?: NoiseTreatment | undefined;
}

/** How noise was treated, and how much there was. */
export interface NoiseReport {
  readonly label: Label;
  readonly treatment: NoiseTreatment;
  /** Rows of noise. */
  readonly count: number;
  /** Their share of the rows; with weights, of the points that the rows stand for. */
  readonly share: number;
}

/** The rows and clusters that an index is computed over. */
export interface Scope {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly points: Float64Array;
  readonly labels: Int32Array;
  readonly classes: readonly Label[];
  readonly counts: Int32Array;
  /** Row of the input at each row of the scope. */
  readonly rows: Int32Array;
  readonly noise?: NoiseReport;
}

function pickSquare(matrix: Float64Array, n: number, rows: Int32Array): Float64Array {
  const m = rows.length;
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) out[i * m + j] = matrix[rows[i]! * n + rows[j]!]!;
  return out;
}

function withoutNoise(data: Dataset, code: number, square: boolean): Omit<Scope, 'noise'> {
  const rows = new Int32Array(data.n - data.counts[code]!);
  const labels = new Int32Array(rows.length);
  let m = 0;
  for (let i = 0; i < data.n; i++) {
    const label = data.labels[i]!;
    if (label === code) continue;
    labels[m] = label > code ? label - 1 : label;
    rows[m++] = i;
  }
  return {
    n: m,
    d: square ? m : data.d,
    k: data.k - 1,
    points: square ? pickSquare(data.points, data.n, rows) : gatherRows(data.points, data.d, rows),
    labels,
    classes: data.classes.filter((_, c) => c !== code),
    counts: data.counts.filter((_, c) => c !== code),
    rows,
  };
}

function noiseAsSingletons(data: Dataset, code: number, rows: Int32Array): Omit<Scope, 'noise'> {
  // The noise class keeps its place in label order; its rows follow one by one.
  const extra = data.counts[code]! - 1;
  const labels = new Int32Array(data.n);
  let next = code;
  for (let i = 0; i < data.n; i++) {
    const label = data.labels[i]!;
    labels[i] = label === code ? next++ : label > code ? label + extra : label;
  }
  const classes: Label[] = [];
  const counts: number[] = [];
  data.classes.forEach((label, c) => {
    for (let copy = 0; copy <= (c === code ? extra : 0); copy++) {
      classes.push(label);
      counts.push(c === code ? 1 : data.counts[c]!);
    }
  });
  const { n, d, points } = data;
  return { n, d, k: data.k + extra, points, labels, classes, counts: Int32Array.from(counts), rows };
}

function allRows(n: number): Int32Array {
  const rows = new Int32Array(n);
  for (let i = 0; i < n; i++) rows[i] = i;
  return rows;
}

const TREATMENTS: readonly NoiseTreatment[] = ['exclude', 'singletons', 'penalise'];

/** The label of noise, from the options or else the dataset, and what happens with its rows. */
export function noiseOf(
  where: string,
  data: { readonly classes: readonly Label[]; readonly noiseLabel?: Label },
  options: LooseOptions,
  treatments: readonly NoiseTreatment[] = TREATMENTS,
): { readonly label: Label | undefined; readonly treatment: NoiseTreatment } {
  const label = readNoiseLabel(where, options.noiseLabel, data);
  const treatment = oneOf(where, 'noise', options.noise, treatments, 'exclude');
  if (label !== undefined || options.noise === undefined) return { label, treatment };
  throw new InputError(
    'wrong-type',
    `${where}: option noise needs noiseLabel, got noise = '${treatment}' alone; name the label, for instance noiseLabel: -1`,
  );
}

/** Applies the treatment of noise. `square`: the points are a distance matrix. */
export function scopeOf(
  where: string,
  data: Dataset,
  options: LooseOptions,
  square: boolean,
  treatments: readonly NoiseTreatment[] = ['exclude', 'singletons'],
): Scope {
  const { label, treatment } = noiseOf(where, data, options, treatments);
  if (label === undefined) return { ...data, rows: allRows(data.n) };
  const code = data.classes.indexOf(label);
  const count = code === -1 ? 0 : data.counts[code]!;
  const noise: NoiseReport = { label, treatment, count, share: count / data.n };
  if (count === 0) return { ...data, rows: allRows(data.n), noise };
  const scope =
    treatment === 'singletons' ? noiseAsSingletons(data, code, allRows(data.n)) : withoutNoise(data, code, square);
  return { ...scope, noise };
}

/** The rule of every internal index that compares clusters: 2 <= k <= n - 1. */
export function requireClusters(where: string, scope: Pick<Scope, 'n' | 'k' | 'noise'>): void {
  const { n, k, noise } = scope;
  if (k >= 2 && k <= n - 1) return;
  const left = noise !== undefined && noise.count > 0 ? ` after noise ${noise.treatment}` : '';
  const remedy =
    k < 2
      ? 'give at least two different labels'
      : 'at least one cluster needs two members: merge or drop clusters of one row';
  if (n < 3) {
    throw new UndefinedMetricError(
      k < 2 ? 'too-few-clusters' : 'too-many-clusters',
      `${where}: number of labels is ${k} (n = ${n}${left}), and no number is valid below n = 3; give more rows`,
    );
  }
  throw new UndefinedMetricError(
    k < 2 ? 'too-few-clusters' : 'too-many-clusters',
    `${where}: number of labels is ${k} (n = ${n}${left}), valid values are 2 to n - 1 = ${n - 1} (inclusive); ${remedy}`,
  );
}
