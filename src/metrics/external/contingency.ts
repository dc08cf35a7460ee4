import { ShapeError } from '../../core/errors.js';
import { readLabels } from '../../data/labels.js';

/**
 * How two labelings of the same n rows meet: the cells of the truth x predicted table that are not
 * empty, by row and then by column. There are at most n of them, however many classes there are.
 */
export interface Contingency {
  readonly n: number;
  /** Rows of the data per true class (the row sums of the table). */
  readonly truthCounts: Int32Array;
  /** Rows of the data per predicted cluster (the column sums of the table). */
  readonly predictedCounts: Int32Array;
  /** True class of each cell. */
  readonly cellTruth: Int32Array;
  /** Predicted cluster of each cell. */
  readonly cellPredicted: Int32Array;
  /** Rows of the data in each cell, at least 1. */
  readonly cellCounts: Int32Array;
}

/** Stable order of `rows` by `codes`. */
function sortByCode(rows: Int32Array, codes: Int32Array, counts: Int32Array): Int32Array {
  const next = new Int32Array(counts.length);
  for (let c = 1; c < counts.length; c++) next[c] = next[c - 1]! + counts[c - 1]!;
  const sorted = new Int32Array(rows.length);
  for (let p = 0; p < rows.length; p++) sorted[next[codes[rows[p]!]!]!++] = rows[p]!;
  return sorted;
}

/**
 * The table of two encoded labelings, in O(n + classes) time and memory. The order of the cells does
 * not depend on the order of the rows, so neither do sums over them.
 */
export function contingency(
  truth: Int32Array,
  truthCounts: Int32Array,
  predicted: Int32Array,
  predictedCounts: Int32Array,
): Contingency {
  const n = truth.length;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const order = sortByCode(sortByCode(rows, predicted, predictedCounts), truth, truthCounts);
  const cellTruth = new Int32Array(n);
  const cellPredicted = new Int32Array(n);
  const cellCounts = new Int32Array(n);
  let last = -1;
  for (let p = 0; p < n; p++) {
    const i = order[p]!;
    if (last < 0 || cellTruth[last] !== truth[i] || cellPredicted[last] !== predicted[i]) {
      last++;
      cellTruth[last] = truth[i]!;
      cellPredicted[last] = predicted[i]!;
    }
    cellCounts[last]!++;
  }
  return {
    n,
    truthCounts,
    predictedCounts,
    cellTruth: cellTruth.slice(0, last + 1),
    cellPredicted: cellPredicted.slice(0, last + 1),
    cellCounts: cellCounts.slice(0, last + 1),
  };
}

/**
 * The door of the external indices.
 *
 * @throws as `readLabels`; ShapeError length-mismatch.
 */
export function readContingency(where: string, truth: unknown, predicted: unknown): Contingency {
  const a = readLabels(where, truth, 'truth');
  const b = readLabels(where, predicted, 'predicted');
  if (a.codes.length !== b.codes.length) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: truth and predicted must label the same rows, got ${a.codes.length} and ${b.codes.length} labels`,
    );
  }
  return contingency(a.codes, a.counts, b.codes, b.counts);
}

/** The two labelings are the same partition: every class is one cluster and the reverse. */
export function samePartition(table: Contingency): boolean {
  const cells = table.cellCounts.length;
  return cells === table.truthCounts.length && cells === table.predictedCounts.length;
}
