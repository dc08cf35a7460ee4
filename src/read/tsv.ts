import { readDelimited } from './delimited.js';
import type { ReadSettings, Source, Table } from './table.js';

/** Values between tabs. */
export function readTsv(source: Source, settings: ReadSettings): Promise<Table> {
  return readDelimited(source, '\t', settings);
}
