import { InputError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import type { FlatMatrix, Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import type { Reading } from '../diagnose/types.js';
import { metricFromText } from '../distance/metric-text.js';
import { filterByClassSize } from '../imbalance/filter-by-class-size.js';
import type { FeatureColumns } from '../read/collect.js';
import { type FeatureSources, lookedAt } from '../read/feature-columns.js';
import { fileSource, watched } from '../read/file-source.js';
import { extensionOf, type Format } from '../read/formats.js';
import { pickRows, readLabelledRows } from '../read/labelled-rows.js';
import type { Orient } from '../read/pandas-json.js';
import type { Wanted } from '../read/select-columns.js';
import { takesWholeRows } from '../studies/columns/column-roles.js';
import type { TablePlaces } from './file-places.js';

export interface LoadOptions {
  readonly label?: string | undefined;
  /** File of labels. */
  readonly labels?: string | undefined;
  /** Further columns of labels. */
  readonly beside?: readonly string[] | undefined;
  /** No label is wanted. */
  readonly unlabelled?: boolean | undefined;
  readonly features?: string | readonly string[] | undefined;
  /** Columns that are categories. */
  readonly oneHot?: string | undefined;
  /** Values of columns of categories, where they are known from other rows. */
  readonly knownCategories?: FeatureColumns['categories'] | undefined;
  /** Identifiers, constants and copies of the label are features. */
  readonly keepIdentifiers?: boolean | undefined;
  /** Columns that do not vary are features: a model takes them. */
  readonly keepConstants?: boolean | undefined;
  readonly delimiter?: string | undefined;
  readonly decimal?: ',' | '.' | undefined;
  readonly comment?: string | undefined;
  readonly spaces?: Wanted['spaces'] | undefined;
  readonly format?: Format | undefined;
  /** How pandas wrote JSON. */
  readonly orient?: Orient | undefined;
  readonly header: boolean;
  /** Name of the array of the points, in a file of several. */
  readonly array?: string | undefined;
  readonly dropMissing?: boolean | undefined;
  /** NA, None and the like are labels. */
  readonly literalLabels?: boolean | undefined;
  readonly minClassSize?: number | undefined;
  /** Keep only these labels. */
  readonly only?: ReadonlySet<Label> | undefined;
  /** With 'precomputed' a single column is the distances above the diagonal of their matrix. */
  readonly metric?: string | undefined;
  /** false: only labels are read. */
  readonly points: boolean;
  readonly onBytes?: ((read: number, size: number) => void) | undefined;
}

/** What a command works on. */
export interface LoadedData {
  /** The file, as it was named. */
  readonly name: string;
  readonly n: number;
  readonly points: FlatMatrix;
  readonly labels: readonly Label[];
  /** Where the labels came from, in words. */
  readonly labelsFrom: string;
  /** Labels of the further columns of labels. */
  readonly beside: ReadonlyArray<{ readonly name: string; readonly labels: readonly Label[] }>;
  /** Names of the columns of the points. */
  readonly columns: readonly string[];
  /** What each column of the file is. */
  readonly uses: readonly ColumnUse[];
  readonly sources: FeatureSources;
  readonly spaces: Readonly<Record<string, FlatMatrix>>;
  readonly reading: Reading;
  /** Row of the file at each row, counted from 0 without the line of names. */
  readonly fileRows: readonly number[];
  /** Where the rows and columns stand in the file, of the points ('') and of each space ('spaces.' and its name). */
  readonly places: TablePlaces;
}

/** Reads a file (or '-') into points, labels and spaces. @throws InputError, ShapeError. */
export async function loadData(path: string, options: LoadOptions): Promise<LoadedData> {
  const { label, labels, features, spaces: named = [], format, header, points, minClassSize, only, onBytes } = options;
  // In an archive of arrays a plain word names one of them.
  const within = extensionOf(path) === 'npz' && labels !== undefined && /^\w+$/.test(labels);
  const read = await readLabelledRows(watched(await fileSource(path), onBytes), {
    label: within ? labels : label,
    labels: labels === undefined || within ? undefined : await fileSource(labels),
    beside: options.beside,
    unlabelled: options.unlabelled,
    features,
    oneHot: options.oneHot,
    categories: options.metric === 'gower',
    knownCategories: options.knownCategories,
    spaces: named,
    format,
    header,
    delimiter: options.delimiter,
    decimal: options.decimal,
    comment: options.comment,
    orient: options.orient,
    array: options.array,
    condensed: options.metric === 'precomputed',
    dropMissing: options.dropMissing ?? false,
    literalLabels: options.literalLabels ?? false,
    points,
  });
  const notes = [...read.notes];
  let { labels: kept, beside, spaces, places, fileRows } = read;
  const keep = (rows: ArrayLike<number>) => {
    kept = Array.from(rows, (i) => kept[i]!);
    beside = beside.map((column) => ({ ...column, labels: Array.from(rows, (i) => column.labels[i]!) }));
    fileRows = Array.from(rows, (i) => fileRows[i]!);
    places = Array.from(rows, (i) => places[i]!);
    spaces = spaces.map((space) => ({ ...space, points: pickRows(space.points, rows) }));
  };
  if (minClassSize !== undefined) {
    const filtered = filterByClassSize(kept, { min: minClassSize });
    if (filtered.indices.length === 0) {
      throw new InputError(
        'empty',
        `${read.name}: --min-class-size must leave some rows, got none at ${minClassSize} (the largest class has ${filtered.dropped[0]!.count}); lower it`,
      );
    }
    if (filtered.indices.length < kept.length) notes.push(filtered.summary.text);
    keep(filtered.indices);
  }
  if (only !== undefined) {
    const rows = kept.flatMap((label, i) => (only.has(label) ? [i] : []));
    if (rows.length < kept.length)
      notes.push(`${kept.length - rows.length} rows have labels that the data do not have`);
    keep(rows);
  }
  const { keepIdentifiers, keepConstants = false, metric } = options;
  const looked = lookedAt(
    read,
    { kept, space: spaces[0] },
    {
      keepIdentifiers,
      keepConstants: keepConstants || takesWholeRows(metricFromText('--metric', metric)),
      distances: metric === 'precomputed',
    },
  );
  spaces = looked.space === undefined ? spaces : [looked.space, ...spaces.slice(1)];
  notes.push(...looked.notes);
  const [input, ...others] = spaces;
  return {
    name: read.name,
    n: kept.length,
    points: input?.points ?? { data: new Float64Array(0), rows: kept.length, columns: 0 },
    labels: kept,
    labelsFrom: read.labelsFrom,
    beside,
    columns: input?.columns ?? [],
    uses: looked.uses,
    sources: looked.sources,
    spaces: Object.fromEntries(others.map((space) => [space.name, space.points])),
    fileRows,
    places: Object.fromEntries(
      spaces.map(({ name, columns }, s) => [
        s === 0 ? '' : `spaces.${name}`,
        { unit: read.unit, rows: places, columns },
      ]),
    ),
    reading: {
      rows: read.rows,
      dropped: read.dropped,
      unlabelled: read.unlabelled,
      unreadable: read.unreadable,
      notes,
    },
  };
}

/** Checks that a name on the command line is the name of a space. */
export function requireSpace(option: string, name: string | undefined, spaces: readonly string[]): void {
  const known = ['input', ...spaces];
  if (name === undefined || known.includes(name)) return;
  throw new InputError(
    'unknown-name',
    `${option}: must name a space, got '${name}'${didYouMean(name, known)} (spaces are ${known.join(', ')}; add one with --space NAME=COLUMNS)`,
  );
}
