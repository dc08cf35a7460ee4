import { InputError, ShapeError, show } from '../../core/errors.js';
import type { Label, Labels, Points } from '../../core/types.js';
import { type Dataset, isDataset } from '../../data/dataset.js';
import { readLabels } from '../../data/labels.js';
import { requireSameSpelling } from '../../data/named-label.js';
import { checkOptions } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import type { Batch } from '../objective.js';
import { isArrayLike } from '../read-values.js';
import { Tensor } from '../tensor.js';

/** Points with or without labels. */
export type Rows =
  | Dataset
  | {
      readonly points: Points | Dataset;
      readonly labels?: Labels | undefined;
      /** As those of the training rows. */
      readonly targets?: Targets | undefined;
    };

/** Numbers that a term compares the outputs with: one per row, or n x m. Classes are `labels`. */
export type Targets = Points | ArrayLike<number>;

/** What `train` learns from, and what it is watched on. */
export type TrainingData =
  | Dataset
  | {
      readonly points: Points | Dataset;
      /** Needed by a contrastive loss; left out when `points` is a dataset. */
      readonly labels?: Labels | undefined;
      /** For terms of your own, as `batch.targets` (B x m). */
      readonly targets?: Targets | undefined;
      /** Rows that are never learnt from, evaluated after each epoch. */
      readonly heldOut?: Rows | undefined;
    };

/** Checked rows. */
export interface TrainingRows {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly codes: Int32Array | null;
  readonly classes: readonly Label[] | null;
  /** n x m. */
  readonly targets: { readonly data: Float64Array; readonly m: number } | null;
}

function readTargets(where: string, name: string, targets: unknown, rows: number): TrainingRows['targets'] {
  if (targets === undefined) return null;
  const first = isArrayLike(targets) ? targets[0] : undefined;
  if (typeof first === 'string' || typeof first === 'boolean' || typeof first === 'bigint') {
    throw new InputError('wrong-type', `${where}: targets must be numbers, got ${show(first)}; give classes as labels`);
  }
  const column = isArrayLike(targets) && typeof first === 'number';
  const { data, n, d } = readPoints(where, column ? { data: targets, rows: targets.length, columns: 1 } : targets);
  if (n === rows) return { data, m: d };
  throw new ShapeError(
    'length-mismatch',
    `${where}: needs one row of targets per row of ${name}, got ${rows} rows and ${n} of targets`,
  );
}

function readRows(where: string, name: string, points: unknown, labels: unknown, targets: unknown): TrainingRows {
  if (isDataset(points)) {
    if (labels !== undefined) {
      throw new InputError(
        'wrong-type',
        `${where}: labels must be left out where ${name} is a dataset, which has its own`,
      );
    }
    const { n, d } = points;
    const aims = readTargets(where, name, targets, n);
    return { data: points.points, n, d, codes: points.labels, classes: points.classes, targets: aims };
  }
  const { data, n, d } = readPoints(where, points);
  const aims = readTargets(where, name, targets, n);
  if (labels === undefined) return { data, n, d, codes: null, classes: null, targets: aims };
  const table = readLabels(where, labels);
  if (table.codes.length !== n) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: needs one label per row of ${name}, got ${n} rows and ${table.codes.length} labels`,
    );
  }
  return { data, n, d, codes: table.codes, classes: table.classes, targets: aims };
}

/** Codes of held-out labels among the training classes; a label that training never saw comes after them. */
function inClassesOf(where: string, training: TrainingRows, heldOut: TrainingRows): TrainingRows {
  if (training.classes === null || heldOut.classes === null) return heldOut;
  const rank = new Map<Label, number>(training.classes.map((label, code) => [label, code]));
  requireSameSpelling(`${where} heldOut`, heldOut.classes, training.classes);
  for (const label of heldOut.classes) if (!rank.has(label)) rank.set(label, rank.size);
  const codes = heldOut.codes!.map((code) => rank.get(heldOut.classes![code]!)!);
  return { ...heldOut, codes, classes: [...rank.keys()] };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readTrainingData(
  where: string,
  data: unknown,
): { readonly training: TrainingRows; readonly heldOut: TrainingRows | null } {
  if (isDataset(data)) return { training: readRows(where, 'data', data, undefined, undefined), heldOut: null };
  if (!isObject(data) || data.points === undefined) {
    throw new InputError(
      'wrong-type',
      `${where}: data must be a dataset or { points, labels, targets, heldOut }, got ${show(data)}`,
    );
  }
  const loose = checkOptions(`${where} data`, data, ['points', 'labels', 'targets', 'heldOut']);
  const training = readRows(where, 'points', loose.points, loose.labels, loose.targets);
  if (loose.heldOut === undefined) return { training, heldOut: null };
  const held = `${where} heldOut`;
  let rows: TrainingRows;
  if (isDataset(loose.heldOut)) rows = readRows(held, 'heldOut', loose.heldOut, undefined, undefined);
  else {
    const { points, labels, targets } = checkOptions(held, loose.heldOut, ['points', 'labels', 'targets']);
    rows = readRows(held, 'points', points, labels, targets);
  }
  if (rows.d !== training.d) {
    throw new ShapeError(
      'shape-mismatch',
      `${where}: held-out rows must have the columns of the training rows (${training.d}), got ${rows.d}`,
    );
  }
  if (training.targets?.m !== rows.targets?.m) {
    const columns = (aims: TrainingRows['targets']) => (aims === null ? 'none' : `${aims.m} columns`);
    throw new ShapeError(
      'shape-mismatch',
      `${where}: held-out rows must have targets as the training rows have (${columns(training.targets)}), got ${columns(rows.targets)}`,
    );
  }
  return { training, heldOut: inClassesOf(where, training, rows) };
}

/** Some rows of n x width numbers. */
function gathered(data: Float64Array, width: number, indices: Int32Array): Tensor {
  const rows = new Float64Array(indices.length * width);
  indices.forEach((i, b) => {
    rows.set(data.subarray(i * width, (i + 1) * width), b * width);
  });
  return new Tensor(rows, [indices.length, width]);
}

/** Gathers some rows into a batch. */
export function batchOf(rows: TrainingRows, indices: Int32Array, split: Batch['split']): Batch {
  const { data, d, codes, targets } = rows;
  return {
    points: gathered(data, d, indices),
    labels: codes === null ? null : indices.map((i) => codes[i]!),
    rows: indices,
    targets: targets === null ? null : gathered(targets.data, targets.m, indices),
    split,
  };
}

/** 32-bit FNV-1a over the numbers of the rows, to recognise them in a checkpoint. */
export function fingerprint(rows: TrainingRows): string {
  let hash = 0x811c9dc5;
  const mix = (numbers: ArrayLike<number>) => {
    for (let p = 0; p < numbers.length; p++) hash = Math.imul(hash ^ numbers[p]!, 0x01000193);
  };
  const words = (data: Float64Array) => new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
  mix(words(rows.data));
  if (rows.codes !== null) mix(rows.codes);
  if (rows.targets !== null) mix(words(rows.targets.data));
  mix(
    new TextEncoder().encode(
      JSON.stringify(rows.classes, (_, label) => (typeof label === 'bigint' ? `${label}n` : label)),
    ),
  );
  return `${rows.n} x ${rows.d}, ${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
