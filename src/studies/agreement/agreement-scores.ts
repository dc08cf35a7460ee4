import { Rng } from '../../core/rng.js';
import { adjustedInformation } from '../../metrics/external/adjusted-mutual-information.js';
import { adjustedRandOfPairs } from '../../metrics/external/adjusted-rand-index.js';
import type { Contingency } from '../../metrics/external/contingency.js';
import { expectedInformation } from '../../metrics/external/expected-information.js';
import { fowlkesMallowsOfPairs } from '../../metrics/external/fowlkes-mallows.js';
import { information } from '../../metrics/external/information.js';
import { bestMatching, matchedRows } from '../../metrics/external/matched-rows.js';
import { pairCounts } from '../../metrics/external/pair-counts.js';
import { vMeasureOf } from '../../metrics/external/v-measure.js';
import { compareWithNull, type NullComparison } from '../../statistics/permutation-null.js';
import type { AgreementIndex } from './agreement-types.js';

/** All indices of tables with these sizes of classes. */
function scorer({ truthCounts, predictedCounts, n }: Contingency) {
  const expected = expectedInformation(truthCounts, predictedCounts, n);
  return (table: Contingency): Record<AgreementIndex, number> => {
    const pairs = pairCounts(table);
    const found = information(table);
    return {
      adjustedRandIndex: adjustedRandOfPairs(pairs),
      adjustedMutualInformation: adjustedInformation(table, found, expected, 'arithmetic'),
      vMeasure: vMeasureOf(found, 1).vMeasure,
      fowlkesMallows: fowlkesMallowsOfPairs(pairs),
      matchingAccuracy: matchedRows(table, bestMatching(table)) / n,
    };
  };
}

/** The table of a first labeling whose equal labels stand together with a second one in whatever order. */
export function tableOfBlocks(
  truthCounts: Int32Array,
  predicted: Int32Array,
  predictedCounts: Int32Array,
): Contingency {
  const n = predicted.length;
  const cells: { truth: number[]; predicted: number[]; counts: number[] } = { truth: [], predicted: [], counts: [] };
  const inBlock = new Int32Array(predictedCounts.length);
  let end = 0;
  truthCounts.forEach((size, truth) => {
    const met: number[] = [];
    for (const start = end; end < start + size; end++) {
      const code = predicted[end]!;
      if (inBlock[code]!++ === 0) met.push(code);
    }
    for (const code of met.sort((x, y) => x - y)) {
      cells.truth.push(truth);
      cells.predicted.push(code);
      cells.counts.push(inBlock[code]!);
      inBlock[code] = 0;
    }
  });
  return {
    n,
    truthCounts,
    predictedCounts,
    cellTruth: Int32Array.from(cells.truth),
    cellPredicted: Int32Array.from(cells.predicted),
    cellCounts: Int32Array.from(cells.counts),
  };
}

export interface NullSettings {
  readonly permutations: number;
  readonly seed: number;
  readonly onPermutation: (done: number, total: number) => void;
}

/**
 * The indices of a table beside those of tables that permuted labels give. These depend on the sizes of the classes
 * only, so blocks of equal labels are permuted, and the order of the rows plays no part.
 */
export function agreementScores(
  table: Contingency,
  { permutations, seed, onPermutation }: NullSettings,
): Record<AgreementIndex, NullComparison> {
  const { n, truthCounts, predictedCounts } = table;
  const scores = scorer(table);
  const observed = scores(table);
  const names = Object.keys(observed) as AgreementIndex[];
  const chance = new Map(names.map((name) => [name, new Float64Array(permutations)]));
  const predicted = new Int32Array(n);
  let at = 0;
  predictedCounts.forEach((size, code) => {
    predicted.fill(code, at, at + size);
    at += size;
  });
  const rng = new Rng(seed);
  for (let b = 0; b < permutations; b++) {
    onPermutation(b, permutations);
    const dealt = scores(tableOfBlocks(truthCounts, rng.shuffle(predicted), predictedCounts));
    for (const name of names) chance.get(name)![b] = dealt[name];
  }
  return Object.fromEntries(
    names.map((name) => [name, compareWithNull(observed[name], chance.get(name)!, 'higher')]),
  ) as Record<AgreementIndex, NullComparison>;
}
