import { InputError, ShapeError } from '../core/errors.js';
import type { FlatMatrix, Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import { type Collected, type CollectOptions, collect, type FeatureColumns } from './collect.js';
import { squared } from './condensed-rows.js';
import { readLabelFile, withHeading } from './label-file.js';
import { lookalikes } from './label-values.js';
import { literally } from './missing-values.js';
import { type OpenOptions, openTable } from './open-table.js';
import type { Wanted } from './select-columns.js';
import type { Source } from './source.js';

export interface RowOptions extends OpenOptions {
  readonly label: string | undefined;
  /** Labels from a file of their own. */
  readonly labels: Source | undefined;
  /** Further columns of labels. */
  readonly beside?: readonly string[] | undefined;
  /** No label is wanted: every row gets the label 0. */
  readonly unlabelled?: boolean | undefined;
  readonly features: string | readonly string[] | undefined;
  /** Columns that are categories, as `features` names columns. */
  readonly oneHot?: string | undefined;
  /** Columns of text are categories. */
  readonly categories?: boolean | undefined;
  /** Values of columns of categories, where they are known from other rows. */
  readonly knownCategories?: CollectOptions['categories'];
  readonly spaces: Wanted['spaces'];
  readonly dropMissing: boolean;
  /** NA, None and the like are labels. */
  readonly literalLabels: boolean;
  /** false: only labels are read. */
  readonly points: boolean;
}

export interface Space {
  /** 'input': the points. */
  readonly name: string;
  readonly points: FlatMatrix;
  readonly columns: readonly string[];
}

/** Rows of a file that have a label and no missing value. */
export interface LabelledRows {
  readonly name: string;
  readonly labels: readonly Label[];
  /** Where the labels came from, in words. */
  readonly labelsFrom: string;
  /** Labels of the further columns of labels. */
  readonly beside: Collected['beside'];
  /** The points and the other spaces; none where only labels were read. */
  readonly spaces: readonly Space[];
  /** What each column of the file is, before the features are looked at as numbers. */
  readonly uses: readonly ColumnUse[];
  /** The columns that the points are made of. */
  readonly features: FeatureColumns;
  /** What `places` counts. */
  readonly unit: 'line' | 'row';
  /** Line or number in the file of each row. */
  readonly places: readonly number[];
  /** Row of the file at each row, counted from 0 without the line of names. */
  readonly fileRows: readonly number[];
  /** Rows of the file. */
  readonly rows: number;
  /** Of these, rows that were left out. */
  readonly dropped: number;
  /** Of these, rows without a label. */
  readonly unlabelled: number;
  /** Cells that are no number in a column of numbers. */
  readonly unreadable: number;
  /** What the user should know of how the file was read. */
  readonly notes: readonly string[];
}

/** Some rows of a matrix, in the order in which they are named. */
export function pickRows({ data, columns }: FlatMatrix, rows: ArrayLike<number>): FlatMatrix {
  const out = new Float64Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < columns; j++) out[i * columns + j] = data[rows[i]! * columns + j]!;
  }
  return { data: out, rows: rows.length, columns };
}

/** Labels of the rows that were read; null where the file of labels has none. */
async function labelsOf(
  name: string,
  read: Collected,
  { label, labels, unlabelled: none, dropMissing, literalLabels }: RowOptions,
): Promise<{ values: ReadonlyArray<Label | null>; unlabelled: number; notes: readonly string[] }> {
  if (labels === undefined) {
    const values = none === true ? new Array<Label>(read.n).fill(0) : read.labels!;
    return { values, unlabelled: read.unlabelled, notes: [] };
  }
  const all = read.n + read.dropped.length;
  const found = withHeading(await readLabelFile(labels, label, literalLabels), all);
  if (found.labels.length !== all) {
    const header = found.labels.length === all + 1 ? '; if its first line is a heading, call it .csv' : '';
    throw new ShapeError(
      'length-mismatch',
      `${labels.name}: must hold one label for each of the ${all} rows of ${name}, got ${found.labels.length}${header}`,
    );
  }
  const unlabelled = found.labels.filter((value) => value === null).length;
  if (unlabelled > 0 && !dropMissing) {
    throw new InputError(
      'missing-label',
      `${labels.name}: every row must have a label, got ${unlabelled} missing among ${all}, the first for row ${found.labels.indexOf(null) + 1}; fill them in, or leave out these rows with --drop-missing${literally(found.word)}`,
    );
  }
  const dropped = new Set(read.dropped);
  return { values: found.labels.filter((_, i) => !dropped.has(i)), unlabelled, notes: found.notes };
}

/** Reads a source into points, labels and spaces. @throws InputError, ShapeError. */
export async function readLabelledRows(source: Source, options: RowOptions): Promise<LabelledRows> {
  const { label, labels, beside, unlabelled, features, spaces: wantedSpaces, points } = options;
  const { dropMissing, literalLabels } = options;
  const labelsElsewhere = labels !== undefined || unlabelled === true;
  const table = await openTable(source, { ...options, labelsElsewhere, labelArray: label });
  const wanted: Wanted = {
    label: label ?? table.label,
    labelsElsewhere: labels !== undefined,
    beside,
    unlabelled,
    features,
    spaces: wantedSpaces,
    points,
    oneHot: options.oneHot,
    categories: options.categories,
  };
  const collected = await collect(table, { wanted, dropMissing, literalLabels, categories: options.knownCategories });
  const read = options.condensed ? squared(table.name, collected) : collected;
  const found = await labelsOf(table.name, read, options);
  const droppedRows = new Set(read.dropped);
  const all = read.n + read.dropped.length;
  const fileRows = Array.from({ length: all }, (_, i) => i).filter((i) => !droppedRows.has(i));
  const labelled = Array.from({ length: read.n }, (_, i) => i).filter((i) => found.values[i] !== null);
  const without = read.n - labelled.length;
  if (without > 0 && labelled.length === 0) {
    throw new InputError('empty', `${labels!.name}: some row must have a label, got none`);
  }
  const kept = labelled.map((i) => found.values[i]!);
  const leftOut = `dropped ${without} of ${read.n} rows without a label in ${labels?.name}`;
  return {
    name: table.name,
    labels: kept,
    labelsFrom: labels?.name ?? `column '${read.labelName}'`,
    beside: read.beside.map((column) => ({ ...column, labels: labelled.map((i) => column.labels[i]!) })),
    spaces:
      without === 0
        ? read.spaces
        : read.spaces.map((space) => ({ ...space, points: pickRows(space.points, labelled) })),
    uses: read.uses,
    features: read.features,
    unit: table.unit,
    places: labelled.map((i) => read.places[i]!),
    fileRows: labelled.map((i) => fileRows[i]!),
    rows: all,
    dropped: read.dropped.length + without,
    unlabelled: found.unlabelled,
    unreadable: read.unreadable,
    notes: [
      ...(without === 0 ? [] : [leftOut]),
      ...(table.notes ?? []),
      ...read.notes,
      ...found.notes,
      ...lookalikes(kept),
    ],
  };
}
