import { InputError } from '../../core/errors.js';
import type { ClassPositiveCounts } from '../../core/training-record.js';
import type { Label, Labels, ReadLabel } from '../../core/types.js';
import { type Dataset, isDataset } from '../../data/dataset.js';
import { readLabels } from '../../data/labels.js';
import { booleanOf, checkOptions, nothingMore, numberIn, oneOf, requireNumber } from '../../data/options.js';
import { compareObserved, readPositiveCounts } from './observed-positives.js';
import type { Batches } from './pair-agreement.js';
import type { ClassPositives, PositivePairAudit } from './pair-audit-types.js';

export interface PositivePairAuditOptions {
  /** How batches are made: all rows in random order, or P classes with K rows each. Default 'shuffled'. */
  readonly sampler?: 'shuffled' | 'balanced' | undefined;
  /** Rows per batch of the shuffled sampler, >= 2. Default 16. */
  readonly batchSize?: number | undefined;
  /** Whether the shuffled sampler leaves out a smaller last batch. Default false. */
  readonly dropLast?: boolean | undefined;
  /** P: classes per batch of the balanced sampler. */
  readonly classes?: number | undefined;
  /** K: rows per class in a batch of the balanced sampler. */
  readonly samples?: number | undefined;
  /** What was counted in training, `record.positives`, to be shown beside the expectation and tested against it. */
  readonly observed?: readonly ClassPositiveCounts[] | null | undefined;
}

type Expected = Omit<ClassPositives, 'observed'>;

const WHERE = 'positivePairAudit';

/** Probability that none of `draws` other rows, out of n - 1, is one of the m - 1 others of the class. */
function withoutPositive(n: number, m: number, draws: number): number {
  // C(n - m, draws) / C(n - 1, draws), factor by factor: each lies in [0, 1].
  let product = 1;
  for (let j = 0; j < draws && product > 0; j++) product *= Math.max(0, n - m - j) / (n - 1 - j);
  return product;
}

/**
 * Probability that a batch of `size` rows, drawn without replacement, has no two of one class: the
 * elementary symmetric polynomial of the class sizes over C(n, size), carried along as a ratio so
 * that it neither overflows nor loses digits. Cost O(k size).
 */
function allDifferent(counts: Int32Array, n: number, size: number): number {
  if (size > counts.length) return 0;
  const ratio = new Float64Array(size + 1);
  ratio[0] = 1;
  for (const count of counts) {
    for (let j = size; j >= 1; j--) ratio[j]! += (ratio[j - 1]! * count * j) / (n - j + 1);
  }
  return Math.min(1, ratio[size]!);
}

function shuffled(counts: Int32Array, classes: readonly Label[], n: number, batchSize: number, dropLast: boolean) {
  const size = Math.min(batchSize, n);
  const full = Math.floor(n / size);
  const last = dropLast ? 0 : n - full * size;
  const kinds: Batches[] = [{ size, count: full }, ...(last > 0 ? [{ size: last, count: 1 }] : [])];
  const rows = kinds.reduce((sum, kind) => sum + kind.size * kind.count, 0);
  const batches = kinds.reduce((sum, kind) => sum + kind.count, 0);
  // Every row is equally likely to stand at each place of an epoch.
  const over = (value: (kind: Batches) => number) =>
    kinds.reduce((sum, kind) => sum + (value(kind) * kind.size * kind.count) / rows, 0);
  const perClass = classes.map((label, c): Expected => {
    const m = counts[c]!;
    return {
      label,
      size: m,
      withPositive: n < 2 ? 0 : over((kind) => 1 - withoutPositive(n, m, kind.size - 1)),
      expectedPositives: n < 2 ? 0 : over((kind) => ((kind.size - 1) * (m - 1)) / (n - 1)),
    };
  });
  const empty = kinds.reduce((sum, kind) => sum + allDifferent(counts, n, kind.size) * kind.count, 0) / batches;
  return { perClass, rows, batches, size, empty, leftOut: 0, weights: counts, most: [...counts], draws: kinds };
}

/** The largest number of batches of `perBatch` groups, no class twice in one, that the groups can fill. */
function fullBatches(groups: Int32Array, perBatch: number): number {
  let low = 0;
  let high = Math.floor(groups.reduce((sum, g) => sum + g, 0) / perBatch);
  while (low < high) {
    const tried = Math.ceil((low + high) / 2);
    const usable = groups.reduce((sum, g) => sum + Math.min(g, tried), 0);
    if (usable >= tried * perBatch) low = tried;
    else high = tried - 1;
  }
  return low;
}

function balanced(where: string, counts: Int32Array, classes: readonly Label[], perBatch: number, samples: number) {
  const groups = counts.map((count) => Math.floor(count / samples));
  const eligible = groups.filter((g) => g > 0).length;
  if (eligible < perBatch) {
    throw new InputError(
      'out-of-range',
      `${where}: needs at least classes = ${perBatch} classes with samples = ${samples} rows or more, ` +
        `got ${eligible} of ${classes.length}; lower classes or samples, or merge small classes`,
    );
  }
  const batches = fullBatches(groups, perBatch);
  const perClass = classes.map((label, c): Expected => {
    const drawn = groups[c]! > 0;
    return {
      label,
      size: counts[c]!,
      withPositive: drawn && samples > 1 ? 1 : 0,
      expectedPositives: drawn ? samples - 1 : 0,
    };
  });
  return {
    perClass,
    rows: batches * perBatch * samples,
    batches,
    size: perBatch * samples,
    empty: samples > 1 ? 0 : 1,
    leftOut: classes.length - eligible,
    // Only rows of classes that are drawn are anchors, and all of these have the same numbers.
    weights: groups,
    most: Array.from(groups, (drawn) => drawn * samples),
    draws: samples - 1,
  };
}

/**
 * What a contrastive loss finds in its batches: how often an anchor has a positive (another row of
 * its class) and how many, overall and per class, in closed form.
 *
 * For shuffled batches of B rows without replacement an anchor of a class with m of n rows has a
 * positive with probability 1 - C(n - m, B - 1) / C(n - 1, B - 1) and expects (B - 1)(m - 1)/(n - 1)
 * of them; a smaller last batch counts with its share. A balanced batch (P classes, K rows each)
 * gives each of its anchors K - 1. The share of batches without any valid anchor is exact too.
 *
 * With the counts of a training record as `observed` each class also has what was counted and a p of
 * agreement: small where batches or labels were not those that this sampler and these labels give.
 *
 * Cost O(n + k B).
 *
 * @returns plain JSON. Range of `withPositive` 0 to 1; a supervised contrastive loss learns nothing
 *   from an anchor without a positive.
 * @throws InputError for bad labels and options; out-of-range when fewer than P classes have K rows, and
 *   when the counts cannot be of these labels and batches: other classes, or no whole number of epochs.
 *
 * @example
 * import { positivePairAudit } from 'clusterlens';
 * const labels = Array.from({ length: 100 }, (_, i) => i % 50); // 50 classes of two rows
 * const shuffled = positivePairAudit(labels, { batchSize: 16 });
 * const balanced = positivePairAudit(labels, { sampler: 'balanced', classes: 8, samples: 2 });
 * console.log(shuffled.withPositive.toFixed(2), balanced.withPositive.toFixed(2)); // 0.15 1.00
 */
export function positivePairAudit<L extends Label>(
  labels: Labels<L>,
  options?: PositivePairAuditOptions,
): PositivePairAudit<ReadLabel<L>>;
export function positivePairAudit(labels: Labels, options?: PositivePairAuditOptions, ...more: []): PositivePairAudit {
  nothingMore('positivePairAudit', more, [labels, options]);
  const audit = auditOrReason(labels, options);
  if (!('reason' in audit)) return audit;
  throw new InputError(
    'out-of-range',
    `${WHERE}: observed must be counted with these labels and this sampler, got ${audit.reason}`,
  );
}

/** As `positivePairAudit`; when the counts cannot be of these labels and this sampler, why. */
export function auditOrReason(
  labels: Labels | Dataset,
  options?: PositivePairAuditOptions,
): PositivePairAudit | { readonly reason: string } {
  const where = WHERE;
  const given = checkOptions(where, options, ['sampler', 'batchSize', 'dropLast', 'classes', 'samples', 'observed']);
  const sampler = oneOf(where, 'sampler', given.sampler, ['shuffled', 'balanced'] as const, 'shuffled');
  const table = isDataset(labels) ? { ...labels, codes: labels.labels } : readLabels(where, labels);
  const { counts, classes } = table;
  const n = table.codes.length;
  const batchSize = numberIn(where, 'batchSize', given.batchSize, { min: 2, max: 1_000_000, integer: true }, 16);
  const dropLast = booleanOf(where, 'dropLast', given.dropLast, false);
  if (sampler === 'shuffled' && dropLast && batchSize > n) {
    throw new InputError(
      'out-of-range',
      `${where}: dropLast needs at least one full batch, got ${n} rows and batchSize ${batchSize}; lower batchSize`,
    );
  }
  const observed = given.observed == null ? null : readPositiveCounts(where, 'observed', given.observed);
  const positive = { min: 1, integer: true };
  const audit =
    sampler === 'shuffled'
      ? shuffled(counts, classes, n, batchSize, dropLast)
      : balanced(
          where,
          counts,
          classes,
          requireNumber(where, 'classes', given.classes, positive),
          requireNumber(where, 'samples', given.samples, positive),
        );
  const { perClass, rows, batches, size, empty, leftOut, weights, most, draws } = audit;
  const plan = { classes, counts, most, rows, draws };
  const compared = observed === null ? null : compareObserved(plan, observed);
  if (compared !== null && 'reason' in compared) return compared;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const overall = (value: (of: Expected) => number) =>
    perClass.reduce((sum, of, c) => sum + (value(of) * weights[c]!) / total, 0);
  const withPositive = Math.min(
    1,
    overall((of) => of.withPositive),
  );
  return {
    sampler,
    batchSize: size,
    batchesPerEpoch: batches,
    rowsPerEpoch: rows,
    withPositive,
    expectedPositives: overall((of) => of.expectedPositives),
    validAnchorsPerBatch: (withPositive * rows) / batches,
    emptyBatches: { share: empty, method: 'exact', batches },
    classes: perClass.map((of, c) => ({ ...of, observed: compared?.classes[c] ?? null })),
    neverPositive: perClass.filter((of) => of.withPositive === 0).length,
    leftOut,
    observed: compared?.overall ?? null,
    n,
    k: classes.length,
  };
}
