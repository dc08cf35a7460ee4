import { countText } from '../../core/words.js';
import type { Recommendation } from '../finding-types.js';
import type { Basis, Context } from './context.js';
import { commandOf, diagnoseCall, shellWord, source } from './recommended.js';

/** Columns named in one sentence. */
const MOST = 6;

/** 'column age', 'columns age, height and 3 more'; 'column 3 (counted from 0)' where they have no names. */
export function sayColumns({ columns: names }: Pick<Basis, 'columns'>, columns: readonly number[]): string {
  const shown = columns.slice(0, MOST).map((c) => (names === null ? String(c) : names[c]!));
  const more = columns.length - shown.length;
  const list =
    more > 0
      ? `${shown.join(', ')} and ${more} more`
      : [shown.slice(0, -1).join(', '), shown[shown.length - 1]!].filter((text) => text !== '').join(' and ');
  return `${columns.length === 1 ? 'column' : 'columns'} ${list}${names === null ? ' (counted from 0)' : ''}`;
}

/** A column in a table: its name, or its number counted from 0. */
export function columnCell({ columns: names }: Pick<Basis, 'columns'>, column: number): string | number {
  return names === null ? column : names[column]!;
}

/** How to leave columns out: from rows in memory, and on the command line, where they have names. */
export function leaveOut(context: Context, columns: readonly number[], text: string): Recommendation {
  const { columns: names } = context;
  const away = columns.length === 1 ? `j !== ${columns[0]}` : `!${source(columns)}.includes(j)`;
  const kept = `.filter((_, j) => ${away})`;
  const call = diagnoseCall(context, {}).replace(
    '({ points, labels }',
    `({ points: points.map((row) => row${kept}), labels }`,
  );
  if (names === null || columns.some((c) => /[,*?]|\.\./.test(names[c]!))) return { text, call };
  const left = columns.map((c) => `!${names[c]!}`).join(',');
  const rest = names.filter((_, c) => !columns.includes(c));
  const named = rest.some((name) => /[,*?!]|\.\./.test(name)) ? left : rest.join(',');
  // Whichever is shorter to read.
  const pattern = named.length < left.length ? named : left;
  return { text, call, command: commandOf(context, `clusterlens diagnose DATA --features ${shellWord(pattern)}`) };
}

/** 'a column', '3 columns'. */
export function countColumns(columns: readonly number[]): string {
  return countText(columns.length, 'column');
}
