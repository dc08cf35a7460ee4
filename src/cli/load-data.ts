import { InputError, ShapeError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import type { FlatMatrix, Label } from '../core/types.js';
import type { Reading } from '../diagnose/types.js';
import { filterByClassSize } from '../imbalance/filter-by-class-size.js';
import { type Collected, collect } from '../read/collect.js';
import type { Format } from '../read/formats.js';
import { readLabelFile } from '../read/label-file.js';
import { lookalikes } from '../read/label-values.js';
import { literally } from '../read/missing-values.js';
import { openTable } from '../read/open-table.js';
import type { Wanted } from '../read/select-columns.js';
import type { TablePlaces } from './file-places.js';

export interface LoadOptions {
  readonly label?: string | undefined;
  /** File of labels. */
  readonly labels?: string | undefined;
  readonly features?: string | undefined;
  readonly spaces?: Wanted['spaces'] | undefined;
  readonly format?: Format | undefined;
  readonly header: boolean;
  readonly dropMissing?: boolean | undefined;
  /** NA, None and the like are labels. */
  readonly literalLabels?: boolean | undefined;
  readonly minClassSize?: number | undefined;
  /** Keep only these labels. */
  readonly only?: ReadonlySet<Label> | undefined;
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
  /** Names of the columns of the points. */
  readonly columns: readonly string[];
  readonly spaces: Readonly<Record<string, FlatMatrix>>;
  readonly reading: Reading;
  /** Row of the file at each row, counted from 0 without the line of names. */
  readonly fileRows: readonly number[];
  /** Where the rows and columns stand in the file, of the points ('') and of each space ('spaces.' and its name). */
  readonly places: TablePlaces;
}

function pickRows({ data, columns }: FlatMatrix, rows: ArrayLike<number>): FlatMatrix {
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
  { label, labels, dropMissing, literalLabels = false }: LoadOptions,
): Promise<{ values: ReadonlyArray<Label | null>; unlabelled: number; notes: readonly string[] }> {
  if (labels === undefined) return { values: read.labels!, unlabelled: read.unlabelled, notes: [] };
  const found = await readLabelFile(labels, label, literalLabels);
  const all = read.n + read.dropped.length;
  if (found.labels.length !== all) {
    const header = found.labels.length === all + 1 ? '; if its first line is a heading, call it .csv' : '';
    throw new ShapeError(
      'length-mismatch',
      `${labels}: must hold one label for each of the ${all} rows of ${name}, got ${found.labels.length}${header}`,
    );
  }
  const unlabelled = found.labels.filter((value) => value === null).length;
  if (unlabelled > 0 && dropMissing !== true) {
    throw new InputError(
      'missing-label',
      `${labels}: every row must have a label, got ${unlabelled} missing among ${all}, the first for row ${found.labels.indexOf(null) + 1}; fill them in, or leave out these rows with --drop-missing${literally(found.word)}`,
    );
  }
  const dropped = new Set(read.dropped);
  return { values: found.labels.filter((_, i) => !dropped.has(i)), unlabelled, notes: found.notes };
}

/** Reads a file (or '-') into points, labels and spaces. @throws InputError, ShapeError. */
export async function loadData(path: string, options: LoadOptions): Promise<LoadedData> {
  const { format, header, onBytes, features, points, minClassSize, only } = options;
  const table = await openTable(path, { format, header, onBytes });
  const { name } = table;
  const wanted: Wanted = {
    label: options.label,
    labelsElsewhere: options.labels !== undefined,
    features,
    spaces: options.spaces ?? [],
    points,
  };
  const { dropMissing = false, literalLabels = false } = options;
  const read = await collect(table, { wanted, dropMissing, literalLabels });
  const found = await labelsOf(name, read, options);
  const notes = [...read.notes, ...found.notes];
  let kept = found.values as readonly Label[];
  let spaces = read.spaces;
  const droppedRows = new Set(read.dropped);
  let places = read.places;
  let fileRows = Array.from({ length: read.n + read.dropped.length }, (_, i) => i).filter((i) => !droppedRows.has(i));
  const keep = (rows: ArrayLike<number>) => {
    kept = Array.from(rows, (i) => kept[i]!);
    fileRows = Array.from(rows, (i) => fileRows[i]!);
    places = Array.from(rows, (i) => places[i]!);
    spaces = spaces.map((space) => ({ ...space, points: pickRows(space.points, rows) }));
  };
  const labelled = found.values.flatMap((label, i) => (label === null ? [] : [i]));
  const without = found.values.length - labelled.length;
  if (without > 0) {
    if (labelled.length === 0) throw new InputError('empty', `${options.labels}: some row must have a label, got none`);
    notes.unshift(`dropped ${without} of ${found.values.length} rows without a label in ${options.labels}`);
    keep(labelled);
  }
  notes.push(...lookalikes(kept));
  if (minClassSize !== undefined) {
    const filtered = filterByClassSize(kept, { min: minClassSize });
    if (filtered.indices.length === 0) {
      throw new InputError(
        'empty',
        `${name}: --min-class-size must leave some rows, got none at ${minClassSize} (the largest class has ${filtered.dropped[0]!.count}); lower it`,
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
  const [input, ...others] = spaces;
  return {
    name,
    n: kept.length,
    points: input?.points ?? { data: new Float64Array(0), rows: kept.length, columns: 0 },
    labels: kept,
    labelsFrom: options.labels ?? `column '${read.labelName}'`,
    columns: input?.columns ?? [],
    spaces: Object.fromEntries(others.map((space) => [space.name, space.points])),
    fileRows,
    places: Object.fromEntries(
      spaces.map(({ columns }, s) => [
        s === 0 ? '' : `spaces.${spaces[s]!.name}`,
        { unit: table.unit, rows: places, columns },
      ]),
    ),
    reading: {
      rows: read.n + read.dropped.length,
      dropped: read.dropped.length + without,
      unlabelled: found.unlabelled,
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
