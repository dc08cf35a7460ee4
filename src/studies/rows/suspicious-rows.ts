import { definedOr } from '../../core/attempt.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import type { Part } from '../../data/row-sample.js';
import { meansBySource } from '../../distance/mean-distances.js';
import { silhouetteWidth } from '../../kernels/cluster-means.js';
import { clusterWeights } from '../../kernels/cluster-order.js';
import { conflictingCopies, representatives } from './conflicting-copies.js';
import { labelNoiseOf, type MislabelledRow } from './label-noise.js';
import { type FarRow, outliersOf, SHARE } from './outliers.js';
import { type RowsOptions, type RowsToStudy, readRows } from './read-rows.js';

export type SuspicionReason = 'copy-with-another-label' | 'label-noise' | 'outlier' | 'border';

/** A row to look up, and why. */
export interface SuspiciousRow<L extends Label = Label> {
  /** Row of the input, counted from 0. */
  readonly row: number;
  readonly label: L;
  /** The label of its copies, of its neighbours, or of the nearest other class; null where there is none. */
  readonly nearer: L | null;
  /** Silhouette width, in [-1, 1]; null where it was not computed. */
  readonly width: number | null;
  readonly reason: SuspicionReason;
  /** By which rows are ranked, in [0, 1]; see `suspiciousRows`. */
  readonly weight: number;
}

export interface SuspiciousRows<L extends Label = Label> {
  /** The most suspicious first; each row once, with the reason of the largest weight. */
  readonly rows: readonly SuspiciousRow<L>[];
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

const REASONS: readonly SuspicionReason[] = ['copy-with-another-label', 'label-noise', 'outlier', 'border'];
/** Distance of a row that is just far, in medians of its class. */
const JUST_FAR = 5;

/** Silhouette width of a row, and the class that is nearest beside its own. */
export interface Width {
  readonly width: number;
  readonly nearer: Label | null;
}

/** Silhouette widths with the nearest other class, by row of the input; none without two classes. */
export function widthsOf(where: string, { part, metric, rowOf, source }: RowsToStudy) {
  const found = new Map<number, Width>();
  if (part.k < 2 || part.k >= part.n) return found;
  const rows = Int32Array.from(part.labels.keys());
  const { own, nearest, neighbor } =
    source === undefined
      ? metric.means(where, { ...part, rows }, {}).compute()
      : meansBySource(source, { labels: part.labels, total: clusterWeights(part) }, rows);
  for (let i = 0; i < part.n; i++) {
    const alone = part.counts[part.labels[i]!]! < 2;
    const width = alone ? 0 : silhouetteWidth(own[i]!, nearest[i]!);
    found.set(rowOf(i), { width, nearer: part.classes[neighbor[i]!] ?? null });
  }
  return found;
}

/** Rows with the same values as others and another label. */
export function conflictsOf(part: Part, standsFor: Int32Array, rowOf: (i: number) => number) {
  const named = (i: number) => part.classes[part.labels[i]!]!;
  return Array.from(conflictingCopies(part.labels, standsFor), (i) => ({
    row: rowOf(i),
    label: named(i),
    nearer: named(standsFor[i]!),
  }));
}

/** What was found of rows, put together. `labelAt` is the label of a row of the input. */
export function rankRows(found: {
  readonly conflicts: ReadonlyArray<{ readonly row: number; readonly label: Label; readonly nearer: Label }>;
  readonly noise: readonly MislabelledRow[];
  readonly far: readonly FarRow[];
  readonly widths: ReadonlyMap<number, Width>;
  readonly labelAt: (row: number) => Label;
}): SuspiciousRow[] {
  const { conflicts, noise, far, widths, labelAt } = found;
  const listed = new Map<number, SuspiciousRow>();
  const add = (row: number, label: Label, nearer: Label | null, reason: SuspicionReason, weight: number) => {
    const before = listed.get(row);
    if (before !== undefined && before.weight >= weight) return;
    listed.set(row, { row, label, nearer, width: widths.get(row)?.width ?? null, reason, weight });
  };
  for (const { row, label, nearer } of conflicts) add(row, label, nearer, 'copy-with-another-label', 1);
  for (const { row, label, nearer, agreement } of noise) add(row, label, nearer, 'label-noise', agreement);
  for (const { row, label, distance } of far) {
    add(row, label, widths.get(row)?.nearer ?? null, 'outlier', 1 - JUST_FAR / Math.max(JUST_FAR, distance));
  }
  for (const [row, { width, nearer }] of widths) {
    if (width < 0) add(row, labelAt(row), nearer, 'border', -width / 2);
  }
  return [...listed.values()].sort(
    (a, b) => b.weight - a.weight || REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) || a.row - b.row,
  );
}

const orNone = <T>(compute: () => readonly T[]): readonly T[] => definedOr(compute, () => []);

/**
 * The rows to look up, the most suspicious first. Each has one reason and a weight in [0, 1]:
 * - 'copy-with-another-label': it equals other rows, and most of these have another label (weight 1);
 * - 'label-noise': its neighbours agree with each other and not with its label (weight: the share that agrees, see
 *   `labelNoise`);
 * - 'outlier': it lies far from its class (weight 1 - 5 / distance, see `outliers`);
 * - 'border': on average it is nearer to another class than to its own (weight: half of -width of the silhouette).
 * A row on the list need not be wrong. Where classes overlap, many rows are on the border.
 *
 * Cost O(n^2 d) time, O(n d) memory.
 * @throws InputError and ShapeError for bad input.
 *
 * @example
 * import { suspiciousRows } from 'clusterlens';
 * const points = [[0], [1], [2], [2], [9], [10], [11], [0.5]];
 * const { rows } = suspiciousRows(points, ['a', 'a', 'a', 'b', 'b', 'b', 'b', 'b']);
 * console.log(rows.map(({ row, label, nearer, reason }) => `${row}: ${label}, ${nearer}, ${reason}`)); // [ '3: b, a, copy-with-another-label', '7: b, a, border' ]
 */
export function suspiciousRows<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: RowsOptions,
): SuspiciousRows<ReadLabel<L>>;
export function suspiciousRows<L extends Label>(dataset: Dataset<L>, options?: RowsOptions): SuspiciousRows<L>;
export function suspiciousRows(
  first: Points | Dataset,
  second?: Labels | RowsOptions,
  third?: RowsOptions,
  ...more: []
): SuspiciousRows {
  const where = 'suspiciousRows';
  nothingMore(where, more, [first, second, third]);
  const { study, asGiven } = readRows(where, [first, second, third]);
  const { part, metric, rowOf } = study;
  const square = metric.kind === 'precomputed';
  const labelOf = new Map(Array.from(part.labels, (c, i) => [rowOf(i), part.classes[c]!]));
  const rows = rankRows({
    conflicts: square ? [] : conflictsOf(part, representatives(asGiven.part), rowOf),
    noise: orNone(() => labelNoiseOf(where, study).rows),
    far: orNone(() => outliersOf(where, asGiven, { share: SHARE, sampleSize: part.n, seed: 0 }).rows),
    widths: widthsOf(where, study),
    labelAt: (row) => labelOf.get(row)!,
  });
  return { rows, metric: metric.name, n: part.n, d: part.d, k: part.k };
}
