import { type LabelHierarchy, labelHierarchy } from 'clusterlens';
import type { Matrix } from './standardize.js';

export interface MergedClasses {
  readonly groups: ReadonlyArray<readonly string[]>;
  groupOf(term: string): string;
  readonly evidence: LabelHierarchy;
}

/**
 * The groups of terms that these rows support: Ward's tree of the class means, built on four fifths
 * of the rows and scored on the last fifth, five times; null when no number of groups beats chance.
 * Only training rows are ever given to it.
 */
export function mergeClasses(points: Matrix, terms: readonly string[], seed: number): MergedClasses | null {
  const evidence = labelHierarchy(points, terms, { minClassSize: 5, seed });
  if (evidence.best === null) return null;
  const groups = evidence.best.members.map((members) => members.map(String));
  const nameOf = new Map(groups.flatMap((members, g) => members.map((term) => [term, `group ${g + 1}`] as const)));
  // A term with too few training rows to take part stays a class of its own.
  return { groups, groupOf: (term) => nameOf.get(term) ?? term, evidence };
}
