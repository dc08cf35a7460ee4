import { isMissingText } from './missing.js';
import type { Cell } from './table.js';

/** Spellings of an infinite number, which no index can use. */
const INFINITE = /^[+-]?inf(inity)?$/i;
/** What `Number` takes beyond decimal numbers: 0x1f, 0b1, 0o7. */
const OTHER_BASE = /^\s*0[xbo]/i;
const DECIMAL_COMMA = /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i;

/**
 * The number in a cell; NaN when it is missing or not finite; null when it holds something else.
 * With `decimalComma`, 1,5 is one and a half.
 */
export function readNumber(cell: Cell, decimalComma: boolean): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : Number.NaN;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'boolean') return null;
  const value = Number(cell);
  if (Number.isFinite(value)) {
    if (value !== 0 || cell.length === 1) return OTHER_BASE.test(cell) ? null : value;
    return cell.trim() === '' ? Number.NaN : OTHER_BASE.test(cell) ? null : value;
  }
  if (isMissingText(cell) || INFINITE.test(cell.trim())) return Number.NaN;
  return decimalComma && DECIMAL_COMMA.test(cell) ? Number(cell.replace(',', '.')) : null;
}
