import type { Label } from '../../core/types.js';
import type { NullComparison } from '../../statistics/permutation-null.js';

/** Indices of agreement. */
export type AgreementIndex =
  | 'adjustedRandIndex'
  | 'adjustedMutualInformation'
  | 'vMeasure'
  | 'fowlkesMallows'
  | 'matchingAccuracy';

/** Rows that have one label of each; a cell of the table that is not empty. */
export interface AgreementCell<A extends Label = Label, B extends Label = Label> {
  readonly first: A;
  readonly second: B;
  readonly rows: number;
  /** The two classes go with each other in the best one-to-one matching. */
  readonly matched: boolean;
}

/**
 * Why rows lie outside the matching. 'split': a class of the first whose rows are most of two or more classes of the
 * second. 'joined': a class of the second that has most of two or more classes of the first. 'moved': the other rows
 * of one class of the first in one of the second. Each row outside the matching counts in one of them.
 */
export interface LabelDifference<A extends Label = Label, B extends Label = Label> {
  readonly kind: 'split' | 'joined' | 'moved';
  /** Classes of the first; several where they are joined, the largest part first. */
  readonly first: readonly A[];
  /** Classes of the second; several where one is split, the largest part first. */
  readonly second: readonly B[];
  /** Rows outside the matching that it explains. */
  readonly rows: number;
}

/** Two labelings of the same rows beside each other. */
export interface LabelComparison<A extends Label = Label, B extends Label = Label> {
  /** One sentence: how far they agree, beside chance, and what differs. */
  readonly sentence: string;
  /**
   * 'same': they put the same rows together. 'alike': they agree more than random labels of the same sizes (p of the
   * adjusted Rand index at most `alpha`). 'chance': they do not. 'trivial': one of them has one class, or a class for
   * each row.
   */
  readonly verdict: 'same' | 'alike' | 'chance' | 'trivial';
  /** Each index beside its values under permuted labels; higher is better. */
  readonly scores: Readonly<Record<AgreementIndex, NullComparison>>;
  /** Of the V-measure: each class of the second holds one of the first. 1 where the first is only split. */
  readonly homogeneity: number;
  /** Of the V-measure: each class of the first lies in one of the second. 1 where the first is only joined. */
  readonly completeness: number;
  /** Sizes of the classes, in label order. */
  readonly first: ReadonlyArray<{ readonly label: A; readonly rows: number }>;
  readonly second: ReadonlyArray<{ readonly label: B; readonly rows: number }>;
  /** The table without its empty cells, the most rows first. */
  readonly table: readonly AgreementCell<A, B>[];
  /** What lies outside the matching, the most rows first. */
  readonly differences: readonly LabelDifference<A, B>[];
  /** Rows outside the best matching, counted from 0, ascending. */
  readonly moved: Int32Array;
  readonly names: readonly [string, string];
  readonly alpha: number;
  readonly permutations: number;
  readonly seed: number;
  readonly n: number;
}
