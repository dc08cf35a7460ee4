import type { Part } from '../../data/row-sample.js';
import { otherColumns } from './column-scores.js';
import { type IdentifierKind, identifierKind } from './identifier-kind.js';

export interface IdentifierColumn {
  /** Counted from 0. */
  readonly column: number;
  readonly kind: IdentifierKind;
  /**
   * Whether nothing but an identifier or a copy of the label looks so. Rising whole numbers may be a
   * measurement by which the rows are sorted, and one of several columns of two values may be a test that never fails.
   */
  readonly certain: boolean;
}

const RANKS = 3;
const OF_LABEL: readonly IdentifierKind[] = ['label-copy', 'label-function'];
const PLAIN: readonly IdentifierKind[] = ['row-number', 'number-in-class', 'consecutive'];

/** Whether a column is made from the label. */
export function isOfLabel(kind: IdentifierKind): boolean {
  return OF_LABEL.includes(kind);
}

export function hasTwoValues({ n, d, points }: Part, column: number): boolean {
  const first = points[column]!;
  let other: number | null = null;
  for (let i = 1; i < n; i++) {
    const value = points[i * d + column]!;
    if (value === first) continue;
    if (other !== null && value !== other) return false;
    other = value;
  }
  return other !== null;
}

/** The columns by kind, before their effect is known. */
export function identifierCandidates(raw: Part): IdentifierColumn[] {
  const all = otherColumns(raw.d, []).flatMap((column) => {
    const kind = identifierKind(raw, column);
    return kind === null ? [] : [{ column, kind }];
  });
  // Three columns and more that hold each number once are ranks of measurements.
  const ranks = all.filter(({ kind }) => kind === 'consecutive').length >= RANKS;
  const found = all.filter(({ kind }) => !(ranks && kind === 'consecutive'));
  const others = otherColumns(
    raw.d,
    found.map(({ column }) => column),
  );
  return found.map(({ column, kind }) => ({
    column,
    kind,
    certain:
      PLAIN.includes(kind) ||
      (isOfLabel(kind) && (!hasTwoValues(raw, column) || !others.some((other) => hasTwoValues(raw, other)))),
  }));
}
