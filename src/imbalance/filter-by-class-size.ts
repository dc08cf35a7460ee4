import { InputError } from '../core/errors.js';
import type { Label, Labels, ReadLabel } from '../core/types.js';
import { countText, numberText, percentText } from '../core/words.js';
import type { Dataset } from '../data/dataset.js';
import type { LabelTable } from '../data/labels.js';
import { checkOptions, nothingMore, requireNumber } from '../data/options.js';
import { type ClassCount, codesBySize } from './class-count.js';
import { readClasses } from './read-classes.js';

export interface FilterByClassSizeOptions {
  /** Fewest rows of a class that is kept, an integer >= 1. Default: no lower bound. */
  readonly min?: number | undefined;
  /** Most rows of a class that is kept, an integer >= 1. Default: no upper bound. */
  readonly max?: number | undefined;
  /**
   * Keep this many of the largest classes that `min` and `max` leave, an integer >= 1; of classes of
   * one size the first in label order. Default: all of them.
   */
  readonly top?: number | undefined;
}

export interface FilterSummary<L extends Label = Label> {
  readonly classes: number;
  readonly classesKept: number;
  readonly examples: number;
  readonly examplesKept: number;
  /** examplesKept / examples. */
  readonly share: number;
  /** examplesKept / classesKept; null when nothing is kept. */
  readonly meanSize: number | null;
  /** Dropped by `top` alone though a kept class is no larger: label order decided. */
  readonly tied: readonly L[];
  /** The same in one sentence, or two where label order decided. */
  readonly text: string;
}

export interface FilterByClassSizeResult<L extends Label = Label> {
  /** Kept rows, ascending: positions in the input. */
  readonly indices: Int32Array;
  /** Labels of the kept rows. */
  readonly labels: readonly L[];
  /** Kept classes, largest first; shares are of all rows of the input. */
  readonly kept: readonly ClassCount<L>[];
  readonly dropped: readonly ClassCount<L>[];
  readonly summary: FilterSummary<L>;
}

function rule(min: number, max: number, top: number): string {
  const parts: string[] = [];
  if (min > 1) parts.push(`at least ${countText(min, 'example', 'examples')}`);
  if (max < Number.POSITIVE_INFINITY) parts.push(`at most ${countText(max, 'example', 'examples')}`);
  if (top < Number.POSITIVE_INFINITY) parts.push(`the ${top} largest`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** The codes of the classes to keep, largest first, and of those that lost to them by label order. */
function selectClasses(counts: Int32Array, min: number, max: number, top: number) {
  const fitting = codesBySize(counts).filter((c) => counts[c]! >= min && counts[c]! <= max);
  const kept = fitting.slice(0, Math.min(top, fitting.length));
  const smallest = kept.length === 0 ? 0 : counts[kept[kept.length - 1]!]!;
  return { kept, tied: fitting.slice(kept.length).filter((c) => counts[c] === smallest) };
}

/** Rows whose class is among `kept`, ascending. */
export function rowsOf({ codes, classes }: LabelTable, kept: Int32Array): Int32Array {
  const wanted = new Uint8Array(classes.length);
  for (const c of kept) wanted[c] = 1;
  return Int32Array.from(codes.keys()).filter((i) => wanted[codes[i]!] === 1);
}

/**
 * Which rows remain when classes are chosen by their size: by `min`, `max`, and then the `top` largest.
 *
 * Nothing kept is an answer, not an error: the result is then empty and its summary says what sizes
 * there are. Apply `indices` to the points yourself.
 *
 * Cost O(n + k log k).
 *
 * @param labels n labels of any type, or a dataset (a noise label counts as a class).
 * @throws InputError (empty, missing-label, wrong-type, not-finite, unknown-option, out-of-range: a bound
 *   below 1 or not an integer, or min > max).
 *
 * @example
 * import { filterByClassSize } from 'clusterlens';
 * const labels = ['a', 'a', 'a', 'b', 'b', 'c'];
 * const { indices, summary } = filterByClassSize(labels, { min: 2 });
 * console.log(indices); // Int32Array(5) [ 0, 1, 2, 3, 4 ]
 * console.log(summary.text); // Kept 2 of 3 classes (at least 2 examples): 5 of 6 examples (83.3%), 2.5 per class.
 */
export function filterByClassSize<L extends Label>(
  labels: Labels<L> | Dataset<L>,
  options?: FilterByClassSizeOptions,
): FilterByClassSizeResult<ReadLabel<L>>;
export function filterByClassSize(
  labels: Labels | Dataset,
  options?: FilterByClassSizeOptions,
  ...more: []
): FilterByClassSizeResult {
  nothingMore('filterByClassSize', more, [labels, options]);
  const where = 'filterByClassSize';
  const given = checkOptions(where, options, ['min', 'max', 'top']);
  const bound = (name: string, fallback: number) =>
    given[name] === undefined ? fallback : requireNumber(where, name, given[name], { min: 1, integer: true });
  const min = bound('min', 1);
  const max = bound('max', Number.POSITIVE_INFINITY);
  const top = bound('top', Number.POSITIVE_INFINITY);
  if (min > max) {
    throw new InputError('out-of-range', `${where}: min must not exceed max, got min = ${min} and max = ${max}`);
  }
  const table = readClasses(where, labels);
  const { codes, classes, counts } = table;
  const n = codes.length;
  const selected = selectClasses(counts, min, max, top);
  const indices = rowsOf(table, selected.kept);
  const named = (c: number): ClassCount => ({ label: classes[c]!, count: counts[c]!, share: counts[c]! / n });
  const isKept = new Set(selected.kept);
  const order = codesBySize(counts);
  const kept = Array.from(selected.kept, named);
  const tied = Array.from(selected.tied, (c) => classes[c]!);
  const meanSize = kept.length === 0 ? null : indices.length / kept.length;
  const outcome =
    meanSize === null
      ? `class sizes run from ${counts[order[order.length - 1]!]} to ${counts[order[0]!]}.`
      : `${numberText(indices.length)} of ${countText(n, 'example')} (${percentText(indices.length / n)}), ` +
        `${numberText(meanSize)} per class.`;
  const ties =
    tied.length === 0
      ? ''
      : ` ${countText(tied.length, 'more class has', 'more classes have')} ${counts[selected.tied[0]!]} too; label order decided.`;
  return {
    indices,
    labels: Array.from(indices, (i) => classes[codes[i]!]!),
    kept,
    dropped: Array.from(order).flatMap((c) => (isKept.has(c) ? [] : [named(c)])),
    summary: {
      classes: counts.length,
      classesKept: kept.length,
      examples: n,
      examplesKept: indices.length,
      share: indices.length / n,
      meanSize,
      tied,
      text: `Kept ${kept.length} of ${countText(counts.length, 'class', 'classes')}${rule(min, max, top)}: ${outcome}${ties}`,
    },
  };
}
