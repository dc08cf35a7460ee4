import { InputError, inTable, ShapeError, show } from '../../core/errors.js';
import type { Label, Points } from '../../core/types.js';
import { readLabels } from '../../data/labels.js';
import { numberIn } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import { isFloat32 } from '../../distance/precomputed.js';

/** How far the sum of a row may be from 1: the rounding of the element type, as for distances. */
const FLOAT64 = 1e-12;
const FLOAT32 = 1e-6;

/** Checked memberships: row-major, n x k, each row a division of 1. */
export interface Memberships {
  readonly data: Float64Array;
  readonly n: number;
  readonly k: number;
  /** Name of each column. */
  readonly names: readonly Label[];
}

interface MembershipOptions {
  readonly names?: unknown;
  readonly tolerance?: unknown;
}

function namesOf(where: string, given: unknown, k: number): readonly Label[] {
  if (given === undefined) return Array.from({ length: k }, (_, column) => column);
  const { codes, classes } = readLabels(where, given);
  if (codes.length !== k || classes.length !== k) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: names must be one different label for each of the ${k} columns, got ${codes.length} (${classes.length} different)`,
    );
  }
  return Array.from(codes, (code) => classes[code]!);
}

/**
 * Memberships of rows in k clusters. Each must be within 0 and 1 and each row sum to 1, up to `tolerance`: by default
 * 1e-12, or 1e-6 for a row whose values are all float32.
 */
export function readMemberships(where: string, given: unknown, options: MembershipOptions): Memberships {
  return inTable('memberships', () => readTable(where, given, options));
}

function readTable(where: string, given: unknown, options: MembershipOptions): Memberships {
  const { data, n, d: k } = readPoints(`${where} (memberships)`, given as Points, 'borrow');
  const asked =
    options.tolerance === undefined
      ? undefined
      : numberIn(where, 'tolerance', options.tolerance, { min: 0, max: 0.1 }, FLOAT64);
  if (k < 2) {
    throw new ShapeError('shape-mismatch', `${where}: memberships must have two columns or more, got ${n} x ${k}`);
  }
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * k, (i + 1) * k);
    const single = row.every((value) => isFloat32(value) || Number.isInteger(value));
    const slack = asked ?? (single ? FLOAT32 : FLOAT64);
    const column = row.findIndex((value) => !(value >= -slack && value <= 1 + slack));
    if (column >= 0) {
      throw new InputError('out-of-range', [
        `${where}: memberships must be within 0 and 1, got ${show(row[column])} at `,
        { row: i },
        ', ',
        { column },
      ]);
    }
    const sum = row.reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) > slack) {
      throw new InputError('out-of-range', [
        `${where}: memberships of a row must sum to 1 within ${slack}, got ${Number(sum.toPrecision(15))} in `,
        { row: i },
        '; divide each row by its sum, add a column for what is in no cluster, or set tolerance for rounded text',
      ]);
    }
  }
  return { data, n, k, names: namesOf(where, options.names, k) };
}
