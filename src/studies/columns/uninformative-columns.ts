import type { Labels, Points } from '../../core/types.js';
import { admit, type Dataset } from '../../data/dataset.js';
import { nothingMore, numberIn, seedOf } from '../../data/options.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { fitMetric, type Metric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { metricInColumns } from '../../distance/metric-in-columns.js';
import { meanOf } from '../../statistics/mean.js';
import { meanTail } from '../../statistics/paired-tail.js';
import { stratifiedFolds } from '../../statistics/stratified-folds.js';
import { betweenClasses } from './between-classes.js';
import {
  type ColumnScores,
  inColumns,
  MATTERS,
  otherColumns,
  type RowScores,
  scoresOrReason,
} from './column-scores.js';
import { requireCoordinates } from './require-coordinates.js';

export interface UninformativeColumnsOptions {
  /** Distance of the scores, by name or as a function; not 'precomputed'. Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Level of the tests, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows that are used at most, an integer >= 50. Default 2000. */
  readonly sampleSize?: number | undefined;
  /** Seed of the halves, and of the draw of rows. Default 0. */
  readonly seed?: number | undefined;
}

/** A mean change over held-out rows. */
export interface HeldOutChange {
  readonly mean: number;
  /** Standard error over rows. */
  readonly error: number;
  /** One-sided p of a change for the better. */
  readonly p: number;
}

export interface UninformativeColumnsResult {
  /** Columns in which the classes differ no more than by chance, counted from 0: candidates, whatever the verdict. */
  readonly columns: readonly number[];
  /**
   * 'harmful': the clusters are clearly better without them, and among themselves they tell nothing.
   * 'joint': by themselves they tell nothing, together they do. 'harmless': the scores are the same without them.
   * 'none': there are none. 'undecided': it could not be judged (see `reason`).
   */
  readonly verdict: 'harmful' | 'joint' | 'harmless' | 'none' | 'undecided';
  readonly reason?: string;
  /** Scores of the held-out rows in all columns, without the candidates, and the agreement in the candidates alone. */
  readonly before: ColumnScores | null;
  readonly after: ColumnScores | null;
  readonly alone: {
    readonly neighborAgreement: number;
    /** Its value by chance. */
    readonly expected: number;
    /** One-sided p of an agreement above chance. */
    readonly p: number;
  } | null;
  readonly silhouette: HeldOutChange | null;
  readonly neighborAgreement: HeldOutChange | null;
  readonly alpha: number;
  readonly seed: number;
  /** Given when fewer rows than all were used, among themselves. */
  readonly sample?: { readonly rows: number; readonly of: number };
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

export interface UninformativeSettings {
  readonly metric: Metric;
  readonly alpha: number;
  readonly seed: number;
  /** Columns that are judged elsewhere: neither candidates nor part of the distances. */
  readonly ignored?: readonly number[];
}

/** What the inner function finds. */
export type Uninformative = Pick<
  UninformativeColumnsResult,
  'columns' | 'verdict' | 'reason' | 'before' | 'after' | 'alone' | 'silhouette' | 'neighborAgreement'
>;

/** Level of a single column: what may differ between classes stays. */
const DIFFERS = 0.05;
/** Fewest rows of a half. */
const FEWEST = 20;
/** Multiplications that the distances of one half may cost. */
const EFFORT = 3e8;
/** Loss of agreement that is none. */
const SLACK = 0.01;

const NOTHING = { before: null, after: null, alone: null, silhouette: null, neighborAgreement: null } as const;

function changeOf(after: readonly number[], before: readonly number[]): HeldOutChange {
  const n = after.length;
  const changes = after.map((value, i) => value - before[i]!);
  const mean = meanOf(changes);
  const squares = changes.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (n - 1) / n);
  return { mean, error, p: meanTail(mean, error, n) };
}

/** Rows of all halves one after the other. */
interface Judged {
  readonly before: { readonly widths: number[]; readonly agreements: number[] };
  readonly after: { readonly widths: number[]; readonly agreements: number[] };
  readonly alone: number[];
  readonly expected: number[];
}

function judgeHalf(half: Part, all: readonly number[], chosen: readonly number[], metric: Metric, into: Judged) {
  const where = 'uninformativeColumns';
  const rest = all.filter((column) => !chosen.includes(column));
  const before = scoresOrReason(where, inColumns(half, all), metricInColumns(metric, all));
  if ('reason' in before) return before.reason;
  const push = ({ widths, agreements }: RowScores, to: Judged['before']) => {
    to.widths.push(...widths);
    to.agreements.push(...agreements);
  };
  // Where a half has no candidates, or nothing else, its rows count as unchanged.
  const after =
    chosen.length === 0 || rest.length === 0
      ? before
      : scoresOrReason(where, inColumns(half, rest), metricInColumns(metric, rest));
  if ('reason' in after) return after.reason;
  push(before, into.before);
  push(after, into.after);
  if (chosen.length === 0) return undefined;
  const alone = scoresOrReason(where, inColumns(half, chosen), metricInColumns(metric, chosen));
  if ('reason' in alone) return alone.reason;
  const { n, labels, counts } = half;
  for (let i = 0; i < n; i++) {
    into.alone.push(alone.agreements[i]!);
    into.expected.push((counts[labels[i]!]! - 1) / (n - 1));
  }
  return undefined;
}

/** `uninformativeColumns` of what has been read. */
export function findUninformative(
  part: Part,
  { metric, alpha, seed, ignored = [] }: UninformativeSettings,
): Uninformative {
  const all = otherColumns(part.d, ignored);
  const everyRow = Int32Array.from(part.labels.keys());
  const varies = all.filter((column) => everyRow.some((i) => part.points[i * part.d + column] !== part.points[column]));
  const fold = stratifiedFolds(part, 2, seed);
  const halves = [0, 1].map((f) => everyRow.filter((i) => fold[i] === f));
  // For all rows and for each half: whether the classes differ in the column.
  const differ = new Map(
    varies.map((column) => [column, betweenClasses(part, [everyRow, ...halves], column).map((p) => p <= DIFFERS)]),
  );
  const columns = varies.filter((column) => !differ.get(column)![0]);
  if (columns.length === 0) return { columns, verdict: 'none', ...NOTHING };
  const undecided = (reason: string): Uninformative => ({ columns, verdict: 'undecided', reason, ...NOTHING });
  if (columns.length === varies.length) return undecided('the classes differ in no column by itself');
  const most = Math.max(FEWEST, Math.floor(Math.sqrt(EFFORT / part.d)));
  if (halves.some((rows) => rows.length < FEWEST)) return undecided(`needs ${2 * FEWEST} rows, got ${part.n}`);
  const judged: Judged = {
    before: { widths: [], agreements: [] },
    after: { widths: [], agreements: [] },
    alone: [],
    expected: [],
  };
  for (const f of [0, 1]) {
    const chosen = varies.filter((column) => !differ.get(column)![2 - f]);
    const half = partOf(part, halves[f]!);
    const fewer = sampleRows(half, most, seed);
    const reason = judgeHalf(fewer.length < half.n ? partOf(half, fewer) : half, varies, chosen, metric, judged);
    if (reason !== undefined) return undecided(reason);
  }
  const silhouette = changeOf(judged.after.widths, judged.before.widths);
  const agreement = changeOf(judged.after.agreements, judged.before.agreements);
  const scores = ({ widths, agreements }: Judged['before']): ColumnScores => ({
    silhouette: meanOf(widths),
    neighborAgreement: meanOf(agreements),
  });
  const alone =
    judged.alone.length === 0
      ? null
      : {
          neighborAgreement: meanOf(judged.alone),
          expected: meanOf(judged.expected),
          p: changeOf(judged.alone, judged.expected).p,
        };
  const blur = agreement.mean >= MATTERS && agreement.p < alpha;
  const dilute = silhouette.mean >= MATTERS && silhouette.p < alpha && agreement.mean >= -SLACK;
  const tells = alone !== null && alone.p < alpha;
  const verdict = blur ? 'harmful' : tells ? 'joint' : dilute ? 'harmful' : 'harmless';
  return {
    columns,
    verdict,
    before: scores(judged.before),
    after: scores(judged.after),
    alone,
    silhouette,
    neighborAgreement: agreement,
  };
}

/**
 * Columns in which the classes do not differ, and what they do to the clusters. Half of the rows choose the columns
 * (those with a Kruskal-Wallis p above 0.05). The other half judges them: it is scored in all columns, without the
 * chosen columns, and in the chosen columns alone. Then the halves change places.
 *
 * 'harmful': without the columns the neighbour agreement of held-out rows rises by 0.05 or more, beyond chance at
 * `alpha`. Or the silhouette does, the agreement falls by at most 0.01, and neighbours in these columns alone have
 * the same label no more often than by chance. Columns that tell the classes apart only together, as in an
 * exclusive or, are kept ('joint').
 *
 * Cost O(n d log n), and O(m^2 d) on at most `sampleSize` rows m, fewer where d is large.
 * @param points n x d. @param labels n labels of any type.
 * @throws InputError and ShapeError for bad input.
 *
 * @example
 * import { uninformativeColumns } from 'clusterlens';
 * const noise = (at: number) => (at * at * 7919 + at * 104729) % 1009 / 200;
 * const labels = Array.from({ length: 100 }, (_, i) => (i < 50 ? 'calm' : 'harsh'));
 * const points = labels.map((label, i) => [label === 'calm' ? 0 : 5, 0, 0, 0].map((at, c) => at + noise(4 * i + c)));
 * const { columns, verdict } = uninformativeColumns(points, labels);
 * console.log(columns, verdict); // [ 1, 2, 3 ] harmful
 */
export function uninformativeColumns(
  points: Points,
  labels: Labels,
  options?: UninformativeColumnsOptions,
): UninformativeColumnsResult;
export function uninformativeColumns(
  dataset: Dataset,
  options?: UninformativeColumnsOptions,
): UninformativeColumnsResult;
export function uninformativeColumns(
  first: Points | Dataset,
  second?: Labels | UninformativeColumnsOptions,
  third?: UninformativeColumnsOptions,
  ...more: []
): UninformativeColumnsResult {
  nothingMore('uninformativeColumns', more, [first, second, third]);
  const where = 'uninformativeColumns';
  const { data, options } = admit(where, first, second, third, ['metric', 'alpha', 'sampleSize', 'seed']);
  const resolved = resolveMetric(where, options.metric);
  requireCoordinates(where, resolved);
  requireDomain(where, resolved, data.points, data.d);
  fitMetric(where, resolved, data.points, data.n, data.d);
  const alpha = numberIn(where, 'alpha', options.alpha, { min: 1e-4, max: 0.5 }, 0.05);
  const size = numberIn(where, 'sampleSize', options.sampleSize, { min: 50, integer: true }, 2000);
  const seed = seedOf(where, options.seed);
  const rows = sampleRows(data, size, seed);
  const sample: Part = rows.length === data.n ? data : partOf(data, rows);
  const { n, d, k } = data;
  const note = sample === data ? {} : { sample: { rows: rows.length, of: n } };
  const metric = (options.metric as Metric | undefined) ?? 'euclidean';
  const found = findUninformative(sample, { metric, alpha, seed });
  return { ...found, alpha, seed, ...note, metric: resolved.name, n, d, k };
}
