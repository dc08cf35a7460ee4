import { InputError, show } from '../core/errors.js';
import { malformed } from './malformed.js';

/** The orientations of `DataFrame.to_json`. */
export const ORIENTS = ['records', 'columns', 'index', 'split', 'values', 'table'] as const;

export type Orient = (typeof ORIENTS)[number];

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const counts = (keys: readonly string[]) => keys.every((key, i) => key === String(i));

/** Columns below their names, or rows below theirs: the one whose keys count from 0 are rows. */
function orientOfNested(name: string, value: Fields): Orient {
  const [outer, inner] = [Object.keys(value), Object.keys(Object.values(value)[0] as Fields)];
  if (counts(inner) && !counts(outer)) return 'columns';
  if (counts(outer) && !counts(inner)) return 'index';
  throw new InputError(
    'unknown-name',
    `${name}: needs to know whether objects in the object are columns or rows, got ${show(outer[0])} above ${show(inner[0])}; say --orient columns or --orient index`,
  );
}

/** The orientation that a value of JSON has; undefined for one that is none of pandas' (or is plain records). */
export function orientOf(name: string, value: unknown): Orient | undefined {
  if (!isFields(value)) return undefined;
  if (Array.isArray(value.columns) && Array.isArray(value.data)) return 'split';
  if (isFields(value.schema) && Array.isArray(value.data)) return 'table';
  const inner = Object.values(value);
  return inner.length > 0 && inner.every(isFields) ? orientOfNested(name, value) : undefined;
}

function wrong(name: string, orient: Orient, needs: string, value: unknown): InputError {
  return malformed(name, `must be ${needs} as pandas writes with orient='${orient}', got ${show(value)}`);
}

function ofColumns(columns: Fields): unknown[] {
  const rows = new Map<string, Record<string, unknown>>();
  for (const [column, cells] of Object.entries(columns)) {
    for (const [index, cell] of Object.entries(cells as Fields)) {
      const row = rows.get(index) ?? {};
      row[column] = cell;
      rows.set(index, row);
    }
  }
  return [...rows.values()];
}

function ofSplit(name: string, { columns, data }: Fields): unknown[] {
  const names = (columns as unknown[]).map(String);
  return (data as unknown[]).map((row, i) => {
    if (Array.isArray(row) && row.length === names.length) {
      return Object.fromEntries(names.map((column, j) => [column, row[j]]));
    }
    throw malformed(
      name,
      `every row of data must have ${names.length} values, one for each column, got ${Array.isArray(row) ? row.length : show(row)} in row ${i + 1}`,
    );
  });
}

/** Its index is a column of `table` too, and no feature. */
function ofTable({ schema, data }: Fields): unknown[] {
  const key = (schema as Fields).primaryKey;
  const index = new Set(Array.isArray(key) ? key : []);
  return (data as unknown[]).map((row) =>
    isFields(row) ? Object.fromEntries(Object.entries(row).filter(([column]) => !index.has(column))) : row,
  );
}

/** A table of pandas as an array of one object for each row, or of rows of values ('values'). */
export function rowsOfOrient(name: string, orient: Orient, value: unknown): unknown[] {
  const nested = isFields(value) && Object.values(value).every(isFields);
  switch (orient) {
    case 'records':
    case 'values':
      if (Array.isArray(value)) return value;
      throw wrong(name, orient, 'an array', value);
    case 'columns':
      if (nested) return ofColumns(value);
      throw wrong(name, orient, 'an object of columns', value);
    case 'index':
      if (nested) return Object.values(value);
      throw wrong(name, orient, 'an object of rows', value);
    case 'split':
      if (isFields(value) && Array.isArray(value.columns) && Array.isArray(value.data)) return ofSplit(name, value);
      throw wrong(name, orient, 'an object with columns and data', value);
    case 'table':
      if (isFields(value) && isFields(value.schema) && Array.isArray(value.data)) return ofTable(value);
      throw wrong(name, orient, 'an object with schema and data', value);
  }
}
