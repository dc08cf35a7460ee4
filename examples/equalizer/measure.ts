import { ClusterlensError, dataset, daviesBouldin, neighborAgreement, significance, silhouette } from 'clusterlens';
import type { Matrix } from './standardize.js';

export const PERMUTATIONS = 100;

/** The indices of one space on one set of rows, or why they have no value there. */
export type Measures =
  | {
      readonly n: number;
      readonly k: number;
      readonly silhouette: number;
      /** Mean and population sd of the silhouette under permuted labels, and how rarely they do as well. */
      readonly chance: { readonly mean: number; readonly sd: number; readonly p: number };
      readonly daviesBouldin: number;
      readonly neighborAgreement: number;
      readonly chanceAgreement: number;
    }
  | { readonly n: number; readonly k: number; readonly reason: string };

/** Measures points under labels; an index without a value becomes a reason, every other error is one. */
export function measure(points: Matrix, labels: readonly string[], seed: number): Measures {
  const data = dataset(points, labels);
  try {
    const chance = significance(data, { permutations: PERMUTATIONS, seed }).silhouette;
    const agreement = neighborAgreement(data);
    return {
      n: data.n,
      k: data.k,
      silhouette: silhouette(data).score,
      chance: { mean: chance.null.mean, sd: chance.null.sd, p: chance.p },
      daviesBouldin: daviesBouldin(data).score,
      neighborAgreement: agreement.score,
      chanceAgreement: agreement.expected,
    };
  } catch (error) {
    if (error instanceof ClusterlensError && error.name === 'UndefinedMetricError') {
      return { n: data.n, k: data.k, reason: error.message };
    }
    throw error;
  }
}
