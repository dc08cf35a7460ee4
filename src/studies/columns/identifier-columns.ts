import type { Labels, Points } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore, numberIn, seedOf } from '../../data/options.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { fitMetric, type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { metricInColumns } from '../../distance/metric-in-columns.js';
import { type ColumnScores, inColumns, MATTERS, otherColumns, plainScores, scoresOrReason } from './column-scores.js';
import { hasTwoValues, type IdentifierColumn, identifierCandidates, isOfLabel } from './identifier-candidates.js';
import { requireCoordinates } from './require-coordinates.js';

export type { IdentifierColumn } from './identifier-candidates.js';
export type { IdentifierKind } from './identifier-kind.js';

export interface IdentifierColumnsOptions {
  /** Distance of the scores, by name or as a function; not 'precomputed'. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Rows that are scored at most, an integer >= 50. Default 2000. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw of these rows. Default 0. */
  readonly seed?: number | undefined;
}

export interface IdentifierColumnsResult {
  /** In the order of the columns. */
  readonly columns: readonly IdentifierColumn[];
  /** Scores in all columns; null where no column was found, or where they have no value (see `reason`). */
  readonly before: ColumnScores | null;
  /** The same rows without the columns found. */
  readonly after: ColumnScores | null;
  /**
   * Whether the columns found decide the distances: a score changes by 0.05 or more without them (gets
   * better, where a column is not certain).
   */
  readonly decide: boolean;
  readonly reason?: string;
  /** Given when fewer rows than all were scored, among themselves. */
  readonly sample?: { readonly rows: number; readonly of: number };
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

/** What the inner function works on: columns as given, and some rows as they are compared. */
export interface IdentifierInput {
  readonly raw: Part;
  readonly sample: Part;
  /** As the caller named it: a fitted metric is fitted to the columns that are left. */
  readonly metric: Metric;
  /** Columns that their names show to be identifiers. */
  readonly named?: readonly number[];
}

/** What the inner function finds. */
export type Identifiers = Omit<IdentifierColumnsResult, 'metric' | 'n' | 'd' | 'k' | 'sample'>;

/** Share of errors of a test that is very good, and the level at which none would be too good. */
const GOOD = 0.02;
const LEVEL = 0.05;

function isConstant({ n, d, points }: Part, column: number): boolean {
  for (let i = 1; i < n; i++) if (points[i * d + column] !== points[column]) return false;
  return true;
}

/** The candidates and the columns that are identifiers by their names, in the order of the columns. */
function withNamed(found: readonly IdentifierColumn[], named: readonly number[]): IdentifierColumn[] {
  const certain = found.map((one) => (named.includes(one.column) ? { ...one, certain: true } : one));
  const others = named.filter((column) => !found.some((one) => one.column === column));
  return [...certain, ...others.map((column) => ({ column, kind: 'named', certain: true }) as const)].sort(
    (a, b) => a.column - b.column,
  );
}

/** `identifierColumns` of what has been read. */
export function findIdentifiers({ raw, sample, metric, named = [] }: IdentifierInput): Identifiers {
  const nothing: Identifiers = { columns: [], before: null, after: null, decide: false };
  const found = withNamed(identifierCandidates(raw), named);
  if (found.length === 0) return nothing;
  const effect = (columns: readonly number[]) => {
    const left = otherColumns(raw.d, columns);
    if (left.every((column) => isConstant(raw, column))) return { reason: 'no other column varies' };
    const before = scoresOrReason('identifierColumns', sample, metric);
    const after = scoresOrReason('identifierColumns', inColumns(sample, left), metricInColumns(metric, left));
    if ('reason' in before) return before;
    return 'reason' in after ? after : { before: plainScores(before), after: plainScores(after) };
  };
  const changes = ({ before, after }: { before: ColumnScores; after: ColumnScores }) => [
    after.neighborAgreement - before.neighborAgreement,
    after.silhouette - before.silhouette,
  ];
  // Among other columns of two values, one that agrees with the label in every row may be a very good one.
  const twoValued = otherColumns(raw.d, []).filter((column) => hasTwoValues(raw, column)).length;
  const tooGood = twoValued * (1 - GOOD) ** (raw.n - raw.k) < LEVEL;
  let columns = found.filter(({ kind, certain }) => certain || tooGood || !isOfLabel(kind));
  // What looks like dealt numbers is one only if the clusters are better off without it.
  for (const { column, kind, certain } of columns) {
    if (kind !== 'wide-integers' || certain) continue;
    const alone = effect([column]);
    if ('reason' in alone || changes(alone).every((change) => change < MATTERS)) {
      columns = columns.filter((one) => one.column !== column);
    }
  }
  if (columns.length === 0) return nothing;
  const measured = effect(columns.map(({ column }) => column));
  if ('reason' in measured) return { ...nothing, columns, reason: measured.reason };
  const sure = columns.some((one) => one.certain);
  const decide = changes(measured).some((change) => (sure ? Math.abs(change) : change) >= MATTERS);
  return { columns, ...measured, decide };
}

/**
 * Columns that are no measurements: they number the rows, name them, or copy the label. The study finds row
 * numbers, shuffled numbers without a gap, whole numbers without a repeat where measurements would have repeats,
 * whole numbers that only rise, and functions of the label. `IdentifierKind` describes each kind. The scores with
 * and without these columns tell whether they decide the distances.
 *
 * A column of whole numbers without a repeat is an identifier if measurements of the same density would have at
 * least 10 repeats (Poisson: no repeat then has a probability of e^-10). Real numbers without a repeat are no
 * identifiers, unless their steps are even. The study needs 10 rows. For functions of the label it needs 8 rows
 * beyond the first of each class; where other columns have two values too, it needs so many rows that a column with
 * one error in 50 would have shown one. Row numbers depend on the order of the rows, as they must.
 *
 * Cost O(n d log n), and O(m^2 d) on at most `sampleSize` rows m where a column is found.
 * @param points n x d. @param labels n labels of any type.
 * @throws InputError and ShapeError for bad input.
 *
 * @example
 * import { identifierColumns } from 'clusterlens';
 * const labels = Array.from({ length: 60 }, (_, i) => (i < 30 ? 'calm' : 'harsh'));
 * const points = labels.map((_, i) => [i, Math.sin(7 * i)]); // row number, measurement
 * const { columns } = identifierColumns(points, labels);
 * console.log(columns); // [ { column: 0, kind: 'row-number', certain: true } ]
 */
export function identifierColumns(
  points: Points,
  labels: Labels,
  options?: IdentifierColumnsOptions,
): IdentifierColumnsResult;
export function identifierColumns(dataset: Dataset, options?: IdentifierColumnsOptions): IdentifierColumnsResult;
export function identifierColumns(
  first: Points | Dataset,
  second?: Labels | IdentifierColumnsOptions,
  third?: IdentifierColumnsOptions,
  ...more: []
): IdentifierColumnsResult {
  nothingMore('identifierColumns', more, [first, second, third]);
  const where = 'identifierColumns';
  const { data, options } = admit(where, first, second, third, ['metric', 'sampleSize', 'seed']);
  const resolved = resolveMetric(where, options.metric);
  requireCoordinates(where, resolved);
  requireDomain(where, resolved, data.points, data.d);
  fitMetric(where, resolved, data.points, data.n, data.d);
  const size = numberIn(where, 'sampleSize', options.sampleSize, { min: 50, integer: true }, 2000);
  const rows = sampleRows(data, size, seedOf(where, options.seed));
  const sample = rows.length === data.n ? data : partOf(data, rows);
  const { n, d, k } = data;
  const note = sample === data ? {} : { sample: { rows: rows.length, of: n } };
  const metric = (options.metric as Metric | undefined) ?? 'euclidean';
  return { ...findIdentifiers({ raw: data, sample, metric }), ...note, metric: resolved.name, n, d, k };
}
