import type { Label } from '../core/types.js';
import type { FindingId, Recommendation } from './finding-types.js';

/**
 * Whether the clusters are real. 'real': the labels mark groups that the points show, beyond chance and set
 * apart from their neighbours, and nothing of high severity stands against it. 'partly': some classes or
 * pairs hold and others do not, or they hold after a remedy that was tried, or the points carry the labels
 * without a gap. 'not-real': no better than chance, or pieces of one cloud that the labels themselves cut.
 * 'undecided': too few rows or classes to tell.
 */
export type AnswerVerdict = 'real' | 'partly' | 'not-real' | 'undecided';

/** A class whose rows do not keep to themselves. */
export interface WeakClass {
  readonly label: Label;
  readonly rows: number;
  /** Share of its rows whose nearest neighbour is of the class, and what chance gives. */
  readonly own: number;
  readonly chance: number;
}

/** Two classes that are not set apart from each other. */
export interface WeakPair {
  readonly labels: readonly [Label, Label];
  /** Rows of either class whose nearest neighbour is of the other, and rows of the two classes. */
  readonly confused: number;
  readonly rows: number;
  /** Whether the points show a gap between the two; null where that was not tested. */
  readonly gap: boolean | null;
}

/** What the diagnosis comes to. */
export interface Answer {
  readonly verdict: AnswerVerdict;
  /** One to three sentences, with the numbers that decide. */
  readonly sentence: string;
  /** The findings that the verdict rests on. */
  readonly because: readonly FindingId[];
  /** The one next step; null when nothing needs to be done. */
  readonly todo: Recommendation | null;
  /** The classes and pairs of classes that do not hold, the weakest first. */
  readonly weakest: { readonly classes: readonly WeakClass[]; readonly pairs: readonly WeakPair[] };
}
