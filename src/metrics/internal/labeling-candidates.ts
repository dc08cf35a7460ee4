import { InputError, ShapeError, UndefinedMetricError } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import type { Labels } from '../../core/types.js';
import { type LabelTable, readLabels } from '../../data/labels.js';
import { numbersIn } from '../../data/options.js';
import type { PointTable } from '../../data/points.js';
import { type GapValue, gapOf, logDispersion } from './gap-statistic.js';
import { type ReferenceBox, referenceBox } from './reference-box.js';

/** Deals rows out to k clusters; the same arguments must give the same labels. The rows are its own to change. */
export type Clusterer = (points: number[][], k: number, seed: number) => Labels;

/** One labeling for one number of clusters. */
export interface Candidate {
  /** Clusters asked for; of a labeling that was given, the clusters that it has. */
  readonly k: number;
  readonly labels: LabelTable;
  /** A text says why there is none. */
  readonly gap: GapValue | string;
}

function labelsOf(where: string, n: number, labels: unknown, name: string): LabelTable {
  const read = readLabels(where, labels, name);
  if (read.codes.length === n) return read;
  throw new ShapeError(
    'length-mismatch',
    `${where}: ${name} must have one label per row, got ${n} rows and ${read.codes.length} labels`,
  );
}

function requireDistinct(where: string, ks: readonly number[]): void {
  const twice = ks.find((k, at) => ks.indexOf(k) !== at);
  if (twice === undefined) return;
  throw new InputError('out-of-range', `${where}: each number of clusters must come once, got k = ${twice} twice`);
}

/** Labelings as they were given, by ascending number of clusters. */
export function givenCandidates(where: string, n: number, labelings: readonly unknown[]): Candidate[] {
  if (labelings.length === 0) {
    throw new InputError('empty', `${where}: labelings must not be empty, got 0; give one per number of clusters`);
  }
  const gap = `${where}: the gap needs a clusterer, got labelings: reference sets must be clustered in the same way`;
  const candidates = labelings.map((given, at) => {
    const labels = labelsOf(where, n, given, `labelings[${at}]`);
    return { k: labels.classes.length, labels, gap };
  });
  requireDistinct(
    where,
    candidates.map(({ k }) => k),
  );
  return candidates.sort((a, b) => a.k - b.k);
}

export interface ClusteringRequest {
  /** Numbers of clusters as given; default 1 to 10, or to n - 1. */
  readonly k: unknown;
  readonly seed: number;
  /** Reference sets of the gap statistic; 0 leaves it out. */
  readonly references: number;
  readonly box: ReferenceBox;
}

/** Labelings by a clusterer, by ascending number of clusters, with their gaps. */
export function clusteredCandidates(
  where: string,
  { data, n, d }: PointTable,
  clusterer: Clusterer,
  { k, seed, references, box }: ClusteringRequest,
): Candidate[] {
  if (n < 2) {
    throw new UndefinedMetricError('undefined-metric', `${where}: needs two rows or more to cluster, got n = ${n}`);
  }
  const ks =
    k === undefined
      ? Array.from({ length: Math.min(10, n - 1) }, (_, at) => at + 1)
      : numbersIn(where, 'k', k, { min: 1, max: n - 1, integer: true }).sort((a, b) => a - b);
  if (ks.length === 0) throw new InputError('empty', `${where}: k must list at least one number, got none`);
  requireDistinct(where, ks);
  // Every call gets rows of its own, so that a clusterer that changes them changes nothing else.
  const cluster = (points: Float64Array, count: number, own: number, what: string) => {
    const rows = Array.from({ length: n }, (_, i) => Array.from(points.subarray(i * d, (i + 1) * d)));
    return labelsOf(where, n, clusterer(rows, count, own), `labels for k = ${count}${what}`);
  };
  const labelings = ks.map((count) => cluster(data, count, seed, ''));
  const observed = labelings.map((labels) => logDispersion(data, n, d, labels));
  const expected: number[][] = ks.map(() => []);
  const rng = new Rng(seed);
  const draw = referenceBox(data, n, d, box);
  for (let b = 0; b < references; b++) {
    const reference = draw(rng);
    ks.forEach((count, at) => {
      const labels = cluster(reference, count, rng.uint32(), ` of reference set ${b}`);
      expected[at]!.push(logDispersion(reference, n, d, labels));
    });
  }
  return ks.map((count, at): Candidate => {
    const labels = labelings[at]!;
    if (references === 0) return { k: count, labels, gap: `${where}: the gap needs references, got references = 0` };
    if ([observed[at]!, ...expected[at]!].every(Number.isFinite)) {
      return { k: count, labels, gap: gapOf(observed[at]!, expected[at]!) };
    }
    return { k: count, labels, gap: `${where}: the gap needs scatter within clusters, got none at k = ${count}` };
  });
}
