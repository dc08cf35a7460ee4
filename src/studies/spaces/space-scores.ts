import { attempt } from '../../core/attempt.js';
import { Rng } from '../../core/rng.js';
import { isPrecomputed } from '../../data/condensed.js';
import { datasetOf } from '../../data/dataset.js';
import type { Part } from '../../data/row-sample.js';
import { fitMetric, type Metric, resolveMetric } from '../../distance/metric.js';
import { daviesBouldin } from '../../metrics/internal/davies-bouldin.js';
import { dealLabels } from '../../statistics/deal-labels.js';
import { compareWithNull } from '../../statistics/permutation-null.js';
import { rowOrder } from '../../statistics/row-order.js';
import { scoredSignificance } from '../significance/scored-significance.js';
import type { SignificanceResult } from '../significance/significance-types.js';
import type { SpaceScore, SpaceScores } from './space-types.js';

const NONE = { chance: null, adjusted: null, p: null };

/** With fewer permutations no p reaches the usual level, so none is given. */
const FEWEST = 39;
/** Permuting labels for Davies-Bouldin costs k^2 d each time; this many multiplications are spent on it. */
const EFFORT = 3e8;

function daviesBouldinScore(part: Part, permutations: number, seed: number): SpaceScore {
  const data = datasetOf(part);
  const found = attempt(() => daviesBouldin(data).score);
  if (typeof found !== 'number') return { score: null, reason: found.reason, ...NONE };
  if (!Number.isFinite(found))
    return { score: null, reason: 'two classes have the same centroid: the score is Infinity', ...NONE };
  const { n, d, k } = part;
  const affordable = Math.floor(EFFORT / (k * k * d + 4 * n * d));
  const times = Math.min(permutations, Math.max(9, affordable));
  const rng = new Rng(seed);
  const values: number[] = [];
  const order = rowOrder(part);
  const dealt = part.labels.slice();
  for (let t = 0; t < times; t++) {
    const value = daviesBouldin(datasetOf({ ...part, labels: dealLabels(dealt, order, rng) })).score;
    if (Number.isFinite(value)) values.push(value);
  }
  if (values.length === 0) return { score: found, ...NONE };
  const { null: chance, p } = compareWithNull(found, Float64Array.from(values), 'lower');
  return {
    score: found,
    chance: { mean: chance.mean, sd: chance.sd },
    adjusted: null,
    p: values.length < FEWEST ? null : p,
  };
}

const where = 'significance';

/** What significance says of a space, where it is already known. */
export type KnownScores = SignificanceResult | { readonly reason: string };

/** Silhouette, Davies-Bouldin and neighbour agreement of one space, each beside its null. */
export function spaceScores(
  whole: Part,
  setup: { readonly metric: Metric; readonly permutations: number; readonly seed: number; readonly sampleSize: number },
  known?: KnownScores,
): SpaceScores {
  const { permutations, seed, sampleSize } = setup;
  const square = isPrecomputed(setup.metric);
  // Parts are measured as the whole is.
  const metric = fitMetric(where, resolveMetric(where, setup.metric), whole.points, whole.n, whole.d).spec;
  const found =
    known ?? attempt(() => scoredSignificance(where, whole, { metric, permutations, seed, most: sampleSize }));
  const score = (name: 'silhouette' | 'neighborAgreement'): SpaceScore => {
    if ('reason' in found) return { score: null, reason: found.reason, ...NONE };
    const { observed, null: chance, p, adjusted, interval } = found[name];
    const around = interval === undefined ? {} : { interval };
    return { score: observed, chance: { mean: chance.mean, sd: chance.sd }, adjusted, p, ...around };
  };
  return {
    silhouette: score('silhouette'),
    daviesBouldin: square
      ? { score: null, reason: 'Davies-Bouldin needs coordinates, got distances', ...NONE }
      : daviesBouldinScore(whole, permutations, seed),
    neighborAgreement: score('neighborAgreement'),
    n: whole.n,
    d: whole.d,
    ...('reason' in found || found.sample === undefined ? {} : { sample: found.sample }),
  };
}
