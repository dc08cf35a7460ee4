import type { Label } from '../core/types.js';
import { ColumnTally } from './column-tally.js';
import { isMissingLabel, labelOf, refuseDamaged, requireExact } from './label-values.js';
import type { Cell } from './table.js';

/** The labels, row after row; undefined where one is missing. */
export class RowLabels {
  readonly values: (Label | undefined)[] = [];
  readonly tally = new ColumnTally();
  word: string | undefined;
  readonly #known = new Map<Cell, Label>();
  readonly #literal: boolean;

  constructor(literal: boolean) {
    this.#literal = literal;
  }

  add(file: string, column: string, cell: Cell, place: () => string): Label | undefined {
    if (isMissingLabel(cell, this.#literal)) {
      if (typeof cell === 'string' && !isMissingLabel(cell, true)) this.word ??= cell.trim();
      this.tally.addMissing(cell, this.values.length, place());
      this.values.push(undefined);
      return undefined;
    }
    // One copy of each label: a text cut out of a line would keep the whole line in memory.
    if (!this.#known.has(cell)) {
      requireExact(file, cell, `${place()}, column '${column}'`);
      this.#known.set(cell, labelOf(cell));
    }
    const label = this.#known.get(cell)!;
    this.values.push(label);
    return label;
  }

  check(file: string): void {
    refuseDamaged(file, this.#known.values());
  }
}
