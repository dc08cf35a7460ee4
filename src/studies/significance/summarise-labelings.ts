import type { Label } from '../../core/types.js';
import { beyondChance } from '../../statistics/beyond-chance.js';
import { benjaminiHochberg } from '../../statistics/false-discovery.js';
import { pairChance } from '../../statistics/pair-chance.js';
import { compareWithNull, type NullComparison } from '../../statistics/permutation-null.js';
import { sampledShareInterval } from '../../statistics/sampled-share.js';
import { intervalAround, stratifiedError } from '../../statistics/stratified-interval.js';
import type { LabelingSums } from './labeling-sums.js';
import type { ScoreBesideChance, SignificanceResult } from './significance-types.js';

/** Sums over scored rows, and how many rows of each cluster were scored, the same under every labeling. */
export interface ScoredSums {
  readonly sums: LabelingSums;
  readonly taken: ArrayLike<number>;
}

function beside(comparison: NullComparison, mean = comparison.null.mean): ScoreBesideChance {
  return {
    ...comparison,
    null: { ...comparison.null, mean },
    adjusted: beyondChance(comparison.observed, mean),
  };
}

/**
 * The scores of the observed labels, the first labeling of `observed`, beside those of the dealt ones. A
 * cluster counts with its size, however many of its rows were scored; where not all were, the scores have
 * the interval of the sample.
 */
export function summariseLabelings(
  { n, counts, classes }: { readonly n: number; readonly counts: Int32Array; readonly classes: readonly Label[] },
  observed: ScoredSums,
  dealt: ScoredSums,
): Pick<SignificanceResult, 'silhouette' | 'macroSilhouette' | 'neighborAgreement' | 'clusters'> {
  const k = counts.length;
  const scores = ({ sums, taken }: ScoredSums) => {
    const labelings = sums.widths.length / k;
    const micro = new Float64Array(labelings);
    const macro = new Float64Array(labelings);
    const agreement = new Float64Array(labelings);
    const perCluster = classes.map(() => new Float64Array(labelings));
    for (let p = 0; p < labelings; p++) {
      for (let c = 0; c < k; c++) {
        const stands = counts[c]! / taken[c]!;
        const sum = sums.widths[p * k + c]! * stands;
        micro[p]! += sum / n;
        macro[p]! += sum / counts[c]! / k;
        perCluster[c]![p] = sum / counts[c]!;
        agreement[p]! += sums.agreements[p * k + c]! * stands;
      }
      agreement[p]! /= n;
    }
    return { micro, macro, agreement, perCluster };
  };
  const own = scores(observed);
  const chance = scores(dealt);
  const against = (value: number, values: Float64Array) => compareWithNull(value, values, 'higher');
  const clusters = classes.map((label, c) => ({
    label,
    size: counts[c]!,
    ...against(own.perCluster[c]![0]!, chance.perCluster[c]!),
  }));
  // A cluster of one row scores 0 under every labeling: there is nothing to test.
  const tested = Array.from(counts.keys()).filter((c) => counts[c]! > 1);
  const q = new Array<number>(k).fill(1);
  benjaminiHochberg(tested.map((c) => clusters[c]!.p)).forEach((value, t) => {
    q[tested[t]!] = value;
  });
  const silhouette = beside(against(own.micro[0]!, chance.micro));
  const macroSilhouette = beside(against(own.macro[0]!, chance.macro));
  const same = pairChance(counts, n);
  const neighborAgreement = beside(against(own.agreement[0]!, chance.agreement), same);
  const found = { clusters: clusters.map((cluster, c) => ({ ...cluster, q: q[c]! })) };
  const { sums, taken } = observed;
  if (counts.every((count, c) => count === taken[c])) {
    return { silhouette, macroSilhouette, neighborAgreement, ...found };
  }
  const strata = Array.from(counts, (total, c) => ({
    total,
    taken: taken[c]!,
    squares: Math.max(0, sums.squares[c]! - sums.widths[c]! ** 2 / taken[c]!),
  }));
  const agreeing = strata.map(({ total, taken: drawn }, c) => ({ total, taken: drawn, sum: sums.agreements[c]! }));
  return {
    silhouette: { ...silhouette, interval: intervalAround(silhouette.observed, stratifiedError(strata), [-1, 1]) },
    macroSilhouette: {
      ...macroSilhouette,
      interval: intervalAround(
        macroSilhouette.observed,
        stratifiedError(strata, new Float64Array(k).fill(1 / k)),
        [-1, 1],
      ),
    },
    neighborAgreement: { ...neighborAgreement, interval: sampledShareInterval(agreeing) },
    ...found,
  };
}
