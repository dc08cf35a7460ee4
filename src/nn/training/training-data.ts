import { InputError, ShapeError, show } from '../../core/errors.js';
import type { Label, Labels, Points } from '../../core/types.js';
import { type Dataset, isDataset } from '../../data/dataset.js';
import { readLabels } from '../../data/labels.js';
import { requireSameSpelling } from '../../data/named-label.js';
import { checkOptions } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import { Tensor } from '../tensor.js';
import type { Batch } from './objective.js';

/** Points with or without labels. */
export type Rows = Dataset | { readonly points: Points; readonly labels?: Labels | undefined };

/** What `train` learns from, and what it is watched on. */
export type TrainingData =
  | Dataset
  | {
      readonly points: Points | Dataset;
      /** Needed by a contrastive loss; left out when `points` is a dataset. */
      readonly labels?: Labels | undefined;
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
}

function readRows(where: string, name: string, points: unknown, labels: unknown): TrainingRows {
  if (isDataset(points)) {
    if (labels !== undefined) {
      throw new InputError(
        'wrong-type',
        `${where}: labels must be left out where ${name} is a dataset, which has its own`,
      );
    }
    return { data: points.points, n: points.n, d: points.d, codes: points.labels, classes: points.classes };
  }
  const { data, n, d } = readPoints(where, points);
  if (labels === undefined) return { data, n, d, codes: null, classes: null };
  const table = readLabels(where, labels);
  if (table.codes.length !== n) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: needs one label per row of ${name}, got ${n} rows and ${table.codes.length} labels`,
    );
  }
  return { data, n, d, codes: table.codes, classes: table.classes };
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
  if (isDataset(data)) return { training: readRows(where, 'data', data, undefined), heldOut: null };
  if (!isObject(data) || data.points === undefined) {
    throw new InputError(
      'wrong-type',
      `${where}: data must be a dataset or { points, labels, heldOut }, got ${show(data)}`,
    );
  }
  const loose = checkOptions(`${where} data`, data, ['points', 'labels', 'heldOut']);
  const training = readRows(where, 'points', loose.points, loose.labels);
  if (loose.heldOut === undefined) return { training, heldOut: null };
  const held = `${where} heldOut`;
  let rows: TrainingRows;
  if (isDataset(loose.heldOut)) rows = readRows(held, 'heldOut', loose.heldOut, undefined);
  else {
    const { points, labels } = checkOptions(held, loose.heldOut, ['points', 'labels']);
    rows = readRows(held, 'points', points, labels);
  }
  if (rows.d !== training.d) {
    throw new ShapeError(
      'shape-mismatch',
      `${where}: held-out rows must have the columns of the training rows (${training.d}), got ${rows.d}`,
    );
  }
  return { training, heldOut: inClassesOf(where, training, rows) };
}

/** Gathers some rows into a batch. */
export function batchOf(rows: TrainingRows, indices: Int32Array): Batch {
  const { data, d, codes } = rows;
  const points = new Float64Array(indices.length * d);
  indices.forEach((i, b) => {
    points.set(data.subarray(i * d, (i + 1) * d), b * d);
  });
  return {
    points: new Tensor(points, [indices.length, d]),
    labels: codes === null ? null : indices.map((i) => codes[i]!),
    rows: indices,
  };
}

/** 32-bit FNV-1a over the numbers of the rows, to recognise them in a checkpoint. */
export function fingerprint(rows: TrainingRows): string {
  let hash = 0x811c9dc5;
  const mix = (words: ArrayLike<number>) => {
    for (let p = 0; p < words.length; p++) hash = Math.imul(hash ^ words[p]!, 0x01000193);
  };
  mix(new Uint32Array(rows.data.buffer, rows.data.byteOffset, rows.data.length * 2));
  if (rows.codes !== null) mix(rows.codes);
  mix(
    new TextEncoder().encode(
      JSON.stringify(rows.classes, (_, label) => (typeof label === 'bigint' ? `${label}n` : label)),
    ),
  );
  return `${rows.n} x ${rows.d}, ${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
