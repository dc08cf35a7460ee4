import type { ColumnRole } from '../data/column-use.js';
import { ColumnTally } from './column-tally.js';
import { isMissingText } from './missing.js';
import type { NumberStyle } from './number-style.js';
import { readNumber } from './read-number.js';
import type { Cell, Row } from './table.js';

/** Different values that are counted at most. */
const COUNTED = 1000;
/** Fewer rows all differ by accident. */
const FEWEST = 10;

/** What the first rows of a file show of a column. */
export interface ColumnProfile {
  /** Whether it is a column of numbers, by the rule of `ColumnTally`. */
  readonly isNumbers: boolean;
  /** Whether later rows may still make it one: some cell is a number, or none has a value. */
  readonly mayBeNumbers: boolean;
  /** Numbers, all of them whole. */
  readonly isWhole: boolean;
  /** Different values, and cells that have one. */
  readonly distinct: number;
  readonly present: number;
  /** What it is where it is text. */
  readonly textRole: ColumnRole;
  /** The first cell that is no number, and where. */
  readonly example: { readonly cell: Cell; readonly at: number } | undefined;
}

const DAY = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ]\d{1,2}:\d{2}.*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}( \d{1,2}:\d{2}.*)?$/;
const CLOCK = /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/;
const LIST = /^\s*\[.*\]\s*$/s;

function textRole(texts: readonly Cell[], distinct: number, isNumbers: boolean): ColumnRole {
  if (isNumbers || texts.length === 0) return 'text';
  const all = (pattern: RegExp) => texts.every((text) => typeof text === 'string' && pattern.test(text.trim()));
  if (all(DAY) || all(CLOCK)) return 'date';
  if (all(LIST)) return 'vector';
  if (distinct === 1 && texts.length >= FEWEST) return 'constant';
  return distinct === texts.length && texts.length >= FEWEST ? 'identifier' : 'text';
}

/** The profile of column j by some rows. */
export function profileOf(rows: readonly Row[], j: number, style: NumberStyle): ColumnProfile {
  const tally = new ColumnTally();
  const values = new Set<Cell>();
  const present: Cell[] = [];
  let isWhole = true;
  let example: ColumnProfile['example'];
  for (const [i, { cells, at }] of rows.entries()) {
    const cell = cells[j];
    const value = readNumber(cell, style);
    if (value !== null && Number.isNaN(value)) {
      tally.addMissing(cell, i, '');
      continue;
    }
    if (typeof cell === 'string' && value === null && isMissingText(cell)) continue;
    present.push(cell);
    if (values.size <= COUNTED) values.add(value ?? cell);
    if (value === null) {
      tally.addBad(cell, i, '');
      example ??= { cell, at };
    } else {
      tally.numbers++;
      if (!Number.isInteger(value)) isWhole = false;
    }
  }
  const { isNumbers, numbers, bad } = tally;
  return {
    isNumbers,
    mayBeNumbers: numbers > 0 || bad === 0,
    isWhole: isWhole && numbers > 0,
    distinct: values.size,
    present: present.length,
    textRole: textRole(present, values.size, isNumbers),
    example,
  };
}
