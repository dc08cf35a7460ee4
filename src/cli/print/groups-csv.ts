import type { Label } from '../../core/types.js';
import { csvField } from './csv-field.js';

/** Labels of the rows that were read, and the groups that the points show. */
export interface RowGroups {
  /** Row of the file at each row, counted from 0. */
  readonly fileRows: readonly number[];
  readonly labels: readonly Label[];
  /** The label, and the group inside its class where that has several. */
  readonly subLabels: readonly Label[];
  /** Found without the labels; from 1, 0 for noise. */
  readonly groupOf: readonly number[];
}

/**
 * A line for each of the `rows` rows of the file, so that it can be read again as --labels; empty for rows that
 * were left out. data_row is 1 for the first row of data.
 */
export function groupsCsv({ fileRows, labels, subLabels, groupOf }: RowGroups, rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => `${row + 1},,,`);
  fileRows.forEach((row, i) => {
    lines[row] = [row + 1, labels[i], subLabels[i], groupOf[i]].map(csvField).join(',');
  });
  return `${['data_row,label,sublabel,group', ...lines].join('\n')}\n`;
}
