import { show } from '../core/errors.js';
import type { FlatMatrix, Label } from '../core/types.js';
import { isMissingLabel, labelOf, refuseDamaged, requireExact } from './label-values.js';
import { malformed } from './malformed.js';
import { MissingValues } from './missing-values.js';
import { readNumber } from './read-number.js';
import { namesLikeValues, textColumns } from './reading-notes.js';
import { RowBuffer } from './row-buffer.js';
import { rowCounters } from './row-counters.js';
import { type ColumnKind, type Selection, selectColumns, type Wanted } from './select-columns.js';
import type { Cell, Row, Table } from './table.js';

/** Rows from which it is told which columns hold numbers. */
const PROBED = 1000;
/** Whole numbers with at most this many different values may be labels. */
const FEW = 50;

export interface Collected {
  /** Rows that are used. */
  readonly n: number;
  /** null: from another file. */
  readonly labels: readonly Label[] | null;
  readonly labelName: string | null;
  /** Labels of the further columns of labels. */
  readonly beside: ReadonlyArray<{ readonly name: string; readonly labels: readonly Label[] }>;
  readonly spaces: ReadonlyArray<{
    readonly name: string;
    readonly points: FlatMatrix;
    readonly columns: readonly string[];
  }>;
  /** Line or number in the file of each row that is used. */
  readonly places: readonly number[];
  /** Positions among all rows of those that were dropped for a missing value. */
  readonly dropped: readonly number[];
  /** Of these, rows that have no label. */
  readonly unlabelled: number;
  /** The first word for a missing value that stands where a label should. */
  readonly word: string | undefined;
  /** What the user should know of how the file was read. */
  readonly notes: readonly string[];
}

export interface CollectOptions {
  readonly wanted: Wanted;
  readonly dropMissing: boolean;
  /** NA, None and the like are labels. */
  readonly literalLabels: boolean;
}

function kindOf(rows: readonly Row[], column: number, decimalComma: boolean): ColumnKind {
  const distinct = new Set<number>();
  let whole = true;
  for (const { cells } of rows) {
    const value = readNumber(cells[column], decimalComma);
    if (value === null) return 'text';
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) whole = false;
    if (distinct.size <= FEW) distinct.add(value);
  }
  return whole && distinct.size > 1 && distinct.size <= FEW && distinct.size < rows.length / 2 ? 'few' : 'number';
}

/** Reads all rows of a table into matrices of the chosen columns, and labels. */
export async function collect(
  table: Table,
  { wanted, dropMissing, literalLabels }: CollectOptions,
): Promise<Collected> {
  const { name: file, columns, unit, decimalComma = false } = table;
  const incoming = table.rows[Symbol.asyncIterator]();
  const probed: Row[] = [];
  while (probed.length < PROBED) {
    const item = await incoming.next();
    if (item.done) break;
    probed.push(item.value);
  }
  if (probed.length === 0) throw malformed(file, 'must have rows below the column names, got none');
  const kinds = columns.map((_, j) => kindOf(probed, j, decimalComma));
  const selection: Selection = selectColumns(file, columns, kinds, wanted);
  const labelColumns = [...(selection.label === null ? [] : [selection.label]), ...selection.beside];
  table.needOnly?.([...selection.spaces.flatMap((space) => space.columns), ...labelColumns]);
  const ofText = textColumns(selection.ignored, probed, table);
  const buffers = selection.spaces.map((space) => new RowBuffer(space.columns.length));
  const scratch = selection.spaces.map((space) => new Float64Array(space.columns.length));
  const labels = labelColumns.map((): Label[] => []);
  const known = new Map<Cell, Label>();
  const missing = new MissingValues();
  const dropped: number[] = [];
  const places: number[] = [];
  let n = 0;

  function take({ cells, at }: Row): void {
    const place = `${unit} ${at}`;
    let complete = true;
    for (const column of labelColumns) {
      if (!isMissingLabel(cells[column], literalLabels)) continue;
      complete = false;
      missing.addLabel(columns[column]!.name, place, cells[column]);
    }
    for (const [s, space] of selection.spaces.entries()) {
      const row = scratch[s]!;
      for (let j = 0; j < space.columns.length; j++) {
        const column = space.columns[j]!;
        const value = readNumber(cells[column], decimalComma);
        if (value === null) {
          const { name } = columns[column]!;
          throw malformed(
            file,
            `every value of a feature must be a number, got ${show(cells[column])} at ${place}, column '${name}'; correct it, leave the column out with --features '!${name}', or if it holds the labels give --label ${name}`,
          );
        }
        if (Number.isNaN(value)) {
          complete = false;
          missing.add(columns[column]!.name, place, cells[column]);
        }
        row[j] = value;
      }
    }
    n++;
    if (!complete) {
      missing.rows++;
      dropped.push(n - 1);
      return;
    }
    places.push(at);
    for (const [s, row] of scratch.entries()) buffers[s]!.push(row);
    for (const [l, column] of labelColumns.entries()) {
      const label = cells[column];
      // One copy of each label: a text cut out of a line would keep the whole line in memory.
      if (!known.has(label)) {
        requireExact(file, label, `${place}, column '${columns[column]!.name}'`);
        known.set(label, labelOf(label));
      }
      labels[l]!.push(known.get(label)!);
    }
  }

  for (const row of probed) take(row);
  probed.length = 0;
  for (let item = await incoming.next(); !item.done; item = await incoming.next()) take(item.value);
  refuseDamaged(file, known.values());
  if (missing.values > 0 && !dropMissing) throw missing.error(file, n);
  if (dropped.length === n) {
    throw malformed(
      file,
      `must have a row without missing values, got none among ${n}; look at ${missing.first!.place}`,
    );
  }
  const spaces = selection.spaces.map(({ name, columns: chosen }, s) => {
    const rows = buffers[s]!.rows;
    return {
      name,
      columns: chosen.map((j) => columns[j]!.name),
      points: { data: buffers[s]!.take(), rows, columns: chosen.length },
    };
  });
  const notes: string[] = [];
  if (dropped.length > 0) {
    const of = missing.unlabelled === 0 ? '' : ` (${missing.unlabelled} without a label)`;
    notes.push(`dropped ${dropped.length} of ${n} rows with missing values${of}, the first at ${missing.first!.place}`);
  }
  notes.push(...ofText, ...namesLikeValues(columns));
  for (const { points, columns: names } of spaces) notes.push(...rowCounters(points, names));
  return {
    n: n - dropped.length,
    labels: selection.label === null ? null : labels[0]!,
    labelName: selection.label === null ? null : columns[selection.label]!.name,
    beside: selection.beside.map((column, b) => ({
      name: columns[column]!.name,
      labels: labels[labelColumns.length - selection.beside.length + b]!,
    })),
    spaces,
    places,
    dropped,
    unlabelled: missing.unlabelled,
    word: missing.word,
    notes,
  };
}
