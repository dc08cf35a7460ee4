import { InputError, ShapeError, UndefinedMetricError } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import type { Label } from '../../core/types.js';
import { type LabelTable, readLabels } from '../../data/labels.js';
import { codeOfLabel } from '../../data/named-label.js';
import { numbersIn } from '../../data/options.js';
import type { PointTable } from '../../data/points.js';
import { type GapValue, gapOf, logDispersion } from './gap-statistic.js';
import { type Labeling, labelsIn, listLabelings } from './read-labelings.js';
import { type ReferenceBox, referenceBox } from './reference-box.js';

/**
 * Assigns rows to k clusters. The same arguments must give the same labels. The rows are copies, which it
 * may change.
 */
export type Clusterer = (points: number[][], k: number, seed: number) => Labeling;

/** One labeling, and how many clusters it has. */
export interface Candidate {
  /** Its name or its position in the list; null of a clusterer. */
  readonly name: string | number | null;
  /** Clusters asked for; of a labeling that was given, the clusters that it has. */
  readonly k: number;
  /** Clusters that it has, noise not counted. */
  readonly found: number;
  readonly labels: LabelTable;
  /** The label that marks noise, and its code in `labels`; -1 where no row has it. */
  readonly noiseLabel: Label | undefined;
  readonly noiseCode: number;
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

/** What a labeling has beside its noise. */
function withNoise(where: string, labels: LabelTable, noiseLabel: Label | undefined) {
  const noiseCode = codeOfLabel(where, 'noiseLabel', noiseLabel, labels.classes);
  return { labels, noiseLabel, noiseCode, found: labels.classes.length - (noiseCode === -1 ? 0 : 1) };
}

function requireDistinct(where: string, ks: readonly number[]): void {
  const twice = ks.find((k, at) => ks.indexOf(k) !== at);
  if (twice === undefined) return;
  throw new InputError('out-of-range', `${where}: each number of clusters must come once, got k = ${twice} twice`);
}

/** Labelings as they were given, by ascending number of clusters; those of one number as they came. */
export function givenCandidates(where: string, n: number, labelings: unknown, noiseLabel?: Label): Candidate[] {
  const gap = `${where}: the gap needs a clusterer, got labelings: reference sets must be clustered in the same way`;
  return listLabelings(where, labelings)
    .map(({ name, place, labels }) => {
      const read = withNoise(where, labelsOf(where, n, labels, place), noiseLabel);
      return { name, k: read.found, ...read, gap };
    })
    .sort((a, b) => a.k - b.k);
}

export interface ClusteringRequest {
  /** Numbers of clusters as given; default 1 to 10, or to n - 1. */
  readonly k: unknown;
  readonly seed: number;
  /** Reference sets of the gap statistic; 0 leaves it out, and a text says why there can be none. */
  readonly references: number | string;
  readonly noiseLabel: Label | undefined;
  readonly box: ReferenceBox;
}

/** Labelings by a clusterer, by ascending number of clusters, with their gaps. */
export function clusteredCandidates(
  where: string,
  { data, n, d }: PointTable,
  clusterer: Clusterer,
  { k, seed, references, noiseLabel, box }: ClusteringRequest,
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
    return labelsOf(where, n, labelsIn(clusterer(rows, count, own)), `labels for k = ${count}${what}`);
  };
  const labelings = ks.map((count) => cluster(data, count, seed, ''));
  const unclustered = (labels: LabelTable) => {
    const { noiseCode } = withNoise(where, labels, noiseLabel);
    return noiseCode === -1 ? 0 : labels.counts[noiseCode]!;
  };
  const observed = labelings.map((labels) => logDispersion(data, n, d, labels));
  const expected: number[][] = ks.map(() => []);
  const leftOut = labelings.map(unclustered);
  const sets = typeof references === 'string' ? 0 : references;
  const rng = new Rng(seed);
  const draw = sets === 0 ? undefined : referenceBox(data, n, d, box);
  for (let b = 0; b < sets; b++) {
    const reference = draw!(rng);
    ks.forEach((count, at) => {
      const labels = cluster(reference, count, rng.uint32(), ` of reference set ${b}`);
      expected[at]!.push(logDispersion(reference, n, d, labels));
      leftOut[at]! += unclustered(labels);
    });
  }
  const gapAt = (count: number, at: number): GapValue | string => {
    if (typeof references === 'string') return references;
    if (references === 0) return `${where}: the gap needs references, got references = 0`;
    if (leftOut[at]! > 0) return `${where}: the gap needs every row in a cluster, got noise at k = ${count}`;
    if ([observed[at]!, ...expected[at]!].every(Number.isFinite)) return gapOf(observed[at]!, expected[at]!);
    return `${where}: the gap needs scatter within clusters, got none at k = ${count}`;
  };
  return ks.map((count, at): Candidate => {
    return { name: null, k: count, ...withNoise(where, labelings[at]!, noiseLabel), gap: gapAt(count, at) };
  });
}
