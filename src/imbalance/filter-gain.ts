import { attempt } from '../core/attempt.js';
import { InputError, show } from '../core/errors.js';
import type { Label, Labels, Points } from '../core/types.js';
import { admit, type Dataset, readDataset } from '../data/dataset.js';
import { nothingMore } from '../data/options.js';
import { type Evaluation, evaluated } from './evaluation.js';
import { rowsOf } from './filter-by-class-size.js';
import type { FilterStep } from './filter-curve.js';
import { filterSteps, readThresholds } from './filter-curve.js';

export interface FilterGainOptions {
  /**
   * Scores a dataset; higher is better. An `UndefinedMetricError` that it throws becomes the
   * `reason` of its step.
   */
  readonly evaluate: (data: Dataset) => Evaluation;
  /** Further indices to follow, by name. */
  readonly indices?: Readonly<Record<string, (data: Dataset) => number>> | undefined;
  /** Fewest rows of a class that is kept, integers >= 1. Default 1, 2, 3, 5, 8, 10, 15, 20. */
  readonly thresholds?: ArrayLike<number> | undefined;
}

/** Where a change of score came from: total = droppedClasses + betterRest. */
export interface Gain {
  /** Score after the filter minus score of everything. */
  readonly total: number;
  /** Mean over the kept rows minus mean over all rows, both scored among all classes; null without samples. */
  readonly droppedClasses: number | null;
  /** Mean over the kept rows scored among themselves minus scored among all classes; null without samples. */
  readonly betterRest: number | null;
  /** Change of the chance level; null where `evaluate` gives none. */
  readonly chance: number | null;
  /** total - chance. */
  readonly beyondChance: number | null;
}

export interface FilterGainStep extends FilterStep {
  /** null where the index is undefined, see `reason`. */
  readonly score: number | null;
  readonly chance: number | null;
  /** The further indices; null where one is undefined. */
  readonly indices: Readonly<Record<string, number | null>>;
  readonly gain: Gain | null;
  /** Why `score` or `gain` is null. */
  readonly reason?: string;
}

export interface FilterGainResult {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** The index with all classes. */
  readonly score: number | null;
  readonly chance: number | null;
  readonly steps: readonly FilterGainStep[];
}

function meanOf(samples: ArrayLike<number>, rows?: Int32Array): number {
  const count = rows === undefined ? samples.length : rows.length;
  let sum = 0;
  for (let p = 0; p < count; p++) sum += samples[rows === undefined ? p : rows[p]!]!;
  return sum / count;
}

function gainOf(full: Evaluation, kept: Evaluation, rows: Int32Array): Gain {
  const change = full.chance === undefined || kept.chance === undefined ? null : kept.chance - full.chance;
  const against = (total: number) => ({ chance: change, beyondChance: change === null ? null : total - change });
  if (full.samples === undefined || kept.samples === undefined) {
    const total = kept.score - full.score;
    return { total, droppedClasses: null, betterRest: null, ...against(total) };
  }
  const before = meanOf(full.samples);
  const among = meanOf(full.samples, rows);
  const after = meanOf(kept.samples);
  const total = after - before;
  return { total, droppedClasses: among - before, betterRest: after - among, ...against(total) };
}

/** The rows of a dataset, as a dataset. */
function subset(where: string, data: Dataset, rows: Int32Array): Dataset {
  if (rows.length === data.n) return data;
  const { d, points, labels, classes, noiseLabel } = data;
  const kept = new Float64Array(rows.length * d);
  rows.forEach((i, p) => {
    kept.set(points.subarray(i * d, (i + 1) * d), p * d);
  });
  const named: Label[] = Array.from(rows, (i) => classes[labels[i]!]!);
  const part = readDataset(where, { data: kept, rows: rows.length, columns: d }, named);
  return noiseLabel === undefined ? part : Object.freeze({ ...part, noiseLabel });
}

const OPTIONS = ['evaluate', 'indices', 'thresholds'];

/**
 * What a filter on class size does to an index of your choice, and **why**. A mean over rows rises
 * when badly scoring classes are dropped, even if nothing that stays scores any better. With samples
 * s(all) scored among all classes and s(kept) scored after the filter:
 *
 * mean s(kept) - mean s(all) = [mean of s(all) over kept rows - mean of s(all) over all rows]  dropped classes
 *                            + [mean of s(kept) - mean of s(all) over kept rows]               better rest
 *
 * The rest scores better because rivals have vanished, not because its points have moved; compare
 * with `chance`. `filterSensitivity` is this with the silhouette.
 *
 * Cost: one evaluation per threshold and one of everything.
 *
 * @returns one step per threshold in the order given. Where the index is undefined (fewer than two
 *   classes left) the step has a `reason` in place of a score.
 * @throws InputError and ShapeError for bad input, and whatever `evaluate` throws, except
 *   UndefinedMetricError.
 *
 * @example
 * import { filterGain, silhouette } from 'clusterlens';
 * const points = [[0], [1], [5], [6], [3]];
 * const labels = ['a', 'a', 'b', 'b', 'c'];
 * const { score, steps } = filterGain(points, labels, { evaluate: (data) => silhouette(data), thresholds: [2] });
 * console.log(score!.toFixed(3), steps[0]!.score!.toFixed(3)); // 0.467 0.798
 * console.log(steps[0]!.gain!.droppedClasses!.toFixed(3), steps[0]!.gain!.betterRest!.toFixed(3)); // 0.117 0.215
 */
export function filterGain(points: Points, labels: Labels, options: FilterGainOptions): FilterGainResult;
export function filterGain(dataset: Dataset, options: FilterGainOptions): FilterGainResult;
export function filterGain(
  first: Points | Dataset,
  second: Labels | FilterGainOptions,
  third?: FilterGainOptions,
  ...more: []
): FilterGainResult {
  nothingMore('filterGain', more, [first, second, third]);
  const where = 'filterGain';
  const { data, options } = admit(where, first, second, third, OPTIONS);
  const { evaluate, indices = {} } = options as unknown as FilterGainOptions;
  if (typeof evaluate !== 'function') {
    throw new InputError('wrong-type', `${where}: evaluate must be a function of a dataset, got ${show(evaluate)}`);
  }
  if (typeof indices !== 'object' || indices === null) {
    throw new InputError('wrong-type', `${where}: indices must be an object of functions, got ${show(indices)}`);
  }
  for (const [name, index] of Object.entries(indices)) {
    if (typeof index === 'function') continue;
    throw new InputError('wrong-type', `${where}: indices.${name} must be a function of a dataset, got ${show(index)}`);
  }
  const thresholds = readThresholds(where, options.thresholds);
  const table = { codes: data.labels, classes: data.classes, counts: data.counts };
  const full = evaluated(where, evaluate, data);
  const steps = filterSteps(table, thresholds).map((step): FilterGainStep => {
    const none = { score: null, chance: null, gain: null };
    const unknown = Object.fromEntries(Object.keys(indices).map((name) => [name, null]));
    if (step.examples === 0) return { ...step, ...none, indices: unknown, reason: 'no class is large enough' };
    const kept = Int32Array.from(data.counts.keys()).filter((c) => data.counts[c]! >= step.threshold);
    const rows = rowsOf(table, kept);
    const remaining = subset(where, data, rows);
    const followed = Object.entries(indices).map(([name, index]) => {
      const value = attempt(() => index(remaining));
      return [name, typeof value === 'number' && !Number.isNaN(value) ? value : null] as const;
    });
    const outcome = rows.length === data.n ? full : evaluated(where, evaluate, remaining);
    const measured = { ...step, indices: Object.fromEntries(followed) };
    if ('reason' in outcome) return { ...measured, ...none, reason: outcome.reason };
    const { found } = outcome;
    const score = { score: found.score, chance: found.chance ?? null };
    if ('reason' in full) return { ...measured, ...score, gain: null, reason: `with all classes, ${full.reason}` };
    return { ...measured, ...score, gain: gainOf(full.found, found, rows) };
  });
  return {
    n: data.n,
    d: data.d,
    k: data.k,
    score: 'found' in full ? full.found.score : null,
    chance: 'found' in full ? (full.found.chance ?? null) : null,
    steps,
  };
}
