import { ClusterlensError, UndefinedMetricError } from '../../core/errors.js';
import type { Dataset } from '../../data/dataset.js';
import { readDataset } from '../../data/dataset.js';
import type { PointTable } from '../../data/points.js';
import type { Metric } from '../../distance/metric.js';
import type { Interval } from '../../statistics/stratified-interval.js';
import { calinskiHarabasz } from './calinski-harabasz.js';
import { daviesBouldin } from './davies-bouldin.js';
import { dunn } from './dunn.js';
import type { GapValue } from './gap-statistic.js';
import type { Candidate } from './labeling-candidates.js';
import type { NoiseReport, NoiseTreatment } from './scope.js';
import { silhouette } from './silhouette.js';

export type SelectionIndex = 'silhouette' | 'daviesBouldin' | 'calinskiHarabasz' | 'dunn' | 'gap';

export interface KSelectionRow {
  /** The name of the labeling, or its position in the list; null of a clusterer. */
  readonly name: string | number | null;
  /** Clusters asked for; of a labeling that was given, the clusters that it has. Noise is no cluster. */
  readonly k: number;
  /** Clusters in the labeling: a clusterer may leave some empty. */
  readonly found: number;
  /** Mean width over rows; null: no value here, and `reasons` says why. */
  readonly silhouette: number | null;
  /** Of the silhouette, where rows were sampled. */
  readonly interval: Interval | null;
  readonly daviesBouldin: number | null;
  readonly calinskiHarabasz: number | null;
  readonly dunn: number | null;
  readonly gap: GapValue | null;
  /** How much noise the labeling has, and how it was treated; null where no noise label is named. */
  readonly noise: NoiseReport | null;
  /** Why an index has no value, by its name. */
  readonly reasons: Readonly<Partial<Record<SelectionIndex, string>>>;
}

/** How every row of the table is scored. */
export interface Scoring {
  readonly where: string;
  readonly metric: Metric | undefined;
  readonly precomputed: boolean;
  readonly sampleSize: number;
  readonly seed: number;
  readonly treatment: NoiseTreatment;
}

/** A value, or the reason why there is none: undefined here, or not with this distance (one without symmetry). */
function valueOrReason<T>(index: () => T): T | string {
  try {
    return index();
  } catch (error) {
    if (error instanceof UndefinedMetricError) return error.message;
    if (error instanceof ClusterlensError && error.code === 'not-a-distance') return error.message;
    throw error;
  }
}

function indicesOf(data: Dataset, { gap, noiseCode }: Candidate, scoring: Scoring) {
  const { where, metric, precomputed, sampleSize, seed, treatment } = scoring;
  const noise = noiseCode === -1 ? {} : { noiseLabel: noiseCode, noise: treatment };
  const widths = valueOrReason(() => silhouette(data, { metric, sampleSize, seed, ...noise }));
  /** An index of centroids or of all rows, which know no share to multiply by. */
  const other = (name: string, coordinates: boolean, index: (noise: object) => { readonly score: number }) => {
    if (coordinates && precomputed) return `${where}: ${name} needs the points themselves, got distances`;
    if (noiseCode !== -1 && treatment === 'penalise') {
      return `${where}: ${name} has no penalty for noise; take noise 'exclude' or 'singletons'`;
    }
    return valueOrReason(() => index(noise).score);
  };
  return {
    widths,
    values: {
      silhouette: typeof widths === 'string' ? widths : widths.score,
      daviesBouldin: other('Davies-Bouldin', true, (options) => daviesBouldin(data, options)),
      calinskiHarabasz: other('Calinski-Harabasz', true, (options) => calinskiHarabasz(data, options)),
      dunn:
        sampleSize < data.n
          ? `${where}: Dunn needs all rows, got sampleSize = ${sampleSize} of ${data.n}`
          : other('Dunn', false, (options) => dunn(data, { metric, ...options })),
      gap,
    },
  };
}

/** All indices of one labeling. */
export function selectionRow(table: PointTable, candidate: Candidate, scoring: Scoring): KSelectionRow {
  const { name, k, found, labels, noiseCode, noiseLabel } = candidate;
  const flat = { data: table.data, rows: table.n, columns: table.d };
  const data = readDataset(scoring.where, flat, labels.codes, undefined, 'borrow');
  const { widths, values } = indicesOf(data, candidate, scoring);
  const orNull = <T>(value: T | string): T | null => (typeof value === 'string' ? null : value);
  const count = noiseCode === -1 ? 0 : labels.counts[noiseCode]!;
  return {
    name,
    k,
    found,
    silhouette: orNull(values.silhouette),
    interval: typeof widths === 'string' ? null : (widths.sample?.interval ?? null),
    daviesBouldin: orNull(values.daviesBouldin),
    calinskiHarabasz: orNull(values.calinskiHarabasz),
    dunn: orNull(values.dunn),
    gap: orNull(values.gap),
    noise:
      noiseLabel === undefined
        ? null
        : { label: noiseLabel, treatment: scoring.treatment, count, share: count / table.n },
    reasons: Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string')),
  };
}
