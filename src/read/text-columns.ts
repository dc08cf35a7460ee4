import { show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import type { ColumnProfile } from './column-profile.js';
import type { Cell, Table } from './table.js';

/** Follows whether the values of a column and the labels stand one for one. */
export class LabelTwin {
  readonly #labels = new Map<Cell, Label>();
  readonly #cells = new Map<Label, Cell>();
  #is = true;
  #rows = 0;

  add(cell: Cell, label: Label): void {
    if (!this.#is) return;
    this.#rows++;
    if (!this.#labels.has(cell) && !this.#cells.has(label)) {
      this.#labels.set(cell, label);
      this.#cells.set(label, cell);
    } else if (this.#labels.get(cell) !== label) {
      this.#is = false;
      this.#labels.clear();
      this.#cells.clear();
    }
  }

  /** Two values for two labels and more rows than that. */
  get isTwin(): boolean {
    return this.#is && this.#labels.size > 1 && this.#rows > this.#labels.size;
  }
}

const ROLES: Readonly<Partial<Record<ColumnUse['role'], string>>> = {
  identifier: 'a different text in each row',
  date: 'dates or times, as text',
  vector: 'lists, as text',
  constant: 'one text in every row',
};

/** What a column is that is no number, and that nothing uses. */
export function textUse(
  name: string,
  { textRole, example, isNumbers }: ColumnProfile,
  isTwin: boolean,
  { unit }: Pick<Table, 'unit'>,
): ColumnUse {
  if (isTwin) return { name, role: 'label-copy', used: false, reason: 'one text for each label' };
  const role = isNumbers ? 'text' : textRole;
  const shown = example === undefined ? '' : `${show(example.cell)} in ${unit} ${example.at}`;
  const reason = ROLES[role] ?? shown;
  return reason === '' ? { name, role, used: false } : { name, role, used: false, reason };
}
