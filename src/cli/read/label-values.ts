import type { Label } from '../../core/types.js';
import type { Cell } from './table.js';

const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/**
 * Labels as values. Text that is a plain number in every row becomes numbers, so that -1 and -1.0 are
 * the same label whatever wrote the file; 007 stays text, and one word among numbers keeps all text.
 */
export function labelValues(cells: readonly Cell[]): Label[] {
  const distinct = new Set(cells);
  const numeric = [...distinct].every(
    (cell) =>
      typeof cell === 'number' || typeof cell === 'bigint' || (typeof cell === 'string' && PLAIN_NUMBER.test(cell)),
  );
  const values = new Map<Cell, Label>();
  for (const cell of distinct) {
    values.set(cell, numeric ? Number(cell) : typeof cell === 'bigint' ? Number(cell) : (cell as Label));
  }
  return cells.map((cell) => values.get(cell)!);
}

/** Whether a cell that should hold a label holds none. */
export function isMissingLabel(cell: Cell): boolean {
  if (typeof cell === 'string') return cell.trim() === '' || cell === 'NaN' || cell === 'nan';
  return cell === null || cell === undefined || (typeof cell === 'number' && !Number.isFinite(cell));
}

/** The label that a user names on the command line, as it is among the labels. */
export function labelNamed(text: string, labels: Iterable<Label>): Label | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  for (const label of labels) if (label === text || label === number || String(label) === text) return label;
  return undefined;
}
