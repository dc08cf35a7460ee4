import { InputError, ShapeError, show } from '../core/errors.js';

/** The names of columns: a text for each of the d columns, none twice; null where none were given. */
export function readColumns(where: string, value: unknown, d: number, square: boolean): readonly string[] | null {
  if (value === undefined) return null;
  if (!Array.isArray(value)) {
    throw new InputError('wrong-type', `${where}: columns must be an array of names, got ${show(value)}`);
  }
  if (square) {
    throw new InputError(
      'out-of-range',
      `${where}: columns names columns of coordinates, got metric 'precomputed'; leave one out`,
    );
  }
  const seen = new Map<string, number>();
  for (let c = 0; c < value.length; c++) {
    const name: unknown = value[c];
    if (typeof name !== 'string' || name === '') {
      throw new InputError('wrong-type', `${where}: columns[${c}] must be a text that is not empty, got ${show(name)}`);
    }
    const first = seen.get(name);
    if (first !== undefined) {
      throw new InputError(
        'out-of-range',
        `${where}: columns must name each column once, got ${show(name)} as columns[${first}] and columns[${c}]`,
      );
    }
    seen.set(name, c);
  }
  if (value.length !== d) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: columns must name the ${d} columns of points, got ${value.length} names`,
    );
  }
  return [...(value as string[])];
}
