import type { Label } from '../../core/types.js';

/** What was found inside one class. */
export interface ClassGroups<L extends Label = Label> {
  readonly label: L;
  /** Rows of the class that were looked at. */
  readonly rows: number;
  /** 1: no gap was found. */
  readonly groups: number;
  /** Rows of each group, largest first. */
  readonly sizes: readonly number[];
  /**
   * Of "one mode along the line", of the first split, corrected for the lines and the classes (Bonferroni); null: no
   * split passed, or it was found by linkage alone, which has no p.
   */
  readonly p: number | null;
  /** Which line, or the linkage, made the first split. */
  readonly by: 'centres' | 'whitened' | 'whitened-rows' | 'linkage' | null;
  /** Near neighbours across the border of the first split over those across a cut of its sides; below 0.5. */
  readonly crossing: number | null;
  /** Distance between the two sides of the first split, in sums of their standard deviations along it. */
  readonly separation: number | null;
  /** The same between the class and the nearest other class; null without one. */
  readonly fromNearest: number | null;
}

export interface HiddenGroups<L extends Label = Label> {
  /** Classes of at least 16 rows, in label order. */
  readonly classes: readonly ClassGroups<L>[];
  /** Classes with fewer rows: not looked at. */
  readonly leftOut: readonly L[];
  /** Classes with two groups or more. */
  readonly found: readonly L[];
  /** Of these, classes whose two sides are at least three quarters as far apart as classes are. */
  readonly deep: readonly L[];
  /** Median over the classes of the separation from the nearest other class; null without two classes. */
  readonly betweenClasses: number | null;
  /** Mean absolute cosine between the directions of the splits of found classes: near 1 as of a batch effect; null below two. */
  readonly sameDirection: number | null;
  /** A label for each row of the input: '<label> (<group>)' where its class has groups, else the label. */
  readonly subLabels: readonly (L | string)[];
  readonly alpha: number;
  readonly metric: string;
  readonly seed: number;
  readonly n: number;
  readonly sample?: { readonly rows: number; readonly of: number };
}
