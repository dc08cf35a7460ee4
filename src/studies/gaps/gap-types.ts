import type { Label } from '../../core/types.js';
import type { Reproduced } from './labels-from.js';

/** The line along which two groups were compared: between their centres, after whitening, or part by part. */
export type GapLine = 'centres' | 'whitened' | 'parts';

/** How rows of two groups lie on the line that shows the gap best. */
export interface LineGap {
  /** Of "one mode across the border", the least of the lines, corrected for their number. */
  readonly p: number;
  readonly dip: number;
  readonly line: GapLine;
  /** Rows that were judged, in a window that holds as many of one group as of the other. */
  readonly rows: number;
  /** Share of two normal groups of these sizes with a Bayes error of 3% that the dip would find at 5%. */
  readonly power: number;
  /** Share of them that would show as little of a gap as was seen. */
  readonly tail: number;
  /** Places of the judged rows, ascending. */
  readonly places: Float64Array;
  /** The same on every line that was tried. */
  readonly placesOf: ReadonlyMap<GapLine, Float64Array>;
  /** How well the two halves agree on the line between the centres, 0 to 1. */
  readonly reliability: number;
}

export interface GapPair<L extends Label = Label> {
  readonly labels: readonly [L, L];
  /**
   * true: the points leave a gap between the two (p at most alpha). false: they leave none, as so little of a gap
   * would be seen in at most a share alpha of groups with a Bayes error of 3% (`tail`). null: the rows cannot tell.
   */
  readonly gap: boolean | null;
  /** Of "one mode across the border"; Benjamini and Hochberg over all pairs. */
  readonly p: number;
  readonly dip: number;
  readonly line: GapLine;
  readonly rows: number;
  /** Share of two normal groups with a Bayes error of 3%, of so many rows, in which a gap would be found at 5%. */
  readonly power: number;
  /** Chance that they show as little of a gap, by the line and by near rows together; Benjamini and Hochberg over all pairs. */
  readonly tail: number;
  /** Rows in 20 bins of equal width from the first place to the last, from the first label to the second. */
  readonly profile: readonly number[];
}

/** Near rows across the borders of pairs, beside those of normal groups with a Bayes error of 3%. */
export interface NeighborsTell {
  /** Chance that such groups have as many near rows across their borders. */
  readonly p: number;
  /** Near rows across the borders among those across the borders and across a cut of each group in two by 2-means. */
  readonly share: number;
  /** The same of normal groups with the sizes and the covariance of these. */
  readonly expected: number;
}

/** Nearest neighbours across the borders of pairs, beside those across a cut of each group in two by 2-means. */
export interface CrossedBorders {
  /** Neighbours across the borders over neighbours across the cuts. */
  readonly ratio: number;
  /** Chance of so many across the borders if these were crossed half as often as a cut, as a Bayes error of 3% is. */
  readonly p: number;
}

export interface ClusterGaps<L extends Label = Label> {
  /**
   * 'groups': at least two thirds of the gaps that so many rows would show are there. Otherwise, where chance does
   * not explain that so little is seen (p at most alpha): 'mixed' for more than one third, and for less 'one-cloud', unless
   * neighbours cross the borders less often than they would between groups that touch (`crossing`). 'mixed' also where a
   * few pairs have a gap and neighbours cross the other borders as cuts. Else 'undecided': too few rows to tell, or no line
   * along which a gap could show.
   */
  readonly verdict: 'groups' | 'one-cloud' | 'mixed' | 'undecided';
  /** `found` over `expected`, at most 1; null where nothing is expected. */
  readonly share: number | null;
  /** Pairs with a gap, and how many would be found if every pair were two normal groups with a Bayes error of 3%. */
  readonly found: number;
  readonly expected: number;
  /**
   * Chance to see as little of gaps if every pair were such groups: the least of Stouffer's combination of `tail` over
   * the pairs, the tail of the places of all pairs together, and, where these decide nothing, that of `neighbors` and,
   * for labels of which a rule of the points leaves no row out, that of `crossing`; times four for the choice.
   */
  readonly p: number;
  /** What near rows across the borders tell; null where the lines told enough, or no line parts a pair. */
  readonly neighbors: NeighborsTell | null;
  /** How often neighbours cross the borders; null where the lines told enough, or where no neighbour lies across a cut. */
  readonly crossing: CrossedBorders | null;
  /**
   * About as many rows, in the same groups, as would tell where these are too few: with them 80% of the pairs would show
   * a gap if they were normal groups with a Bayes error of 3%. null for other verdicts, where more rows would not help
   * (p at most alpha), and where the halves of the rows agree on no line, so that no number can be given.
   */
  readonly rowsToTell: number | null;
  readonly labelsFrom: 'points' | 'elsewhere';
  /** What says so; null where it was told. */
  readonly reproduced: Reproduced | null;
  /** Pairs of labels that touch. */
  readonly pairs: readonly GapPair<L>[];
  /** Labels without enough rows or neighbours to be compared with any other. */
  readonly alone: readonly L[];
  readonly alpha: number;
  readonly seed: number;
  readonly n: number;
  readonly sample?: { readonly rows: number; readonly of: number };
}
