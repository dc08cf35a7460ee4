import type { FlatMatrix } from '../core/types.js';
import { listed, malformed } from './malformed.js';
import type { Cell } from './table.js';

/** Values of a category are one column each; of more it is no category that distances could tell. */
const MOST = 1000;

/** The values of a column of categories, numbered as they come. */
export class Categories {
  readonly #codes = new Map<string, number>();
  readonly #fixed: boolean;

  /** `known`: the values of the data that these rows are held out of. */
  constructor(known?: readonly string[]) {
    for (const value of known ?? []) this.#codes.set(value, this.#codes.size);
    this.#fixed = known !== undefined;
  }

  get values(): readonly string[] {
    return [...this.#codes.keys()];
  }

  codeOf(file: string, column: string, cell: Cell, place: string): number {
    const value = String(cell).trim();
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    if (this.#fixed) {
      throw malformed(
        file,
        `categories must be those of the data (${listed(this.values)}), got '${value}' at ${place}, column '${column}'; leave the row out`,
      );
    }
    if (this.#codes.size === MOST) {
      throw malformed(
        file,
        `a column of categories must have at most ${MOST} different values, got more in column '${column}' at ${place}; leave it out`,
      );
    }
    this.#codes.set(value, this.#codes.size);
    return this.#codes.size - 1;
  }
}

export interface Expanded {
  readonly points: FlatMatrix;
  readonly names: readonly string[];
  /** Columns that hold one category together. */
  readonly groups: readonly (readonly number[])[];
}

/** Codes become one column of 0 and 1 for each value, called colour=red; values in the order of the alphabet. */
export function expandCategories(
  { data, rows, columns }: FlatMatrix,
  names: readonly string[],
  categories: ReadonlyMap<number, Categories>,
): Expanded {
  const ordered = new Map(
    [...categories].map(([column, { values }]) => {
      const sorted = [...values].sort();
      return [column, { sorted, place: values.map((value) => sorted.indexOf(value)) }];
    }),
  );
  const starts: number[] = [];
  const wide: string[] = [];
  const groups: number[][] = [];
  for (const [column, name] of names.entries()) {
    starts.push(wide.length);
    const values = ordered.get(column)?.sorted;
    if (values === undefined) wide.push(name);
    else {
      groups.push(values.map((_, v) => wide.length + v));
      wide.push(...values.map((value) => `${name}=${value}`));
    }
  }
  const out = new Float64Array(rows * wide.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j]!;
      const place = ordered.get(j)?.place[value];
      const at = i * wide.length + starts[j]!;
      if (place === undefined) out[at] = value;
      else out[at + place] = 1;
    }
  }
  return { points: { data: out, rows, columns: wide.length }, names: wide, groups };
}
