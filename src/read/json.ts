import { show } from '../core/errors.js';
import { parseExactly } from './exact-json.js';
import { malformed } from './malformed.js';
import { orientOf, rowsOfOrient } from './pandas-json.js';
import { asRecord, type PlacedRecord, tableOfRecords } from './records.js';
import type { Source } from './source.js';
import type { ReadSettings, Table } from './table.js';
import { textOf } from './text-chunks.js';

function parseJson(name: string, text: string): unknown {
  try {
    return parseExactly(text);
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    const before = position === undefined ? undefined : text.slice(0, Number(position)).split('\n');
    const place =
      before === undefined ? '' : ` (line ${before.length}, column ${before[before.length - 1]!.length + 1})`;
    throw malformed(
      name,
      `must be JSON, got: ${message.replace(/\s+/g, ' ')}${place}; for one object per line use --format jsonl`,
    );
  }
}

async function* fromObjects(name: string, rows: readonly unknown[]): AsyncGenerator<PlacedRecord> {
  for (const [i, row] of rows.entries()) yield asRecord(name, 'row', row, i + 1);
}

function isArray(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

async function* fromPoints(name: string, points: readonly unknown[], labels: unknown): AsyncGenerator<PlacedRecord> {
  if (labels !== undefined && (!isArray(labels) || labels.length !== points.length)) {
    throw malformed(
      name,
      `labels must be an array with one label per row of points, got ${points.length} rows and ${isArray(labels) ? `${labels.length} labels` : show(labels)}`,
    );
  }
  for (const [i, point] of points.entries()) {
    if (!isArray(point)) {
      throw malformed(name, `every row of points must be an array of numbers, got ${show(point)} in row ${i + 1}`);
    }
    yield { record: labels === undefined ? { x: point } : { x: point, label: labels[i] }, at: i + 1 };
  }
}

/**
 * An array of objects, an array of rows of numbers, `{ "points": [[...]], "labels": [...] }`, or what pandas
 * writes with any of its orientations.
 */
export async function readJson(source: Source, { orient }: ReadSettings): Promise<Table> {
  const { name } = source;
  const given = parseJson(name, await textOf(source));
  const { points, labels } = (isArray(given) ? {} : (given ?? {})) as { points?: unknown; labels?: unknown };
  if (orient === undefined && isArray(points)) return tableOfRecords(name, 'row', fromPoints(name, points, labels));
  const found = orient ?? orientOf(name, given);
  const value = found === undefined ? given : rowsOfOrient(name, found, given);
  if (!isArray(value)) {
    throw malformed(name, `must be an array of objects, or an object with points and labels, got ${show(value)}`);
  }
  if (['string', 'number', 'boolean'].includes(typeof value[0])) {
    throw malformed(
      name,
      `must be an array of objects or of rows, got ${show(value[0])} in it; for labels write one per line into a text file`,
    );
  }
  return tableOfRecords(name, 'row', isArray(value[0]) ? fromPoints(name, value, undefined) : fromObjects(name, value));
}
