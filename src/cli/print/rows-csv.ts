import type { SuspiciousRow } from '../../studies/rows/suspicious-rows.js';
import { csvField } from './csv-field.js';

const COLUMNS = ['data_row', 'label', 'nearer', 'reason', 'weight', 'width'] as const;

/** Suspicious rows as CSV; data_row is 1 for the first row of data, the line of names aside. */
export function rowsCsv(rows: readonly SuspiciousRow[]): string {
  const lines = rows.map(({ row, label, nearer, reason, weight, width }) =>
    [row + 1, label, nearer, reason, weight, width].map(csvField).join(','),
  );
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}
