import { ClusterlensError, type Diagnosis, dataset, daviesBouldin, significance, silhouette } from 'clusterlens';
import type { Matrix } from './standardize.js';

/** The indices of one space on one set of rows; null where an index has no value, `reasons` says why. */
export interface Measures {
  readonly n: number;
  readonly k: number;
  readonly silhouette: number | null;
  /** Mean and population sd of the silhouette under permuted labels, and how rarely they do as well. */
  readonly chance: { readonly mean: number; readonly sd: number; readonly p: number } | null;
  readonly daviesBouldin: number | null;
  /** Share of rows whose nearest neighbour has the same label. */
  readonly neighborAgreement: number | null;
  readonly reasons: readonly string[];
  /** Given where a diagnosis drew a sample of the rows. */
  readonly sample?: { readonly rows: number; readonly of: number };
}

/** The indices of a space as the diagnosis computed them. */
export function diagnosedMeasures(
  { metrics }: Diagnosis,
  at: { space: string; rows: 'training' | 'held-out'; labels: readonly string[] },
): Measures {
  const of = (name: string) =>
    metrics.find(({ metric, space, rows }) => metric === name && space === at.space && rows === at.rows)!;
  const [widths, ratio, agreement] = [of('silhouette'), of('daviesBouldin'), of('neighborAgreement')];
  const reasons = [widths, ratio, agreement].flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  return {
    n: at.labels.length,
    k: new Set(at.labels).size,
    silhouette: widths.score,
    chance: widths.chance === null || widths.p === null ? null : { ...widths.chance, p: widths.p },
    daviesBouldin: ratio.score,
    neighborAgreement: agreement.score,
    reasons: [...new Set(reasons)],
    ...(widths.sample === undefined ? {} : { sample: widths.sample }),
  };
}

/** The indices of points under labels; an index without a value becomes a reason, every other error is one. */
export function measure(
  points: Matrix,
  labels: readonly string[],
  options: { permutations: number; seed: number },
): Measures {
  const data = dataset(points, labels);
  const { n, k } = data;
  try {
    const { silhouette: chance, neighborAgreement } = significance(data, options);
    const index = daviesBouldin(data).score;
    return {
      n,
      k,
      silhouette: silhouette(data).score,
      chance: { mean: chance.null.mean, sd: chance.null.sd, p: chance.p },
      daviesBouldin: Number.isFinite(index) ? index : null,
      neighborAgreement: neighborAgreement.observed,
      reasons: Number.isFinite(index) ? [] : ['two classes have the same centroid: Davies-Bouldin is Infinity'],
    };
  } catch (error) {
    if (!(error instanceof ClusterlensError && error.name === 'UndefinedMetricError')) throw error;
    return {
      n,
      k,
      silhouette: null,
      chance: null,
      daviesBouldin: null,
      neighborAgreement: null,
      reasons: [error.message],
    };
  }
}
