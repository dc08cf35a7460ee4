import type { Label } from '../core/types.js';

/** How often rows of one class have neighbours in another. */
export interface ConfusionPair<L extends Label = Label> {
  readonly from: L;
  readonly to: L;
  /** Neighbours counted. Not always whole: rows that tie for the last places share them. */
  readonly count: number;
  /**
   * For the own class the expectation under random labels: m n_from (n_from - 1) / (n - 1) with m
   * neighbours. For another class that of quasi-independence: the neighbours of `from` outside its class,
   * in proportion to the sizes of the other classes, n_to / (n - n_from).
   */
  readonly expected: number;
  /** count / expected. */
  readonly lift: number;
}

/** Two classes whose rows are neighbours. */
export interface MergeCandidate<L extends Label = Label> {
  readonly labels: readonly [L, L];
  /** Pairs of neighbouring rows between the two, mutual ones counted once. */
  readonly count: number;
  /** What the confusions of the two classes and the sizes of all lead to expect (quasi-independence). */
  readonly expected: number;
  /**
   * One-sided p of such a count, and p adjusted for all pairs of classes that could reach `alpha`
   * (Benjamini-Hochberg; 1 for the others).
   */
  readonly p: number;
  readonly q: number;
}

export interface Confusability<L extends Label = Label> {
  /** Classes in label order: how often their neighbours are their own, and who is nearest instead. */
  readonly classes: ReadonlyArray<{
    readonly label: L;
    readonly size: number;
    /** Share of neighbours that are of the own class, and its expectation by chance. */
    readonly own: number;
    readonly ownExpected: number;
    /** The other class with the most neighbours; the first in label order on ties, null when there is none. */
    readonly rival: L | null;
    /** Share of neighbours that are the rival's. */
    readonly rivalShare: number;
  }>;
  /** Pairs with a count above 0, by class order. Everything else in the class-by-class matrix is 0. */
  readonly pairs: readonly ConfusionPair<L>[];
  /** Pairs of classes with q <= alpha: they stand out among the confusions. The largest count first. */
  readonly mergeCandidates: readonly MergeCandidate<L>[];
  /** Pairs of neighbouring rows of different classes, mutual ones counted once; 0: nothing is confused. */
  readonly confusions: number;
  /** The pair of classes with the largest count, whether it stands out or not; null without confusions. */
  readonly mostConfused: MergeCandidate<L> | null;
  readonly neighbors: number;
  readonly metric: string;
  readonly alpha: number;
  readonly n: number;
  readonly k: number;
}
