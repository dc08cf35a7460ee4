import { beyondChance } from '../../statistics/beyond-chance.js';
import { meanAndSd } from '../../statistics/mean.js';
import { compareWithNull } from '../../statistics/permutation-null.js';
import type { GroupingScore, HeldOutScore } from './hierarchy-types.js';
import type { Scores, Setup } from './score-folds.js';

function overFolds(values: Float64Array, folds: number, groups: number, position: number): number[] {
  return Array.from({ length: folds }, (_, f) => values[f * groups + position]!);
}

/** The scores of each number of groups beside those of chance, and the support of each on every fold. */
export function summariseScores(scores: Scores, setup: Setup) {
  const { folds, groups } = setup;
  const held = (
    all: readonly Float64Array[],
    position: number,
  ): HeldOutScore & { perFold: number[]; nulls: number[] } => {
    const perFold = overFolds(all[0]!, folds, groups.length, position);
    const nulls = all.slice(1).map((values) => meanAndSd(overFolds(values, folds, groups.length, position)).mean);
    const { mean, sd } = meanAndSd(perFold);
    const { null: dealt, p } = compareWithNull(mean, nulls, 'higher');
    const chance = { mean: dealt.mean, sd: dealt.sd };
    return { mean, sd, chance, adjusted: beyondChance(mean, chance.mean), p, perFold, nulls };
  };
  const rows = groups.map((count, position) => {
    const silhouette = held(scores.silhouette, position);
    const accuracy = held(scores.accuracy, position);
    const support = (s: number, a: number) =>
      (beyondChance(s, silhouette.chance.mean) + beyondChance(a, accuracy.chance.mean)) / 2;
    return {
      groups: count,
      silhouette,
      accuracy,
      support: support(silhouette.mean, accuracy.mean),
      perFold: silhouette.perFold.map((s, f) => support(s, accuracy.perFold[f]!)),
      nulls: silhouette.nulls.map((s, p) => support(s, accuracy.nulls[p]!)),
    };
  });
  // Maximum over the numbers of groups of the support in units of its own null: one p for each
  // that holds for the choice among all (Westfall and Young 1993).
  const scale = rows.map(({ nulls }) => meanAndSd(nulls).sd || Number.MIN_VALUE);
  const largest = rows[0]!.nulls.map((_, p) => Math.max(...rows.map(({ nulls }, g) => nulls[p]! / scale[g]!)));
  const publicScores = rows.map(({ groups: count, silhouette, accuracy, support, perFold }, g): GroupingScore => {
    const plain = ({ mean, sd, chance, adjusted, p }: HeldOutScore): HeldOutScore => ({
      mean,
      sd,
      chance,
      adjusted,
      p,
    });
    return {
      groups: count,
      silhouette: plain(silhouette),
      balancedAccuracy: plain(accuracy),
      support,
      supportSd: meanAndSd(perFold).sd,
      p: compareWithNull(support / scale[g]!, largest, 'higher').p,
    };
  });
  return { publicScores, perFold: rows.map((row) => row.perFold) };
}
