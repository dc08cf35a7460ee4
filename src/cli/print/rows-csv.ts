import type { SuspiciousRow } from '../../studies/rows/suspicious-rows.js';

const COLUMNS = ['data_row', 'label', 'nearer', 'reason', 'weight', 'width'] as const;

/** A field of CSV (RFC 4180): in quotes where it holds a comma, a quote, a line break, or space at an end. */
function field(value: unknown): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Suspicious rows as CSV; data_row is 1 for the first row of data, the line of names aside. */
export function rowsCsv(rows: readonly SuspiciousRow[]): string {
  const lines = rows.map(({ row, label, nearer, reason, weight, width }) =>
    [row + 1, label, nearer, reason, weight, width].map(field).join(','),
  );
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}
