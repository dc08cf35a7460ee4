import { InputError, ShapeError, show } from '../../core/errors.js';
import type { Label, Labels, ReadLabel } from '../../core/types.js';
import { type LabelTable, readLabels } from '../../data/labels.js';
import { checkOptions, nothingMore, numberIn, seedOf } from '../../data/options.js';
import { contingency, samePartition } from '../../metrics/external/contingency.js';
import { information } from '../../metrics/external/information.js';
import { bestMatching } from '../../metrics/external/matched-rows.js';
import { vMeasureOf } from '../../metrics/external/v-measure.js';
import { agreementScores, type NullSettings } from './agreement-scores.js';
import type { LabelComparison } from './agreement-types.js';
import { labelDifferences } from './label-differences.js';
import { sayComparison } from './say-comparison.js';

export interface CompareLabelsOptions {
  /** What the two labelings are called in the sentence. Default 'first' and 'second'. */
  readonly names?: readonly [string, string] | undefined;
  /** Permutations of the labels, 19 (the fewest with which p can be 0.05) to 100,000. Default 200. */
  readonly permutations?: number | undefined;
  /** Level at which they agree more than by chance, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

const OPTIONS = ['names', 'permutations', 'alpha', 'seed'];

function namesOf(where: string, value: unknown): readonly [string, string] {
  if (value === undefined) return ['first', 'second'];
  const two = Array.isArray(value) && value.length === 2 && value.every((name) => typeof name === 'string');
  if (two) return value as unknown as [string, string];
  throw new InputError('wrong-type', `${where}: names must be two names, as ['leiden', 'k-means'], got ${show(value)}`);
}

export interface ComparisonSettings extends NullSettings {
  readonly names: readonly [string, string];
  readonly alpha: number;
}

/** The study on labels of the same rows that have passed the door. */
export function comparisonOf(first: LabelTable, second: LabelTable, settings: ComparisonSettings): LabelComparison {
  const { names, alpha, permutations, seed } = settings;
  const n = first.codes.length;
  const table = contingency(first.codes, first.counts, second.codes, second.counts);
  const clusterOf = bestMatching(table);
  const scores = agreementScores(table, settings);
  const { homogeneity, completeness } = vMeasureOf(information(table), 1);
  const sizes = ({ classes, counts }: LabelTable) => classes.map((label, code) => ({ label, rows: counts[code]! }));
  const differences = labelDifferences(table, clusterOf).map(({ kind, rows, ...codes }) => ({
    kind,
    first: codes.first.map((code) => first.classes[code]!),
    second: codes.second.map((code) => second.classes[code]!),
    rows,
  }));
  const trivial = [first, second].some(({ counts }) => counts.length === 1 || counts.length === n);
  const found = {
    verdict: trivial
      ? ('trivial' as const)
      : samePartition(table)
        ? ('same' as const)
        : scores.adjustedRandIndex.p > alpha
          ? ('chance' as const)
          : ('alike' as const),
    scores,
    homogeneity,
    completeness,
    first: sizes(first),
    second: sizes(second),
    table: Array.from(table.cellCounts, (rows, p) => ({
      first: first.classes[table.cellTruth[p]!]!,
      second: second.classes[table.cellPredicted[p]!]!,
      rows,
      matched: clusterOf[table.cellTruth[p]!] === table.cellPredicted[p],
    })).sort((x, y) => y.rows - x.rows),
    differences,
    moved: Int32Array.from(first.codes.keys()).filter((i) => clusterOf[first.codes[i]!] !== second.codes[i]),
    names,
    alpha,
    permutations,
    seed,
    n,
  };
  return { sentence: sayComparison(found), ...found };
}

/**
 * Two labelings of the same rows beside each other: how far they agree, beside what random labels of the same sizes
 * would give, and what differs. The names of the classes play no part: classes are matched one to one so that as many
 * rows as possible agree (the assignment problem; see `matchingAccuracy`), and `moved` are the rows outside that
 * matching. `differences` says why they are: a class that is split, classes that are joined, rows that lie elsewhere.
 *
 * The adjusted Rand index and the adjusted mutual information have mean 0 under random labels, the V-measure, the
 * Fowlkes-Mallows index and the matching accuracy have not, so each stands beside its mean over permutations of the
 * labels, which keep the sizes of the classes. p is (1 + permutations at least as good) / (1 + permutations).
 *
 * Cost: permutations times O(n) and a matching.
 *
 * @param first n labels of any type.
 * @param second n labels of the same rows.
 * @throws InputError (empty, missing-label, wrong-type, not-finite, out-of-range, unknown-option); ShapeError when
 *   lengths differ.
 *
 * @example
 * import { compareLabels } from 'clusterlens';
 * const species = [...'aaaaaabbbbbbcccccc'];
 * const clusters = [1, 1, 1, 1, 4, 4, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3];
 * const { sentence, moved } = compareLabels(species, clusters, { names: ['species', 'cluster'] });
 * console.log(sentence);
 * // The two divisions agree in 83.3% of rows (by chance 45.3%; adjusted Rand 0.69); what differs: species 'a' is split into cluster '1' and '4' (2 rows); 1 row of species 'b' is in cluster '3'.
 * console.log(moved.join(' ')); // 4 5 11
 */
export function compareLabels<A extends Label, B extends Label>(
  first: Labels<A>,
  second: Labels<B>,
  options?: CompareLabelsOptions,
): LabelComparison<ReadLabel<A>, ReadLabel<B>>;
export function compareLabels(
  first: Labels,
  second: Labels,
  given?: CompareLabelsOptions,
  ...more: []
): LabelComparison {
  const where = 'compareLabels';
  nothingMore(where, more, [first, second, given]);
  const options = checkOptions(where, given, OPTIONS);
  const a = readLabels(where, first, 'first');
  const b = readLabels(where, second, 'second');
  if (a.codes.length !== b.codes.length) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: first and second must label the same rows, got ${a.codes.length} and ${b.codes.length} labels`,
    );
  }
  return comparisonOf(a, b, {
    names: namesOf(where, options.names),
    permutations: numberIn(where, 'permutations', options.permutations, { min: 19, max: 100_000, integer: true }, 200),
    alpha: numberIn(where, 'alpha', options.alpha, { min: 1e-4, max: 0.5 }, 0.05),
    seed: seedOf(where, options.seed),
    onPermutation: () => {},
  });
}
