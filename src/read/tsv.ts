import { readDelimited } from './delimited.js';
import type { Source } from './source.js';
import type { ReadSettings, Table } from './table.js';

/** Values between tabs. */
export function readTsv(source: Source, settings: ReadSettings): Promise<Table> {
  return readDelimited(source, '\t', settings);
}
