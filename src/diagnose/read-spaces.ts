import { InputError, ShapeError, show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { codeOfLabel } from '../data/named-label.js';
import { readPoints } from '../data/points.js';
import { type Part, partOf, rowsOutside } from '../data/row-sample.js';

/** The rows of other labels; `square`: the points are distances. */
export function withoutLabel(where: string, data: Part, noiseLabel: Label | undefined, square: boolean): Part {
  const noise = codeOfLabel(where, 'noiseLabel', noiseLabel, data.classes);
  if (noise === -1) return data;
  const rows = rowsOutside(data.labels, noise);
  return partOf(data, rows, square);
}

/** The rows of `data` in another space. */
export function readSpace(where: string, name: string, value: unknown, data: Part): Part {
  const table = readPoints(`${where} (${name})`, value, 'copy');
  if (table.n !== data.n) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: space ${show(name)} must have the ${data.n} rows of points, got ${table.n}`,
    );
  }
  return { ...data, d: table.d, points: table.data };
}

/** Points by the name of their space. */
export function spaceEntries(where: string, name: string, value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError('wrong-type', `${where}: ${name} must be an object of points by name, got ${show(value)}`);
  }
  const entries = Object.entries(value).filter(([, points]) => points !== undefined);
  if (entries.some(([space]) => space === 'input')) {
    throw new InputError(
      'unknown-name',
      `${where}: 'input' is the name of points, got it in ${name}; rename the space`,
    );
  }
  return entries;
}
