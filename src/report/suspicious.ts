import { countText, numberText } from '../core/words.js';
import type { Diagnosis } from '../diagnose/types.js';
import type { SuspicionReason, SuspiciousRow } from '../studies/rows/suspicious-rows.js';

/** Rows that are shown where not all are. */
export const SHOWN_ROWS = 10;

export const SUSPICION_HEADS = ['Data row', 'Label', 'Nearer', 'Why', 'Silhouette width'] as const;
export const SUSPICION_NUMERIC = [true, false, false, false, true] as const;

const REASONS: Readonly<Record<SuspicionReason, string>> = {
  'copy-with-another-label': 'equals rows of another label',
  'label-noise': 'neighbours agree on another label',
  outlier: 'far from its class',
  border: 'nearer to another class',
};

/** Cells of a row in words; the first row of data is 1. */
export function suspicionCells({ row, label, nearer, reason, width }: SuspiciousRow): string[] {
  return [
    numberText(row + 1),
    String(label),
    nearer === null ? '' : String(nearer),
    REASONS[reason],
    width === null ? '' : numberText(width),
  ];
}

/** What stands above the rows. */
export function saySuspicious({ rows, input }: Pick<Diagnosis, 'rows' | 'input'>): string {
  const shown = Math.min(SHOWN_ROWS, rows.length);
  const from =
    input.sample === null ? '' : `; neighbours and widths are those of ${numberText(input.sample.rows)} sampled rows`;
  const which =
    shown < rows.length
      ? `The first ${numberText(shown)} of ${numberText(rows.length)}, the most suspicious first`
      : countText(shown, 'row') + (shown === 1 ? '' : ', the most suspicious first');
  return `${which}; the first row of data is row 1${from}.`;
}
