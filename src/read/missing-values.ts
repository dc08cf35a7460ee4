import { InputError, show } from '../core/errors.js';
import { isMissingLabel } from './label-values.js';
import { listed } from './malformed.js';
import type { Cell } from './table.js';

/** What to do where a word for a missing value may be a class. */
export function literally(word: string | undefined): string {
  return word === undefined ? '' : `; if '${word}' is the name of a class, say --literal-labels`;
}

/** Counts of missing values, for one message about all of them. */
export class MissingValues {
  values = 0;
  rows = 0;
  /** Rows without a label. */
  unlabelled = 0;
  /** A word for a missing value that stands where a label should, and may be the name of a class. */
  word: string | undefined;
  first: { readonly place: string; readonly cell: Cell } | undefined;
  readonly byColumn = new Map<string, number>();

  add(column: string, place: string, cell: Cell): void {
    this.values++;
    this.byColumn.set(column, (this.byColumn.get(column) ?? 0) + 1);
    this.first ??= { place: `${place}, column '${column}'`, cell };
  }

  addLabel(column: string, place: string, cell: Cell): void {
    this.unlabelled++;
    if (typeof cell === 'string' && !isMissingLabel(cell, true)) this.word ??= cell.trim();
    this.add(column, place, cell);
  }

  error(file: string, n: number): InputError {
    const worst = [...this.byColumn].sort((a, b) => b[1] - a[1]);
    const empty = worst.filter(([, count]) => count === n).map(([name]) => name);
    const where = listed(
      worst.map(([name, count]) => `${name}: ${count}`),
      4,
    ).replaceAll("'", '');
    const cure =
      empty.length > 0
        ? `${listed(empty)} ${empty.length === 1 ? 'holds' : 'hold'} no value at all: leave ${empty.length === 1 ? 'it' : 'them'} out with --features '${empty.map((name) => `!${name}`).join(',')}'`
        : `fill them in, or leave out these rows with --drop-missing${literally(this.word)}`;
    return new InputError(
      'not-finite',
      `${file}: every value must be there and finite, got ${this.values} missing in ${this.rows} of ${n} rows (${where}), the first at ${this.first!.place} (${show(this.first!.cell)}); ${cure}`,
    );
  }
}
