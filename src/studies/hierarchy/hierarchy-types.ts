import type { Label } from '../../core/types.js';

/** One merge of the tree: leaves are 0 .. k - 1 in label order, merge m makes node k + m. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  /** Root of twice the rise of the sum of squares, as in R's ward.D2 and SciPy. */
  readonly height: number;
  /** Rows below. */
  readonly size: number;
  /** How well held-out rows tell the two sides apart. */
  readonly toldApart: ToldApart;
}

/** How well held-out rows tell the two sides of a merge apart. */
export interface ToldApart {
  /** Balanced accuracy of the better of two rules, the nearest centre and the nearest row; 1/2 by chance. */
  readonly balancedAccuracy: number;
  readonly rule: 'centre' | 'row';
  /** Of accuracy 1/2, one-sided, normal, corrected for the two rules. */
  readonly p: number;
}

/** What a number of groups gains over the labels as they are. */
export interface Gain {
  /** Labels as they are. */
  readonly over: number;
  readonly difference: number;
  /** Standard error over the folds, corrected for the training rows that they share (Nadeau and Bengio 2003). */
  readonly standardError: number;
  /** One-sided, of the t that these give with folds - 1 degrees of freedom. */
  readonly p: number;
}

/** A held-out score with its spread over the folds and its null. */
export interface HeldOutScore {
  /** Mean over the folds. */
  readonly mean: number;
  /** Standard deviation over the folds. */
  readonly sd: number;
  /** Mean and standard deviation when labels are permuted and the tree is built again. */
  readonly chance: { readonly mean: number; readonly sd: number };
  /** (mean - chance) / (1 - chance). */
  readonly adjusted: number;
  /** p of this number of groups alone. */
  readonly p: number;
}

/** How well the held-out rows support one number of groups. */
export interface GroupingScore {
  readonly groups: number;
  /** Mean silhouette of held-out rows under the groups that the training rows gave. */
  readonly silhouette: HeldOutScore;
  /** Mean over groups of the share of held-out rows that the nearest centroid puts right. */
  readonly balancedAccuracy: HeldOutScore;
  /** Mean of the two adjusted scores: at most 1, 0 by chance; higher is better. */
  readonly support: number;
  readonly supportSd: number;
  /** p of the support, corrected for the choice among all numbers of groups (max statistic). */
  readonly p: number;
}

/** Which merges of labels the data support. */
export interface LabelHierarchy<L extends Label = Label> {
  /** Leaves of the tree: classes with enough rows, in label order. */
  readonly labels: readonly L[];
  readonly sizes: readonly number[];
  /** Classes with fewer rows than `minClassSize`; they take no part. */
  readonly leftOut: readonly L[];
  /** Tree over all rows, k - 1 merges, lowest first. */
  readonly merges: readonly Merge[];
  /** One per number of groups, ascending. */
  readonly scores: readonly GroupingScore[];
  /** The number of groups with the largest support, if its corrected p is at most alpha; else null. */
  readonly best: {
    readonly groups: number;
    readonly p: number;
    readonly support: number;
    /** The labels of each group, from the tree over all rows. */
    readonly members: ReadonlyArray<readonly L[]>;
    /** Other numbers of groups that are significant and within one standard error of the best support. */
    readonly alsoSupported: readonly number[];
  } | null;
  /** What the best number of groups gains over the labels as they are; null when nothing was merged. */
  readonly gain: Gain | null;
  /**
   * The number of groups with the largest support among those that merge only what is not told apart: sides whose
   * balanced accuracy stays below 0.75, halfway from chance to perfect. null: no such merge, or none beyond chance.
   */
  readonly mergeable: {
    readonly groups: number;
    readonly p: number;
    readonly support: number;
    readonly members: ReadonlyArray<readonly L[]>;
    readonly gain: Gain | null;
  } | null;
  /** p of the largest support over all numbers of groups. */
  readonly p: number;
  readonly minClassSize: number;
  readonly folds: number;
  readonly permutations: number;
  readonly seed: number;
  readonly alpha: number;
  readonly metric: string;
  readonly n: number;
  readonly sample?: { readonly rows: number; readonly of: number };
}
