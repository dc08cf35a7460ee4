import type { ColumnUse } from '../data/column-use.js';
import type { ColumnProfile } from './column-profile.js';
import type { LabelChoice } from './label-column.js';
import type { Selection } from './select-columns.js';
import type { Table } from './table.js';
import { type LabelTwin, textUse } from './text-columns.js';

/** The columns of a file as they are used, before the features are looked at as numbers. */
export function usesOf(
  table: Table,
  profiles: readonly ColumnProfile[],
  { label, others, beside }: LabelChoice,
  { spaces }: Selection,
  twins: ReadonlyMap<number, LabelTwin>,
): ColumnUse[] {
  const used = new Set(spaces.flatMap(({ columns }) => columns));
  const seen = new Set<string>();
  return table.columns.flatMap(({ name, group, unnamed }, j): ColumnUse[] => {
    if (group !== undefined) {
      if (seen.has(group)) return [];
      seen.add(group);
      return [{ name: group, role: 'vector', used: table.columns.some((of, c) => of.group === group && used.has(c)) }];
    }
    if (j === label || beside.includes(j)) return [{ name, role: 'label', used: true }];
    if (used.has(j)) return [{ name, role: 'feature', used: true }];
    if (others.has(j)) return [{ name, role: 'label', used: false, reason: 'named as labels, and not the label' }];
    if (profiles[j]!.isNumbers) return [{ name, role: 'feature', used: false, reason: 'not chosen' }];
    if (unnamed === true) return [{ name, role: 'index', used: false, reason: 'an unnamed column of text' }];
    return [textUse(name, profiles[j]!, twins.get(j)?.isTwin === true, table)];
  });
}
