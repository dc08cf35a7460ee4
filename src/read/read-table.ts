import { InputError, show } from '../core/errors.js';
import type { FlatMatrix, Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import { booleanOf, checkOptions, isRecord, nothingMore, oneOf } from '../data/options.js';
import { lookedAt } from './feature-columns.js';
import { FORMATS, type Format } from './formats.js';
import { readLabelledRows } from './labelled-rows.js';
import { asLibrary, asOptions } from './library-error.js';
import { ORIENTS, type Orient } from './pandas-json.js';
import { sourceOf, type TableInput } from './source-of.js';

export interface ReadTableOptions {
  /** The format. Default: as the extension of the name tells; `.gz` and `.zst` behind it are unpacked. */
  readonly format?: Format | undefined;
  /** The file name of bytes that have none, as 'rows.csv': for its extension, and for messages. */
  readonly name?: string | undefined;
  /**
   * Column of the labels; null: the points alone. Default: one that is named label, class, cluster, target, species or y and
   * may be it, else the only column of text.
   */
  readonly label?: string | null | undefined;
  /** Labels from a file of their own: NPY, a table, or text with one per line. */
  readonly labels?: TableInput | undefined;
  /** Columns of the points: names, globs (`g_*`), ranges (`g_0..g_39`), `!name` leaves out. Default: all numbers that may be features. */
  readonly features?: string | undefined;
  /** Identifiers, row numbers, constants and copies of the label are columns of the points too. Default false. */
  readonly keepIdentifiers?: boolean | undefined;
  /** Columns that hold the same rows in another space, by its name. */
  readonly spaces?: Readonly<Record<string, string>> | undefined;
  /** Name of the array of the points in an NPZ archive. Default: the only one that is a matrix. */
  readonly points?: string | undefined;
  /** How pandas wrote the JSON. Default: as its structure tells. */
  readonly orient?: Orient | undefined;
  /** One column or array of distances above the diagonal, as scipy's pdist gives it, is read as the square matrix. */
  readonly condensed?: boolean | undefined;
  /** false: the first line of CSV or TSV is data; columns are column_1, column_2 and on. Default true. */
  readonly header?: boolean | undefined;
  /** What stands between the values of CSV. Default: as the first lines show. */
  readonly delimiter?: string | undefined;
  /** Decimal sign of CSV and TSV; the other of ',' and '.' then marks thousands. Default: as the cells show. */
  readonly decimal?: ',' | '.' | undefined;
  /** Lines of CSV and TSV that begin with this text are passed over. Default: none. */
  readonly comment?: string | undefined;
  /** Columns that are categories, as `features` names columns: one column of 0 and 1 for each of their values. */
  readonly oneHot?: string | undefined;
  /** Leave out rows with missing values or cells that are no numbers; the result counts them. Default false: they are an error. */
  readonly dropMissing?: boolean | undefined;
  /** Labels such as NA and None are classes of that name. Default false: they are missing. */
  readonly literalLabels?: boolean | undefined;
}

/** Points and labels as every function of the library takes them, with where they came from. */
export interface ReadTable {
  readonly points: FlatMatrix;
  /** One for each row of the points; null with `label: null`. */
  readonly labels: readonly Label[] | null;
  /** Where the labels came from, in words; null without labels. */
  readonly labelsFrom: string | null;
  /** Names of the columns of the points. */
  readonly columns: readonly string[];
  /** What each column of the file is, whether it is used, and why not; a list column is one. */
  readonly uses: readonly ColumnUse[];
  readonly spaces: Readonly<Record<string, FlatMatrix>>;
  /** What was left out or taken for something, one sentence each. */
  readonly notes: readonly string[];
  /** Where each row stands in the file: its line, or its number from 1. */
  readonly places: { readonly unit: 'line' | 'row'; readonly rows: readonly number[] };
  /** Rows of the file. */
  readonly rows: number;
  /** Of these, rows that were left out for a missing value or label. */
  readonly dropped: number;
}

const NAMES = [
  'format',
  'name',
  'label',
  'labels',
  'features',
  'keepIdentifiers',
  'spaces',
  'points',
  'orient',
  'condensed',
  'header',
  'delimiter',
  'decimal',
  'comment',
  'oneHot',
  'dropMissing',
  'literalLabels',
] as const satisfies readonly (keyof ReadTableOptions)[];

function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value as string | undefined;
  throw new InputError('wrong-type', `readTable: ${name} must be text, got ${show(value)}`);
}

function spacesOf(value: unknown): { name: string; columns: string }[] {
  if (value === undefined) return [];
  if (!isRecord(value)) {
    throw new InputError('wrong-type', `readTable: spaces must be an object of names and columns, got ${show(value)}`);
  }
  return Object.entries(value).map(([name, columns]) => ({ name, columns: textOf(`spaces.${name}`, columns)! }));
}

/**
 * Reads points and labels from a file: CSV, TSV, JSON, JSONL, Parquet, Arrow and Feather, NPY, NPZ, LIBSVM or
 * ARFF, compressed by gzip or Zstandard or not. The command reads by the same code. Identifiers, row numbers,
 * constants and copies of the label are no columns of the points, unless `features` names them; `uses` and `notes`
 * say what was left out.
 *
 * @param input a path (in Node only; '-' is standard input), a Blob or File, bytes, or a stream of bytes.
 * @throws InputError for a file that cannot be read or is malformed (with the line and column), a missing
 *   value, or labels that are not clear; ShapeError for labels of another length.
 *
 * @example
 * import { silhouette } from 'clusterlens';
 * import { readTable } from 'clusterlens/read';
 * const bytes = new TextEncoder().encode('x,y,kind\n0,0,a\n0,1,a\n8,9,b\n9,9,b\n');
 * const { points, labels, columns } = await readTable(bytes, { format: 'csv' });
 * console.log(columns, labels); // [ 'x', 'y' ] [ 'a', 'a', 'b', 'b' ]
 * console.log(silhouette(points, labels).score.toFixed(3)); // 0.917
 */
export async function readTable(
  input: TableInput,
  options: ReadTableOptions & { readonly label: null },
): Promise<ReadTable>;
export async function readTable(
  input: TableInput,
  options?: ReadTableOptions,
): Promise<ReadTable & { readonly labels: readonly Label[]; readonly labelsFrom: string }>;
export async function readTable(input: TableInput, options?: ReadTableOptions, ...more: []): Promise<ReadTable> {
  nothingMore('readTable', more, [input, options]);
  const given = checkOptions('readTable', options, NAMES);
  const format = given.format === undefined ? undefined : oneOf('readTable', 'format', given.format, FORMATS, 'csv');
  const orient =
    given.orient === undefined ? undefined : oneOf('readTable', 'orient', given.orient, ORIENTS, 'records');
  const read = await asLibrary(async () => {
    const source = await sourceOf('readTable', input, textOf('name', given.name));
    return readLabelledRows(source, {
      format,
      orient,
      label: given.label === null ? undefined : textOf('label', given.label),
      unlabelled: given.label === null,
      labels: given.labels === undefined ? undefined : await sourceOf('readTable: labels', given.labels, undefined),
      features: textOf('features', given.features),
      spaces: spacesOf(given.spaces),
      array: textOf('points', given.points),
      condensed: booleanOf('readTable', 'condensed', given.condensed, false),
      delimiter: textOf('delimiter', given.delimiter),
      decimal:
        given.decimal === undefined
          ? undefined
          : oneOf('readTable', 'decimal', given.decimal, [',', '.'] as const, '.'),
      comment: textOf('comment', given.comment),
      oneHot: textOf('oneHot', given.oneHot),
      header: booleanOf('readTable', 'header', given.header, true),
      dropMissing: booleanOf('readTable', 'dropMissing', given.dropMissing, false),
      literalLabels: booleanOf('readTable', 'literalLabels', given.literalLabels, false),
      points: true,
    });
  });
  const keepIdentifiers = booleanOf('readTable', 'keepIdentifiers', given.keepIdentifiers, false);
  const { space, uses, notes } = lookedAt(read, { kept: read.labels, space: read.spaces[0] }, { keepIdentifiers });
  const { points, columns } = space!;
  return {
    points,
    labels: given.label === null ? null : read.labels,
    labelsFrom: given.label === null ? null : read.labelsFrom,
    columns,
    uses,
    spaces: Object.fromEntries(read.spaces.slice(1).map((other) => [other.name, other.points])),
    notes: [...read.notes, ...notes].map(asOptions),
    places: { unit: read.unit, rows: read.places },
    rows: read.rows,
    dropped: read.dropped,
  };
}
