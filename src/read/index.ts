export type { ColumnRole, ColumnUse } from '../data/column-use.js';
export type { Format } from './formats.js';
export type { Orient } from './pandas-json.js';
export { type ReadTable, type ReadTableOptions, readTable } from './read-table.js';
export type { TableInput } from './source-of.js';
