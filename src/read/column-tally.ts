import type { Cell } from './table.js';

interface Found {
  readonly cell: Cell;
  readonly row: number;
  readonly place: string;
}

/** Different texts that are marks of something missing or a slip, and no values of their own. */
const MARKS = 3;
/** Share of cells, beyond which cells that are no numbers are values of their own. */
const FEW = 0.1;

/** How many cells of one column are numbers, missing, or something else. */
export class ColumnTally {
  numbers = 0;
  missing = 0;
  bad = 0;
  firstMissing: Found | undefined;
  firstBad: Found | undefined;
  readonly #texts = new Set<Cell>();

  addMissing(cell: Cell, row: number, place: string): void {
    this.missing++;
    this.firstMissing ??= { cell, row, place };
  }

  addBad(cell: Cell, row: number, place: string): void {
    this.bad++;
    this.firstBad ??= { cell, row, place };
    if (this.#texts.size <= MARKS) this.#texts.add(cell);
  }

  /**
   * Whether it is a column of numbers, with bad cells or without: more numbers than others, and these are at most
   * one cell in ten, or the same few texts again and again. Of many different texts a column holds text, as the
   * numbers of tickets do. A column without a value is one of numbers, all of them missing.
   */
  get isNumbers(): boolean {
    if (this.bad === 0) return true;
    const few = this.bad <= FEW * (this.numbers + this.bad) || this.#texts.size <= MARKS;
    return this.numbers > this.bad && few;
  }
}
