import { countText } from '../core/words.js';
import type { ColumnRole, ColumnUse } from '../data/column-use.js';

const ROLES: Readonly<Record<ColumnRole, string>> = {
  feature: 'feature',
  label: 'label',
  identifier: 'identifier',
  'row-number': 'row number',
  index: 'index',
  constant: 'constant',
  'label-copy': 'copy of the label',
  text: 'text',
  date: 'date',
  vector: 'vector',
  weight: 'weight',
};
const MOST = 12;

/** A role as people read it. */
export function sayRole(role: ColumnRole): string {
  return ROLES[role];
}

/** Columns that are no features, with what they are and why, those of one reason together; undefined where there are none. Those that were not chosen are not told. */
export function sayLeftOut(columns: readonly ColumnUse[] | null | undefined): string | undefined {
  const away = (columns ?? []).filter(({ used, role }) => !used && role !== 'feature');
  if (away.length === 0) return undefined;
  const byReason = new Map<string, string[]>();
  for (const { name, role, reason } of away.slice(0, MOST)) {
    const why = `${ROLES[role]}${reason === undefined ? '' : `: ${reason}`}`;
    byReason.set(why, [...(byReason.get(why) ?? []), name.trim() === '' ? '(no name)' : name]);
  }
  const said = [...byReason].map(([why, names]) => `${names.join(', ')} (${why})`);
  const more = away.length > MOST ? ` and ${countText(away.length - MOST, 'more column')}` : '';
  return `${said.join('; ')}${more}`;
}
