import { show } from '../core/errors.js';
import { readNumber } from './read-number.js';
import type { Column, Row, Table } from './table.js';

const MOST = 4;

/** Columns that were left out as text, each with the first value that is no number. */
export function textColumns(ignored: readonly number[], rows: readonly Row[], table: Table): string[] {
  if (ignored.length === 0) return [];
  const { columns, unit, decimalComma = false } = table;
  const named = ignored.map((j) => {
    const row = rows.find(({ cells }) => readNumber(cells[j], decimalComma) === null);
    const example = row === undefined ? '' : ` (${show(row.cells[j])} in ${unit} ${row.at})`;
    return `'${columns[j]!.name}'${example}`;
  });
  const more = named.length > MOST ? ` and ${named.length - MOST} more` : '';
  return [`left out columns of text: ${named.slice(0, MOST).join(', ')}${more}`];
}

/** Names that look like values: the file may have no line of names. */
export function namesLikeValues(columns: readonly Column[]): string[] {
  const value = columns.find(({ name }) => /^[+-]?\d*\.\d+(e[+-]?\d+)?$/i.test(name));
  if (value === undefined) return [];
  return [
    `the first line was taken for names, and ${show(value.name)} looks like data; if it is, read it with --no-header`,
  ];
}
