import type { Contingency } from '../../metrics/external/contingency.js';

/** A difference by the codes of the classes; see `LabelDifference`. */
export interface CodedDifference {
  readonly kind: 'split' | 'joined' | 'moved';
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly rows: number;
}

/** Cells by the class of one side of which they are more than half, the largest first. */
function mostOf(
  cells: readonly number[],
  whole: (p: number) => number,
  other: (p: number) => number,
  rows: Int32Array,
) {
  const parts = new Map<number, number[]>();
  for (const p of cells) {
    if (2 * rows[p]! <= whole(p)) continue;
    parts.set(other(p), [...(parts.get(other(p)) ?? []), p]);
  }
  return [...parts].filter(([, own]) => own.length > 1);
}

/**
 * What the rows outside a matching have in common, the most rows first. More than half, because then a class is part
 * of one other class at most.
 */
export function labelDifferences(
  { truthCounts, predictedCounts, cellTruth, cellPredicted, cellCounts }: Contingency,
  clusterOf: Int32Array,
): CodedDifference[] {
  // The largest first, so that parts are named in that order; of equal ones the first in label order.
  const cells = Array.from(cellCounts.keys()).sort((p, q) => cellCounts[q]! - cellCounts[p]! || p - q);
  const matched = (p: number) => clusterOf[cellTruth[p]!] === cellPredicted[p];
  const told = new Set(cells.filter(matched));
  const take = (parts: readonly number[]) => {
    const fresh = parts.filter((p) => !told.has(p));
    for (const p of fresh) told.add(p);
    return fresh.reduce((sum, p) => sum + cellCounts[p]!, 0);
  };
  const splits = mostOf(
    cells,
    (p) => predictedCounts[cellPredicted[p]!]!,
    (p) => cellTruth[p]!,
    cellCounts,
  ).map(
    ([code, parts]): CodedDifference => ({
      kind: 'split',
      first: [code],
      second: parts.map((p) => cellPredicted[p]!),
      rows: take(parts),
    }),
  );
  const joins = mostOf(
    cells,
    (p) => truthCounts[cellTruth[p]!]!,
    (p) => cellPredicted[p]!,
    cellCounts,
  ).map(
    ([code, parts]): CodedDifference => ({
      kind: 'joined',
      first: parts.map((p) => cellTruth[p]!),
      second: [code],
      rows: take(parts),
    }),
  );
  const moves = cells
    .filter((p) => !told.has(p))
    .map(
      (p): CodedDifference => ({
        kind: 'moved',
        first: [cellTruth[p]!],
        second: [cellPredicted[p]!],
        rows: cellCounts[p]!,
      }),
    );
  return [...splits, ...joins, ...moves].filter(({ rows }) => rows > 0).sort((a, b) => b.rows - a.rows);
}
