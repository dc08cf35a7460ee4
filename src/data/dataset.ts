import { InputError, ShapeError, show } from '../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../core/types.js';
import { isPrecomputed, squareOf } from './condensed.js';
import { readLabels } from './labels.js';
import { readNoiseLabel } from './named-label.js';
import { checkOptions, nothingMore } from './options.js';
import { type PointUse, readPoints } from './points.js';

// Registered, so that the ESM and the CommonJS build recognise each other's datasets.
const BRAND: unique symbol = Symbol.for('clusterlens.dataset') as never;

/**
 * Points and labels that have been checked once. Every function that takes `(points, labels)` takes
 * a dataset in their place. The arrays belong to the library: do not write to them.
 */
export interface Dataset<L extends Label = Label> {
  readonly [BRAND]: true;
  /** Rows. */
  readonly n: number;
  /** Columns. */
  readonly d: number;
  /** Distinct labels. */
  readonly k: number;
  /** Row-major coordinates, n * d. */
  readonly points: Float64Array;
  /** Label of each row as an index into `classes`. */
  readonly labels: Int32Array;
  /** The user's labels in label order: numbers and bigints by value, then booleans, then strings. */
  readonly classes: readonly L[];
  /** Rows per class. */
  readonly counts: Int32Array;
  /** The label that marks noise, if one was named. */
  readonly noiseLabel?: Label;
}

/** Rows that have been through the door as a dataset, which no function reads again. */
export function datasetOf(part: Omit<Dataset, typeof BRAND | 'noiseLabel'>): Dataset {
  const { n, d, k, points, labels, classes, counts } = part;
  return Object.freeze({ [BRAND]: true as const, n, d, k, points, labels, classes, counts });
}

export interface DatasetOptions {
  /** The label that marks noise (DBSCAN and HDBSCAN write -1). Default: none, every label is a cluster. */
  readonly noiseLabel?: Label | undefined;
}

export function isDataset(value: unknown): value is Dataset {
  return typeof value === 'object' && value !== null && (value as Partial<Dataset>)[BRAND] === true;
}

/** The door, under the name of the function that the user called. */
export function readDataset(
  where: string,
  points: unknown,
  labels: unknown,
  noiseLabel?: unknown,
  use: PointUse = 'copy',
): Dataset {
  const table = readPoints(where, points, use);
  const { codes, classes, counts } = readLabels(where, labels);
  if (codes.length !== table.n) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: needs one label per row, got ${table.n} rows and ${codes.length} labels`,
    );
  }
  const noise = readNoiseLabel(where, noiseLabel, { classes });
  return Object.freeze({
    [BRAND]: true as const,
    n: table.n,
    d: table.d,
    k: classes.length,
    points: table.data,
    labels: codes,
    classes,
    counts,
    ...(noise === undefined ? {} : { noiseLabel: noise }),
  });
}

/**
 * Checks points and labels once and copies them into the form that all functions work on.
 *
 * Cost O(n d).
 *
 * @param points n x d, finite: an array of rows, an ml-matrix `Matrix`, or `{ data, rows, columns }`.
 * @param labels n labels: strings, numbers, bigints or booleans, with any gaps and in any order.
 * @throws InputError on a missing or non-finite value (with row and column), an empty input, a wrong type,
 *   a noise label that the labels write otherwise ('-1' for -1); ShapeError on ragged rows or lengths that
 *   differ.
 *
 * @example
 * import { dataset } from 'clusterlens';
 * const data = dataset([[0, 1], [2, 3], [4, 5]], ['low', 'low', 'high']);
 * console.log(data.n, data.d, data.k, data.classes); // 3 2 2 [ 'high', 'low' ]
 * console.log(data.labels); // Int32Array(3) [ 1, 1, 0 ]
 */
export function dataset<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: DatasetOptions,
): Dataset<ReadLabel<L>>;
export function dataset(points: Points, labels: Labels, options?: DatasetOptions, ...more: []): Dataset {
  nothingMore('dataset', more, [points, labels, options]);
  const { noiseLabel } = checkOptions('dataset', options, ['noiseLabel']);
  return readDataset('dataset', points, labels, noiseLabel);
}

/**
 * Resolves the two call forms `verb(points, labels, options)` and `verb(dataset, options)`. Points are
 * borrowed, unless the caller goes on after it has returned ('copy').
 */
export function admit(
  where: string,
  first: unknown,
  second: unknown,
  third: unknown,
  optionNames: readonly string[],
  use: PointUse = 'borrow',
): { data: Dataset; options: Readonly<Record<string, unknown>> } {
  if (isDataset(first)) {
    if (third !== undefined) {
      const got = `${show(second)} and ${show(third)}`;
      throw new InputError(
        'unknown-option',
        `${where}: a dataset has its labels, so only options follow it, got ${got}`,
      );
    }
    return { data: first, options: checkOptions(where, second, optionNames) };
  }
  const options = checkOptions(where, third, optionNames);
  const points = isPrecomputed(options.metric) ? squareOf(where, first) : first;
  return { data: readDataset(where, points, second, undefined, use), options };
}
