import { parseExactly } from './exact-json.js';
import { malformed } from './malformed.js';
import { asRecord, type PlacedRecord, tableOfRecords } from './records.js';
import type { Source } from './source.js';
import type { Table } from './table.js';
import { textLines } from './text-lines.js';

async function* recordsOf(source: Source): AsyncGenerator<PlacedRecord> {
  for await (const { text, at } of textLines(source)) {
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = parseExactly(text);
    } catch (error) {
      throw malformed(source.name, `line ${at} must be JSON, one object per line, got: ${(error as Error).message}`);
    }
    yield asRecord(source.name, 'line', value, at);
  }
}

/** One JSON object per line; empty lines are passed over. */
export function readJsonl(source: Source): Promise<Table> {
  return tableOfRecords(source.name, 'line', recordsOf(source));
}
