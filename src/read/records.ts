import { show } from '../core/errors.js';
import { malformed } from './malformed.js';
import type { Cell, Column, Row, Table } from './table.js';

/** A row by the names of its columns, and where it stands. */
export interface PlacedRecord {
  readonly record: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** Rows that are read before the columns are settled: formats of records may leave a name out. */
const FIRST_ROWS = 1000;

interface Field {
  readonly key: string;
  /** Places of a list column; undefined: a column of single values. */
  readonly width: number | undefined;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function fieldsOf(first: readonly PlacedRecord[]): Field[] {
  const fields = new Map<string, number | undefined>();
  for (const { record } of first) {
    for (const key of Object.keys(record)) {
      const value = record[key];
      if (!fields.has(key) || (fields.get(key) === undefined && isList(value))) {
        fields.set(key, isList(value) ? value.length : undefined);
      }
    }
  }
  return Array.from(fields, ([key, width]) => ({ key, width }));
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value !== 'object') return value as Cell;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

function columnsOf(fields: readonly Field[]): Column[] {
  return fields.flatMap(({ key, width }): Column[] =>
    width === undefined
      ? [{ name: key }]
      : Array.from({ length: width }, (_, j) => ({ name: `${key}[${j}]`, group: key })),
  );
}

/**
 * A table of records. A column of lists becomes one column per place, `embedding[0]` and on, which
 * can be named together by `embedding`. A name that a record leaves out is a missing value.
 */
export async function tableOfRecords(
  name: string,
  unit: 'line' | 'row',
  records: AsyncIterable<PlacedRecord>,
): Promise<Table> {
  const rest = records[Symbol.asyncIterator]();
  const first: PlacedRecord[] = [];
  while (first.length < FIRST_ROWS) {
    const { value, done } = await rest.next();
    if (done) break;
    first.push(value);
  }
  if (first.length === 0) throw malformed(name, 'must have at least one row, got none');
  const fields = fieldsOf(first);

  function cells({ record, at }: PlacedRecord): Cell[] {
    const row: Cell[] = [];
    for (const { key, width } of fields) {
      const value = record[key];
      if (width === undefined) {
        row.push(cellOf(value));
      } else if (isList(value) && value.length === width) {
        for (let j = 0; j < width; j++) row.push(cellOf(value[j]));
      } else if (value === null || value === undefined) {
        for (let j = 0; j < width; j++) row.push(null);
      } else {
        const got = isList(value) ? `${value.length}` : show(value);
        throw malformed(
          name,
          `'${key}' must hold as many values in every ${unit} as in the first (${width}), got ${got} in ${unit} ${at}`,
        );
      }
    }
    return row;
  }
  async function* rows(): AsyncGenerator<Row> {
    for (const placed of first) yield { cells: cells(placed), at: placed.at };
    first.length = 0;
    for (let item = await rest.next(); !item.done; item = await rest.next()) {
      yield { cells: cells(item.value), at: item.value.at };
    }
  }
  return { name, unit, columns: columnsOf(fields), rows: rows() };
}

/** Checks that a value of JSON is an object that can be a row. */
export function asRecord(name: string, unit: 'line' | 'row', value: unknown, at: number): PlacedRecord {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { record: value as Record<string, unknown>, at };
  }
  throw malformed(
    name,
    `every ${unit} must be an object such as {"x": 1, "y": 2, "label": "a"}, got ${show(value)} in ${unit} ${at}`,
  );
}
