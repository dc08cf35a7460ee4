import { fields, list, positive, requireShape } from '../core/shape-check.js';
import type { Label, Labels, ReadLabel } from '../core/types.js';
import type { Dataset } from '../data/dataset.js';
import type { LabelTable } from '../data/labels.js';
import { checkOptions, nothingMore, oneOf, requireNumber } from '../data/options.js';
import { median } from '../statistics/median.js';
import { type ClassCount, classCounts } from './class-count.js';
import { diversityOf } from './diversity.js';
import { gini } from './gini.js';
import { BALANCE_DISTANCES, type BalanceDistance, imbalanceDegree } from './imbalance-degree.js';
import { lrid } from './lrid.js';
import { readClasses } from './read-classes.js';

export interface ClassBalanceOptions {
  /** How the imbalance degree measures the distance from balance. Default 'totalVariation'. */
  readonly distance?: BalanceDistance | undefined;
}

/** The classes with fewer than `threshold` rows. */
export interface SmallClasses {
  readonly threshold: number;
  readonly classes: number;
  /** Share of the classes. */
  readonly share: number;
  /** Rows in them. */
  readonly examples: number;
}

export interface ClassBalance<L extends Label = Label> {
  /** Rows. */
  readonly n: number;
  /** Classes. */
  readonly k: number;
  /** Largest first; classes of one size in label order. */
  readonly classes: readonly ClassCount<L>[];
  /** Median of the class sizes; the mean of the middle two when k is even. */
  readonly median: number;
  /** n / k. */
  readonly mean: number;
  /** Classes with one row. */
  readonly singletons: number;
  /** Classes with fewer than 2, 5 and 10 rows. */
  readonly smallClasses: readonly SmallClasses[];
  /**
   * The number of classes with fewer than `threshold` rows. Not an enumerable property, so that the
   * result stays plain data for JSON and structured cloning; on a result that came back from there
   * use `classesBelow(balance, threshold)`.
   */
  readonly below: (threshold: number) => number;
  /** Largest over smallest class size, >= 1; 1 when balanced. */
  readonly imbalanceRatio: number;
  /** Entropy of the class shares in nats, 0 to ln k; higher is more balanced. */
  readonly entropy: number;
  /** Entropy over ln k, 0 to 1; 1 when balanced, and for a single class. */
  readonly evenness: number;
  /** exp(entropy), 1 to k: how many classes of equal size have this entropy. */
  readonly effectiveClasses: number;
  /** Gini coefficient of the class sizes, 0 to 1 - 1/k; 0 when balanced. */
  readonly gini: number;
  /** Imbalance degree, 0 (balanced) to k - 1; its whole part tells the number of minority classes. */
  readonly imbalanceDegree: number;
  /** The distance that the imbalance degree was measured with. */
  readonly imbalanceDegreeDistance: BalanceDistance;
  /** Likelihood-ratio imbalance degree, -2 sum of n_c ln(n / (k n_c)), >= 0; 0 when balanced. */
  readonly lrid: number;
}

const SMALL = [2, 5, 10] as const;
const SIZES = /* @__PURE__ */ fields({ classes: list(fields({ count: positive }), 1) });

function smallerThan(classes: readonly ClassCount[], threshold: number): SmallClasses {
  const small = classes.filter(({ count }) => count < threshold);
  const examples = small.reduce((sum, { count }) => sum + count, 0);
  return { threshold, classes: small.length, share: small.length / classes.length, examples };
}

/**
 * The number of classes with fewer than `threshold` rows, for any threshold, from a `classBalance`
 * result, also one that has been through JSON.
 *
 * @throws InputError wrong-type, not-finite, out-of-range.
 *
 * @example
 * import { classBalance, classesBelow } from 'clusterlens';
 * const balance = classBalance(['a', 'a', 'a', 'a', 'b', 'c']);
 * console.log(classesBelow(balance, 4)); // 2
 */
export function classesBelow(balance: Pick<ClassBalance, 'classes'>, threshold: number, ...more: []): number {
  nothingMore('classesBelow', more, [balance, threshold]);
  const where = 'classesBelow';
  requireShape(where, 'what classBalance returns', SIZES, balance);
  return smallerThan(balance.classes, requireNumber(where, 'threshold', threshold, { min: 0 })).classes;
}

/** `classBalance` of labels that have been read. */
export function balanceOf(table: LabelTable, distance: BalanceDistance): ClassBalance {
  const n = table.codes.length;
  const classes = classCounts(table);
  const sizes = classes.map(({ count }) => count);
  const k = sizes.length;
  const largest = sizes[0]!;
  const smallest = sizes[k - 1]!;
  const balance: Omit<ClassBalance, 'below'> = {
    n,
    k,
    classes,
    median: median(sizes),
    mean: n / k,
    singletons: sizes.filter((size) => size === 1).length,
    smallClasses: SMALL.map((threshold) => smallerThan(classes, threshold)),
    imbalanceRatio: largest / smallest,
    ...diversityOf(sizes, n),
    gini: gini(sizes, n),
    imbalanceDegree: imbalanceDegree(sizes, n, distance),
    imbalanceDegreeDistance: distance,
    lrid: lrid(sizes, n),
  };
  const below = (threshold: number) => classesBelow(balance, threshold);
  return Object.defineProperty(balance, 'below', { value: below }) as ClassBalance;
}

/**
 * How evenly rows are spread over classes: sizes, small classes, and the usual measures of imbalance.
 *
 * A single class has nothing to be unbalanced against: imbalance ratio 1, entropy 0, evenness 1,
 * effective classes 1, Gini, imbalance degree and LRID 0. No field is ever NaN.
 *
 * Cost O(n + k log k). Sources: imbalance degree: Ortigosa-Hernandez, Inza and Lozano 2017,
 * doi:10.1016/j.patrec.2017.08.002; LRID: Zhu et al. 2018, doi:10.1016/j.patrec.2018.09.012;
 * effective number: Hill 1973, doi:10.2307/1934352; evenness: Pielou 1966,
 * doi:10.1016/0022-5193(66)90013-0.
 *
 * @param labels n labels of any type, or a dataset (a noise label counts as a class).
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-name, unknown-option).
 *
 * @example
 * import { classBalance } from 'clusterlens';
 * const balance = classBalance(['a', 'a', 'a', 'a', 'b', 'c']);
 * console.log(balance.imbalanceRatio, balance.singletons, balance.effectiveClasses.toFixed(2)); // 4 2 2.38
 * console.log(balance.classes[0]); // { label: 'a', count: 4, share: 0.6666666666666666 }
 */
export function classBalance<L extends Label>(
  labels: Labels<L> | Dataset<L>,
  options?: ClassBalanceOptions,
): ClassBalance<ReadLabel<L>>;
export function classBalance(labels: Labels | Dataset, options?: ClassBalanceOptions, ...more: []): ClassBalance {
  nothingMore('classBalance', more, [labels, options]);
  const where = 'classBalance';
  const { distance } = checkOptions(where, options, ['distance']);
  const measured = oneOf(where, 'distance', distance, BALANCE_DISTANCES, 'totalVariation');
  return balanceOf(readClasses(where, labels), measured);
}
