import { show } from '../core/errors.js';
import { delimitedValues } from './delimited-values.js';
import { malformed } from './malformed.js';
import type { NumberStyle } from './number-style.js';
import type { Source } from './source.js';
import type { Column, ReadSettings, Row, Table } from './table.js';
import { textChunks } from './text-chunks.js';
import { linesOf } from './text-lines.js';

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text.replace(',', '.')));
}

/** 0, 1, 2, ...: the names that pandas gives to columns without any. */
function counts(record: readonly string[]): boolean {
  return record.every((text, j) => text.trim() === String(j));
}

function headerOf(name: string, record: readonly string[], { header, labelsOnly }: ReadSettings): Column[] {
  if (!header) return record.map((_, j) => ({ name: `column_${j + 1}` }));
  // One column of labels: how many there are tells whether its first line is one.
  const mayBeLabel = labelsOnly === true && record.length === 1;
  if (record.length > 0 && record.every(isNumber) && !mayBeLabel && !(counts(record) && record.length > 1)) {
    throw malformed(
      name,
      `the first line must name the columns, got only numbers (${show(record.slice(0, 3).join(', '))} ...); add a line of names, or read it with --no-header`,
    );
  }
  const first = new Map<string, number>();
  return record.map((cell, j) => {
    const text = cell.trim();
    const column = text === '' ? `column_${j + 1}` : text;
    const before = first.get(column);
    if (before !== undefined) {
      throw malformed(
        name,
        `column names must differ, got ${show(column)} in columns ${before + 1} and ${j + 1} of line 1; rename one of them`,
      );
    }
    first.set(column, j);
    return text === '' ? { name: column, unnamed: true } : { name: column };
  });
}

/** R writes a table with row names and no name above them: each line has one value more than the line of names. */
function hasRowNames(names: readonly string[], values: readonly string[] | undefined): boolean {
  return values !== undefined && values.length === names.length + 1 && values[values.length - 1]!.trim() !== '';
}

/** What the first lines show of a file. */
export interface DelimitedLayout {
  /** Space beside a delimiter is no part of the value. */
  readonly padded?: boolean;
  /** The first line names the delimiter: sep=; */
  readonly separatorLine?: boolean;
}

/** Where commas stand between the values, they are no part of numbers, unless it is said what they are. */
function styleOf(delimiter: string, decimal: ReadSettings['decimal']): NumberStyle {
  if (decimal !== undefined) return decimal === ',' ? 'comma' : 'point';
  return delimiter === ',' ? 'plain' : 'either';
}

/**
 * Rows of values between delimiters, quoted where needed (RFC 4180), with or without a line of names.
 * Space beside a delimiter belongs to the value, unless the file is `padded`.
 */
export async function readDelimited(
  source: Source,
  delimiter: string,
  { padded = false, separatorLine = false, ...settings }: ReadSettings & DelimitedLayout,
): Promise<Table> {
  const { name } = source;
  const { header, comment } = settings;
  const lines = linesOf(name, textChunks(source), '"');
  const next = async (): Promise<{ values: readonly string[]; at: number } | undefined> => {
    for (let item = await lines.next(); !item.done; item = await lines.next()) {
      const { text, at } = item.value;
      if (text === '' || (comment !== undefined && text.startsWith(comment))) continue;
      const values = delimitedValues(text, delimiter, padded);
      if (!('fault' in values)) return { values, at };
      throw malformed(
        name,
        `quotes must open at the start of a value and close at its end, with no space beside them, got ${values.fault} of line ${at}; write a quote inside a value as ""`,
      );
    }
    return undefined;
  };
  if (separatorLine) await next();
  const top = await next();
  if (top === undefined) throw malformed(name, 'must have a line of column names and rows below it, got nothing');
  const second = header ? await next() : top;
  const rowNames = header && hasRowNames(top.values, second?.values);
  const columns = headerOf(name, rowNames ? ['', ...top.values] : top.values, settings);
  async function* rows(): AsyncGenerator<Row> {
    for (let row = second; row !== undefined; row = await next()) {
      const { values, at } = row;
      if (columns.length > 1 && values.length === 1 && values[0]!.trim() === '') continue;
      if (values.length !== columns.length) {
        const first = header ? (rowNames ? 'the first row' : 'line 1') : `line ${top!.at}`;
        throw malformed(
          name,
          `every line must have as many values as ${first} has, got ${columns.length} there and ${values.length} in line ${at}; look for a missing or an extra ${delimiter === '\t' ? 'tab' : show(delimiter)}${values[0]!.startsWith('#') ? "; if # begins a comment, say --comment '#'" : ''}`,
        );
      }
      yield { cells: values, at };
    }
  }
  return { name, columns, unit: 'line', rows: rows(), numbers: styleOf(delimiter, settings.decimal) };
}
