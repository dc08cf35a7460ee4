import { countText, numberText } from '../../core/words.js';
import type { Diagnosis } from '../../diagnose/types.js';
import { SUSPICION_HEADS, suspicionCells } from '../../report/suspicious.js';
import { printable, table, wrap } from '../layout.js';
import type { LoadedData } from '../load-data.js';
import type { Terminal } from '../terminal.js';

/** What was found of the rows. */
type FoundRows = Pick<Diagnosis, 'rows'> & { readonly n: number; readonly sample: Diagnosis['input']['sample'] };

/** All rows to look up. */
export function printRows(
  { rows, n, sample }: FoundRows,
  { name }: Pick<LoadedData, 'name'>,
  { width, style }: Terminal,
): string {
  const from = sample === null ? '' : `; neighbours and widths are those of ${numberText(sample.rows)} sampled rows`;
  const told =
    rows.length === 0
      ? `None of ${countText(n, 'row')} stands out${from}.`
      : `${numberText(rows.length)} of ${countText(n, 'row')} to look up, the most suspicious first; the first row of data is row 1${from}.`;
  const lines = [
    style('bold', printable(name)),
    ...wrap(told, width),
    ...(rows.length === 0 ? [] : ['', ...table([...SUSPICION_HEADS], rows.map(suspicionCells), width)]),
  ];
  return `${lines.join('\n')}\n`;
}
