import { Categories } from './categories.js';
import { ColumnTally } from './column-tally.js';
import { isMissingText } from './missing.js';
import { NumberSigns } from './number-signs.js';
import type { NumberStyle } from './number-style.js';
import { readNumber } from './read-number.js';
import { RowBuffer } from './row-buffer.js';
import type { Selection } from './select-columns.js';
import type { Cell, Row, Table } from './table.js';

/** The columns that are read into memory, and what is known of each cell of them. */
export class Gathered {
  readonly columns: readonly number[];
  readonly buffer: RowBuffer;
  readonly tallies: readonly ColumnTally[];
  readonly signs: readonly NumberSigns[];
  readonly categories: readonly (Categories | undefined)[];
  readonly #scratch: Float64Array;
  readonly #table: Table;
  readonly #style: NumberStyle;

  constructor(
    table: Table,
    style: NumberStyle,
    { spaces, categories }: Selection,
    known: Readonly<Record<string, readonly string[]>> = {},
  ) {
    this.columns = [...new Set(spaces.flatMap((space) => space.columns))];
    this.buffer = new RowBuffer(this.columns.length);
    this.tallies = this.columns.map(() => new ColumnTally());
    this.signs = style === 'either' ? this.columns.map(() => new NumberSigns()) : [];
    this.categories = this.columns.map((j) =>
      categories.has(j) ? new Categories(known[table.columns[j]!.name]) : undefined,
    );
    this.#scratch = new Float64Array(this.columns.length);
    this.#table = table;
    this.#style = style;
  }

  add({ cells, at }: Row): void {
    const row = this.buffer.rows;
    for (let b = 0; b < this.columns.length; b++) {
      const cell = cells[this.columns[b]!];
      const value = this.categories[b] === undefined ? readNumber(cell, this.#style) : this.#code(b, cell, at);
      if (value === null || Number.isNaN(value)) {
        const place = `${this.#table.unit} ${at}`;
        if (value === null) this.tallies[b]!.addBad(cell, row, place);
        else this.tallies[b]!.addMissing(cell, row, place);
        this.#scratch[b] = Number.NaN;
        continue;
      }
      this.tallies[b]!.numbers++;
      this.#scratch[b] = value;
      if (this.#style === 'either' && typeof cell === 'string') {
        this.signs[b]!.see(cell, () => `${this.#table.unit} ${at}`);
      }
    }
    this.buffer.push(this.#scratch);
  }

  #code(b: number, cell: Cell, at: number): number {
    if (cell === null || cell === undefined || (typeof cell === 'string' && isMissingText(cell))) return Number.NaN;
    const { name, columns, unit } = this.#table;
    return this.categories[b]!.codeOf(name, columns[this.columns[b]!]!.name, cell, `${unit} ${at}`);
  }

  at(column: number): number {
    return this.columns.indexOf(column);
  }

  isNumbers(column: number): boolean {
    const b = this.at(column);
    return b !== -1 && (this.categories[b] !== undefined || this.tallies[b]!.isNumbers);
  }
}
