import { show } from '../core/errors.js';
import { malformed } from './malformed.js';

/** A cell and where it stands. */
interface Seen {
  readonly cell: string;
  readonly place: string;
}

/** 1,234 and 1.234: one number and a part, or a thousand and more. */
const COMMA_EITHER = /^\s*[+-]?[1-9]\d{0,2},\d{3}\s*$/;
const POINT_EITHER = /^\s*[+-]?[1-9]\d{0,2}\.\d{3}\s*$/;
/** 1,234,567 and 1,234.5; 1.234.567 and 1.234,5. */
const COMMA_GROUPS = /^\s*[+-]?[1-9]\d{0,2}((,\d{3}){2,}|(,\d{3})+\.\d*)\s*$/;
const POINT_GROUPS = /^\s*[+-]?[1-9]\d{0,2}((\.\d{3}){2,}|(\.\d{3})+,\d*)\s*$/;
const COMMA_DECIMAL = /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i;
const POINT_DECIMAL = /^\s*[+-]?(\d+\.\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** What commas and points are in the numbers of one column, by the first cell of each kind. */
export class NumberSigns {
  commaDecimal: Seen | undefined;
  commaEither: Seen | undefined;
  commaGroups: Seen | undefined;
  pointDecimal: Seen | undefined;
  pointEither: Seen | undefined;
  pointGroups: Seen | undefined;

  see(cell: string, place: () => string): void {
    const comma = cell.includes(',');
    if (!comma && (this.pointDecimal !== undefined || !cell.includes('.'))) return;
    const seen = () => ({ cell, place: place() });
    if (COMMA_EITHER.test(cell)) this.commaEither ??= seen();
    else if (POINT_EITHER.test(cell)) this.pointEither ??= seen();
    else if (COMMA_GROUPS.test(cell)) this.commaGroups ??= seen();
    else if (POINT_GROUPS.test(cell)) this.pointGroups ??= seen();
    else if (COMMA_DECIMAL.test(cell)) this.commaDecimal ??= seen();
    else if (POINT_DECIMAL.test(cell)) this.pointDecimal ??= seen();
  }
}

const DECIDE = 'say --decimal , or --decimal .';

function ambiguous(file: string, column: string, { cell, place }: Seen, beside: Seen | undefined) {
  const text = cell.trim();
  const [sign, decimal] = text.includes(',') ? [',', text.replace(',', '.')] : ['.', text];
  const other = beside === undefined ? '' : ` (and ${show(beside.cell)} at ${beside.place})`;
  return malformed(
    file,
    `a ${sign === ',' ? 'comma' : 'point'} must be either the decimal sign or the mark of thousands, got ${show(cell)} at ${place}, column '${column}'${other}, which is ${Number(decimal)} or ${text.replace(sign, '')}; ${DECIDE}`,
  );
}

/**
 * Refuses a file in which a number could be another: 1,619 where nothing shows that the comma is the decimal sign, 1.234
 * beside 0,5, and two decimal signs in one column. What some column shows of the comma holds for all.
 */
export function refuseTwoReadings(file: string, columns: ReadonlyArray<readonly [name: string, NumberSigns]>): void {
  const comma = columns.find(([, signs]) => signs.commaDecimal !== undefined)?.[1].commaDecimal;
  for (const [name, signs] of columns) {
    const { commaDecimal, commaEither, commaGroups, pointDecimal, pointEither, pointGroups } = signs;
    const points = pointDecimal ?? commaGroups;
    const commas = commaDecimal ?? pointGroups;
    if (points !== undefined && commas !== undefined) {
      throw malformed(
        file,
        `numbers of a column must have one decimal sign, got ${show(commas.cell)} at ${commas.place} and ${show(points.cell)} at ${points.place}, column '${name}'; ${DECIDE}`,
      );
    }
    if (commaEither !== undefined && (comma === undefined || points !== undefined)) {
      throw ambiguous(file, name, commaEither, points);
    }
    if (pointEither !== undefined && pointDecimal === undefined && (commas ?? comma) !== undefined) {
      throw ambiguous(file, name, pointEither, commas ?? comma);
    }
  }
}
