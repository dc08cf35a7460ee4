import { InputError, show } from '../../core/errors.js';
import type { ClassPositiveCounts } from '../../core/training-record.js';
import type { Label } from '../../core/types.js';
import { readLabel } from '../../data/labels.js';
import { requireNumber } from '../../data/options.js';
import { type Batches, pairAgreement } from './pair-agreement.js';
import type { ObservedPositives } from './pair-audit-types.js';

/** Checks counts by class as a training record holds them. */
export function readPositiveCounts(where: string, name: string, value: unknown): ClassPositiveCounts[] {
  if (!Array.isArray(value)) {
    throw new InputError(
      'wrong-type',
      `${where}: ${name} must be an array of counts by class as in record.positives, got ${show(value)}`,
    );
  }
  return Array.from(value, (loose: unknown, c) => {
    if (typeof loose !== 'object' || loose === null) {
      throw new InputError(
        'wrong-type',
        `${where}: ${name}[${c}] must be { label, anchors, withPositive, positives }, got ${show(loose)}`,
      );
    }
    const given = loose as Record<string, unknown>;
    const whole = (key: string, max = Number.MAX_SAFE_INTEGER) =>
      requireNumber(where, `${name}[${c}].${key}`, given[key], { min: 0, max, integer: true });
    const anchors = whole('anchors');
    return {
      label: readLabel(where, given.label, `${name}[${c}]`),
      anchors,
      withPositive: whole('withPositive', anchors),
      positives: whole('positives'),
    };
  });
}

/**
 * Counts in the order of `classes`. Text stands for the number that it spells where no two labels
 * share a spelling: a file of labels has numbers where the program that trained had text.
 */
function inOrderOf(classes: readonly Label[], observed: readonly ClassPositiveCounts[]) {
  const spelling = (labels: readonly Label[]) => new Set(labels.map(String)).size === labels.length;
  const loose = spelling(classes) && spelling(observed.map(({ label }) => label));
  const key = (label: Label) => (loose ? String(label) : label);
  const byLabel = new Map(observed.map((of) => [key(of.label), of]));
  return byLabel.size === observed.length && observed.length === classes.length
    ? classes.map((label) => byLabel.get(key(label)))
    : [];
}

/** How a sampler treats the classes, as far as counts can be compared with it. */
export interface SampledClasses {
  readonly classes: readonly Label[];
  /** Class sizes, and the most rows of each class in an epoch. */
  readonly counts: Int32Array;
  readonly most: readonly number[];
  /** Rows in the batches of an epoch. */
  readonly rows: number;
  /** Shuffled batches, or the positives of every anchor where their number is fixed. */
  readonly draws: readonly Batches[] | number;
}

interface Observed {
  readonly overall: ObservedPositives & { readonly epochs: number };
  /** In the order of the classes. */
  readonly classes: readonly ObservedPositives[];
}

/** What was counted beside what the sampler should give, or why the counts cannot be of these labels. */
export function compareObserved(
  { classes, counts, most, rows, draws }: SampledClasses,
  observed: readonly ClassPositiveCounts[],
): Observed | { readonly reason: string } {
  const found = inOrderOf(classes, observed);
  const missing = classes.findIndex((_, c) => found[c] === undefined);
  if (missing !== -1) return { reason: `no counts, or more than one, of the class ${show(classes[missing])}` };
  const own = found as readonly ClassPositiveCounts[];
  const total = (of: readonly ClassPositiveCounts[], key: 'anchors' | 'withPositive' | 'positives') =>
    of.reduce((sum, one) => sum + one[key], 0);
  const epochs = total(own, 'anchors') / rows;
  if (!Number.isInteger(epochs) || epochs === 0) {
    return { reason: `${total(own, 'anchors')} anchors, where an epoch of these labels and batches has ${rows}` };
  }
  const over = own.findIndex(({ anchors }, c) => anchors > epochs * most[c]!);
  if (over !== -1) {
    const { label, anchors } = own[over]!;
    return { reason: `${anchors} anchors of the class ${show(label)}, which has ${most[over]} rows in an epoch` };
  }
  const n = counts.reduce((sum, size) => sum + size, 0);
  const probability = (sizes: ArrayLike<number>, of: readonly ClassPositiveCounts[]) => {
    const positives = total(of, 'positives');
    if (typeof draws === 'number') return positives === draws * total(of, 'anchors') ? 1 : 0;
    return pairAgreement(sizes, { n, kinds: draws, epochs }, positives / 2);
  };
  const summary = (sizes: ArrayLike<number>, of: readonly ClassPositiveCounts[]): ObservedPositives => {
    const anchors = total(of, 'anchors');
    return {
      anchors,
      withPositive: anchors === 0 ? null : total(of, 'withPositive') / anchors,
      positives: anchors === 0 ? null : total(of, 'positives') / anchors,
      p: probability(sizes, of),
    };
  };
  return {
    overall: { ...summary(counts, own), epochs },
    classes: own.map((of, c) => summary([counts[c]!], [of])),
  };
}
