import { InputError, show } from '../core/errors.js';
import { countText } from '../core/words.js';
import type { ColumnTally } from './column-tally.js';
import { listed, malformed } from './malformed.js';
import type { Cell } from './table.js';

/** What to do where a word for a missing value may be a class. */
export function literally(word: string | undefined): string {
  return word === undefined ? '' : `; if '${word}' is the name of a class, say --literal-labels`;
}

export interface TalliedColumn {
  readonly name: string;
  readonly tally: ColumnTally;
}

type Kind = 'missing' | 'bad';

/** Cells of one kind in the columns that are used, for one message about all of them. */
function summed(columns: readonly TalliedColumn[], kind: Kind) {
  const counts = columns.flatMap(({ name, tally }) => (tally[kind] > 0 ? [[name, tally[kind]] as const] : []));
  let first: { readonly cell: Cell; readonly row: number; readonly place: string; readonly name: string } | undefined;
  for (const { name, tally } of columns) {
    const found = kind === 'bad' ? tally.firstBad : tally.firstMissing;
    if (found !== undefined && (first === undefined || found.row < first.row)) first = { ...found, name };
  }
  const worst = [...counts].sort((a, b) => b[1] - a[1]);
  const where = listed(
    worst.map(([name, count]) => `${name}: ${count}`),
    4,
  ).replaceAll("'", '');
  return { values: counts.reduce((sum, [, count]) => sum + count, 0), first, where };
}

/** Refuses cells that are no numbers in columns of numbers. */
export function badCells(file: string, columns: readonly TalliedColumn[], n: number, style: string): InputError | null {
  const { values, first, where } = summed(columns, 'bad');
  if (first === undefined) return null;
  const marks = style === 'plain' && typeof first.cell === 'string' && /^\s*[+-]?[\d.]+,[\d.,]+\s*$/.test(first.cell);
  const hint = marks ? ', or say what the comma is: --decimal , or --decimal . (then it marks thousands)' : '';
  return malformed(
    file,
    `every value of a column of numbers must be a number, got ${show(first.cell)} at ${first.place}, column '${first.name}' (${countText(values, 'such cell')} in ${countText(n, 'row')}: ${where}); correct ${values === 1 ? 'it' : 'them'}, leave out ${values === 1 ? 'its row' : 'their rows'} with --drop-missing, or the column with --features '!${first.name}'; if it holds the labels give --label ${first.name}${hint}`,
  );
}

/** Refuses missing values; `rows` have some, of n. */
export function missingCells(
  file: string,
  columns: readonly TalliedColumn[],
  { rows, n, word }: { readonly rows: number; readonly n: number; readonly word: string | undefined },
): InputError {
  const { values, first, where } = summed(columns, 'missing');
  const empty = columns.flatMap(({ name, tally }) => (tally.missing === n ? [name] : []));
  const [holds, them] = empty.length === 1 ? ['holds', 'it'] : ['hold', 'them'];
  const cure =
    empty.length > 0
      ? `${listed(empty)} ${holds} no value at all: leave ${them} out with --features '${empty.map((name) => `!${name}`).join(',')}'`
      : `fill them in, or leave out these rows with --drop-missing${literally(word)}`;
  return new InputError(
    'not-finite',
    `${file}: every value must be there and finite, got ${values} missing in ${rows} of ${n} rows (${where}), the first at ${first!.place}, column '${first!.name}' (${show(first!.cell)}); ${cure}`,
  );
}

/** What was left out of n rows, for a note. */
export function droppedNote(columns: readonly TalliedColumn[], dropped: number, unlabelled: number, n: number): string {
  const missing = summed(columns, 'missing').first;
  const bad = summed(columns, 'bad');
  const of = unlabelled === 0 ? '' : ` (${unlabelled} without a label)`;
  const parts = [
    ...(missing === undefined ? [] : [`missing values${of}, the first at ${missing.place}, column '${missing.name}'`]),
    ...(bad.first === undefined
      ? []
      : [
          `cells that are no numbers (${bad.where}), the first ${show(bad.first.cell)} at ${bad.first.place}, column '${bad.first.name}'`,
        ]),
  ];
  return `dropped ${dropped} of ${n} rows with ${parts.join(', and with ')}`;
}
