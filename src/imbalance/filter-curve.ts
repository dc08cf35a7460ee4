import { InputError } from '../core/errors.js';
import type { Labels } from '../core/types.js';
import type { Dataset } from '../data/dataset.js';
import type { LabelTable } from '../data/labels.js';
import { checkOptions, nothingMore, numbersIn } from '../data/options.js';
import { balanceOf, type ClassBalance } from './class-balance.js';
import { readClasses } from './read-classes.js';

export interface FilterCurveOptions {
  /** Fewest rows of a class that is kept, integers >= 1. Default 1, 2, 3, 5, 8, 10, 15, 20. */
  readonly thresholds?: ArrayLike<number> | undefined;
}

/** What is left when classes with fewer than `threshold` rows are dropped. */
export interface FilterStep {
  readonly threshold: number;
  /** Classes kept. */
  readonly classes: number;
  /** Rows kept. */
  readonly examples: number;
  readonly classShare: number;
  readonly exampleShare: number;
  /** Balance of what is kept; null when nothing is. */
  readonly balance: ClassBalance | null;
}

const THRESHOLDS: readonly number[] = [1, 2, 3, 5, 8, 10, 15, 20];

export function readThresholds(where: string, value: unknown): number[] {
  if (value === undefined) return [...THRESHOLDS];
  const given = numbersIn(where, 'thresholds', value, { min: 1, integer: true });
  if (given.length === 0) {
    throw new InputError('empty', `${where}: thresholds must not be empty, got 0; leave them out for the default`);
  }
  return given;
}

/** The part of a label table that classes of at least `threshold` rows hold; null when none does. */
function keepAtLeast({ codes, classes, counts }: LabelTable, threshold: number): LabelTable | null {
  const renumbered = new Int32Array(counts.length).fill(-1);
  const kept = Int32Array.from(counts.keys()).filter((c) => counts[c]! >= threshold);
  if (kept.length === 0) return null;
  kept.forEach((c, position) => {
    renumbered[c] = position;
  });
  return {
    codes: codes.map((c) => renumbered[c]!).filter((c) => c >= 0),
    classes: Array.from(kept, (c) => classes[c]!),
    counts: kept.map((c) => counts[c]!),
  };
}

/** One step per threshold, of labels that have been read. */
export function filterSteps(table: LabelTable, thresholds: readonly number[]): FilterStep[] {
  return thresholds.map((threshold) => {
    const kept = keepAtLeast(table, threshold);
    const classes = kept?.classes.length ?? 0;
    const examples = kept?.codes.length ?? 0;
    return {
      threshold,
      classes,
      examples,
      classShare: classes / table.classes.length,
      exampleShare: examples / table.codes.length,
      balance: kept === null ? null : balanceOf(kept, 'totalVariation'),
    };
  });
}

/**
 * What each smallest class size would cost and bring: classes and rows kept, and the balance of what
 * remains, one step per threshold in the order given. For what it does to an index see
 * `filterSensitivity`.
 *
 * Cost O(n + k log k) per threshold.
 *
 * @param labels n labels of any type, or a dataset (a noise label counts as a class).
 * @throws InputError (empty, missing-label, wrong-type, not-finite, out-of-range, unknown-option).
 *
 * @example
 * import { filterCurve } from 'clusterlens';
 * const labels = ['a', 'a', 'a', 'b', 'b', 'c'];
 * for (const step of filterCurve(labels, { thresholds: [1, 2, 3] })) {
 *   if (step.threshold === 2) console.log(step.classes, step.examples, step.exampleShare.toFixed(2)); // 2 5 0.83
 * }
 */
export function filterCurve(labels: Labels | Dataset, options?: FilterCurveOptions, ...more: []): FilterStep[] {
  nothingMore('filterCurve', more, [labels, options]);
  const where = 'filterCurve';
  const thresholds = readThresholds(where, checkOptions(where, options, ['thresholds']).thresholds);
  return filterSteps(readClasses(where, labels), thresholds);
}
