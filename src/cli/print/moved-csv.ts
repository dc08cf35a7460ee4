import type { Label } from '../../core/types.js';
import type { LabelComparison } from '../../studies/agreement/agreement-types.js';
import { csvField } from './csv-field.js';

/** Labels of the rows that were compared, and the row of the file at each, counted from 0. */
export interface ComparedRows {
  readonly first: readonly Label[];
  readonly second: readonly Label[];
  readonly fileRows: readonly number[];
}

/** Rows outside the matching as CSV; the last column is what goes with the first label, empty where nothing does. */
export function movedCsv({ moved, table, names }: LabelComparison, { first, second, fileRows }: ComparedRows): string {
  const goesWith = new Map(table.filter(({ matched }) => matched).map((cell) => [cell.first, cell.second]));
  const heading = ['data_row', ...names, 'goes_with'].map(csvField).join(',');
  const lines = Array.from(moved, (i) =>
    [fileRows[i]! + 1, first[i], second[i], goesWith.get(first[i]!) ?? ''].map(csvField).join(','),
  );
  return `${[heading, ...lines].join('\n')}\n`;
}
