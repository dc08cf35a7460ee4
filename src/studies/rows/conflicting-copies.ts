import { firstEqualRow } from '../../data/equal-rows.js';
import type { Part } from '../../data/row-sample.js';

/**
 * For each row the row that stands for it and its copies: the first with the label that most of them have,
 * of labels that tie the first in label order. So it does not depend on the order of rows which label
 * copies of several labels are compared with.
 */
export function representatives({ points, n, d, labels }: Pick<Part, 'points' | 'n' | 'd' | 'labels'>): Int32Array {
  const first = firstEqualRow(points, n, d);
  const votes = new Map<number, Map<number, { readonly row: number; count: number }>>();
  first.forEach((kind, i) => {
    const own = votes.get(kind) ?? new Map<number, { readonly row: number; count: number }>();
    votes.set(kind, own);
    const vote = own.get(labels[i]!) ?? { row: i, count: 0 };
    vote.count++;
    own.set(labels[i]!, vote);
  });
  const chosen = new Map<number, number>();
  for (const [kind, own] of votes) {
    const most = [...own].sort(([a, x], [b, y]) => y.count - x.count || a - b)[0]![1];
    chosen.set(kind, most.row);
  }
  return first.map((kind) => chosen.get(kind)!);
}

/** Rows whose label is not that of most of the rows that equal them. */
export function conflictingCopies(labels: Int32Array, standsFor: Int32Array): Int32Array {
  return Int32Array.from(labels.keys()).filter((i) => labels[i] !== labels[standsFor[i]!]);
}
