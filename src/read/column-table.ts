import { show } from '../core/errors.js';
import { malformed } from './malformed.js';
import type { Cell, Column, Row, Table } from './table.js';

/** Some rows of a file that stores its columns apart: the values of each column, in the order of the names. */
export interface ColumnBatch {
  readonly rows: number;
  /** undefined: not read, since nobody needs it. */
  readonly values: readonly (ArrayLike<unknown> | undefined)[];
}

export interface ColumnFile {
  readonly name: string;
  readonly columns: readonly string[];
  /** The rows of the file in batches; of columns for which `needs` is false, values may be left out. */
  readonly batches: (needs: (column: string) => boolean) => AsyncIterable<ColumnBatch>;
}

interface Layout {
  /** Places of a list column; undefined: a column of single values. */
  readonly width: number | undefined;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value !== 'object') return value as Cell;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

function layoutOf({ rows, values }: ColumnBatch): Layout[] {
  return values.map((column) => {
    for (let i = 0; i < rows; i++) {
      const value = column?.[i];
      if (value !== null && value !== undefined) return { width: isList(value) ? value.length : undefined };
    }
    return { width: undefined };
  });
}

/** The values of one column, into the cells of the rows from place `at` of each on. */
function spread(
  file: ColumnFile,
  j: number,
  width: number,
  batch: ColumnBatch,
  cells: Cell[][],
  at: number,
  first: number,
) {
  const column = batch.values[j]!;
  for (let i = 0; i < batch.rows; i++) {
    const value = column[i];
    const row = cells[i]!;
    if (isList(value) && value.length === width) {
      for (let k = 0; k < width; k++) row[at + k] = cellOf(value[k]);
    } else if (value === null || value === undefined) {
      for (let k = 0; k < width; k++) row[at + k] = null;
    } else {
      const got = isList(value) ? `${value.length}` : show(value);
      throw malformed(
        file.name,
        `'${file.columns[j]}' must hold as many values in every row as in the first (${width}), got ${got} in row ${first + i}`,
      );
    }
  }
}

function cellsOf(
  file: ColumnFile,
  batch: ColumnBatch,
  layout: readonly Layout[],
  total: number,
  first: number,
): Cell[][] {
  const cells = Array.from({ length: batch.rows }, () => new Array<Cell>(total));
  let at = 0;
  for (const [j, { width }] of layout.entries()) {
    const column = batch.values[j];
    if (column === undefined) {
      at += width ?? 1;
    } else if (width === undefined) {
      for (let i = 0; i < batch.rows; i++) cells[i]![at] = cellOf(column[i]);
      at++;
    } else {
      spread(file, j, width, batch, cells, at, first);
      at += width;
    }
  }
  return cells;
}

/** A table of a file that stores its columns apart. After `needOnly` the cells of other columns stay empty. */
export async function tableOfColumns(file: ColumnFile): Promise<Table> {
  let needed: ReadonlySet<string> | undefined;
  const batches = file.batches((column) => needed === undefined || needed.has(column))[Symbol.asyncIterator]();
  let batch = await batches.next();
  while (!batch.done && batch.value.rows === 0) batch = await batches.next();
  if (batch.done) throw malformed(file.name, 'must have at least one row, got none');
  const layout = layoutOf(batch.value);
  const columns = layout.flatMap(({ width }, j): Column[] => {
    const name = file.columns[j]!;
    return width === undefined
      ? [{ name }]
      : Array.from({ length: width }, (_, k) => ({ name: `${name}[${k}]`, group: name }));
  });
  async function* rows(): AsyncGenerator<Row> {
    let first = 1;
    for (; !batch.done; batch = await batches.next()) {
      const cells = cellsOf(file, batch.value, layout, columns.length, first);
      for (let i = 0; i < cells.length; i++) yield { cells: cells[i]!, at: first + i };
      first += cells.length;
    }
  }
  return {
    name: file.name,
    unit: 'row',
    columns,
    rows: rows(),
    needOnly: (places) => {
      needed = new Set(places.map((j) => columns[j]!.group ?? columns[j]!.name));
    },
  };
}
