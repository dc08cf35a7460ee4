import { show } from '../core/errors.js';
import type { ColumnProfile } from './column-profile.js';
import type { Column, Table } from './table.js';

const MOST = 4;

/** Columns that were left out as text, each with the first value that is no number. */
export function textColumns(
  ignored: readonly number[],
  profiles: readonly ColumnProfile[],
  { columns, unit }: Pick<Table, 'columns' | 'unit'>,
): string[] {
  if (ignored.length === 0) return [];
  const named = ignored.map((j) => {
    const { example } = profiles[j]!;
    const shown = example === undefined ? '' : ` (${show(example.cell)} in ${unit} ${example.at})`;
    return `'${columns[j]!.name}'${shown}`;
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
