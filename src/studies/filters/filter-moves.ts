import { meanOf } from '../../statistics/mean.js';
import { type Interval, intervalAround } from '../../statistics/stratified-interval.js';
import type { FilteredSilhouettes } from './filtered-silhouettes.js';

/** What one filter does to the silhouette; the chance level is null without permutations. */
export interface FilterMove {
  readonly threshold: number;
  readonly score: number;
  readonly chance: number | null;
  /** total = droppedClasses + betterRest; see `filterGain`. */
  readonly gain: {
    readonly total: number;
    readonly droppedClasses: number;
    readonly betterRest: number;
    readonly chance: number | null;
    readonly beyondChance: number | null;
  };
  /** Gain beyond chance in standard deviations of the gains under permuted labels, and those gains so too. */
  readonly z: number;
  readonly zNull: readonly number[];
  /** Given when not all rows were scored: 95% intervals of the values over all rows. */
  readonly intervals?: { readonly score: Interval; readonly total: Interval };
}

/** What each filter does, the one that drops nothing first. */
export function filterMoves({ thresholds, kept, amongAll, sample }: FilteredSilhouettes): FilterMove[] {
  const observed = kept[0]!;
  const nulls = kept.slice(1);
  const average = (values: readonly number[]) => (values.length === 0 ? null : meanOf(values));
  return thresholds.map((threshold, t): FilterMove => {
    const gains = nulls.map((values) => values[t]! - values[0]!);
    const chance = average(gains);
    const centre = chance ?? 0;
    const sd = Math.sqrt(average(gains.map((v) => (v - centre) ** 2)) ?? 0) || Number.MIN_VALUE;
    const score = observed[t]!;
    const total = score - observed[0]!;
    return {
      threshold,
      score,
      chance: average(nulls.map((values) => values[t]!)),
      gain: {
        total,
        droppedClasses: amongAll[t]! - observed[0]!,
        betterRest: score - amongAll[t]!,
        chance,
        beyondChance: chance === null ? null : total - chance,
      },
      z: (total - centre) / sd,
      zNull: gains.map((v) => (v - centre) / sd),
      ...(sample === undefined
        ? {}
        : {
            intervals: {
              score: intervalAround(score, sample.score[t]!, [-1, 1]),
              total: intervalAround(total, sample.gain[t]!, [-2, 2]),
            },
          }),
    };
  });
}
