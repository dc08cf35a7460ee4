import { InputError, show } from '../../core/errors.js';
import { listed } from './malformed.js';
import type { Cell } from './table.js';

/** Counts of missing values, for one message about all of them. */
export class MissingValues {
  values = 0;
  rows = 0;
  first: { readonly place: string; readonly cell: Cell } | undefined;
  readonly byColumn = new Map<string, number>();

  add(column: string, place: string, cell: Cell): void {
    this.values++;
    this.byColumn.set(column, (this.byColumn.get(column) ?? 0) + 1);
    this.first ??= { place: `${place}, column '${column}'`, cell };
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
        : 'fill them in, or leave out these rows with --drop-missing';
    return new InputError(
      'not-finite',
      `${file}: every value must be there and finite, got ${this.values} missing in ${this.rows} of ${n} rows (${where}), the first at ${this.first!.place} (${show(this.first!.cell)}); ${cure}`,
    );
  }
}
