import { isMissingText } from './missing.js';
import type { NumberStyle } from './number-style.js';
import type { Cell } from './table.js';

/** Spellings of an infinite number, which no index can use. */
const INFINITE = /^[+-]?inf(inity)?$/i;
/** What `Number` takes beyond decimal numbers: 0x1f, 0b1, 0o7. */
const OTHER_BASE = /^\s*0[xbo]/i;
const DECIMAL_COMMA = /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i;
const GROUPS = {
  ',': /^\s*[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?\s*$/,
  '.': /^\s*[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?\s*$/,
} as const;

/** A number with marks between groups of three digits, which are left out; null where it is none. */
function grouped(cell: string, mark: ',' | '.'): number | null {
  if (!GROUPS[mark].test(cell)) return null;
  return Number(cell.replaceAll(mark, '').replace(',', '.'));
}

/** Text that `Number` does not take, or that it takes for another number. */
function otherwise(cell: string, style: NumberStyle): number | null {
  if (style === 'plain') return null;
  if (style === 'point') return grouped(cell, ',');
  if (DECIMAL_COMMA.test(cell)) return Number(cell.replace(',', '.'));
  if (style === 'comma') return grouped(cell, '.');
  return grouped(cell, '.') ?? grouped(cell, ',');
}

/** The number in a cell; NaN when it is missing or not finite; null when it holds something else. */
export function readNumber(cell: Cell, style: NumberStyle): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : Number.NaN;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'boolean') return null;
  if (style === 'comma' && cell.includes('.')) return grouped(cell, '.');
  const value = Number(cell);
  if (Number.isFinite(value)) {
    if (value !== 0 || cell.length === 1) return OTHER_BASE.test(cell) ? null : value;
    return cell.trim() === '' ? Number.NaN : OTHER_BASE.test(cell) ? null : value;
  }
  if (isMissingText(cell) || INFINITE.test(cell.trim())) return Number.NaN;
  return otherwise(cell, style);
}
