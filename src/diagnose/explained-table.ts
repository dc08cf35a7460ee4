import type { Label } from '../core/types.js';
import type { EvidenceTable } from './finding-types.js';
import type { MadeFinding } from './findings/context.js';

/** A finding before and after a remedy, both on the rows of the rerun. */
export interface Vanished {
  readonly before: MadeFinding;
  readonly after: MadeFinding;
}

/** The first number that a finding has on both sides. */
function measured(before: MadeFinding, after: MadeFinding) {
  const pairs = before.evidence.map((of) => ({ of, now: after.evidence.find(({ name }) => name === of.name) }));
  return pairs.find(({ of, now }) => typeof of.value === 'number' && typeof now?.value === 'number');
}

/** What a cause explains: the number of each finding before and after the remedy. */
export function explainedTable(vanished: readonly Vanished[]): EvidenceTable | null {
  if (vanished.length === 0) return null;
  return {
    name: 'explains',
    text: 'Findings that are gone once this is put right, with their first number before and after',
    test: 'the same findings made again with the remedy applied, on a bounded sample of the rows',
    columns: ['finding', 'measure', 'before', 'after'],
    rows: vanished.map(({ before, after }): (Label | null)[] => {
      const found = measured(before, after);
      return [before.title, found?.of.text ?? null, found?.of.value ?? null, found?.now?.value ?? null];
    }),
    omitted: 0,
  };
}
