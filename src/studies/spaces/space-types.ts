import type { Metric } from '../../distance/metric.js';
/** One index of one space, with its null. */
export interface SpaceScore {
  /** null where undefined or infinite; `reason` says why. */
  readonly score: number | null;
  readonly reason?: string;
  readonly chance: { readonly mean: number; readonly sd: number } | null;
  readonly adjusted: number | null;
  readonly p: number | null;
  /** Given when rows were sampled: 95% interval of the score over all rows. */
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
}

/** The indices of one space on one set of rows. */
export interface SpaceScores {
  readonly silhouette: SpaceScore;
  readonly daviesBouldin: SpaceScore;
  readonly neighborAgreement: SpaceScore;
  readonly n: number;
  readonly d: number;
  /** Rows of silhouette and neighbour agreement, each compared with all; Davies-Bouldin is that of all rows. */
  readonly sample?: { readonly rows: number; readonly of: number };
}

/** Index of `to` minus index of `from` on the same rows. */
export interface SpaceDifference {
  readonly metric: 'silhouette' | 'neighborAgreement';
  readonly rows: 'training' | 'held-out';
  readonly from: string;
  readonly to: string;
  readonly difference: number;
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
  /** Two-sided, from the same resampling, at least 1 / (1 + resamples); null without an interval. */
  readonly p: number | null;
  /** Given when the difference is that of a sample of rows. */
  readonly sample?: { readonly rows: number; readonly of: number };
}

/**
 * Training minus held-out of one space, over the classes that have two rows or more on either side, so
 * that both sides have the same rivals.
 */
export interface SpaceGap {
  readonly space: string;
  /**
   * null: the numbers are those of the space. Otherwise they are those of the space minus those of this
   * one, the first: what the split by itself did to the input is then not counted as memory.
   */
  readonly over: string | null;
  readonly metric: 'silhouette' | 'neighborAgreement';
  readonly training: number;
  readonly heldOut: number;
  readonly gap: number;
  /** Mean gap when rows are assigned to the two sides at random: the effect of the different numbers of rows alone. */
  readonly expectedGap: number;
  /** One-sided: rows are permuted between training and held-out inside each class. */
  readonly p: number;
  /** p corrected for all gaps of the comparison: the largest gap in units of its null, over the same permutations. */
  readonly corrected: number;
  /** Rows and classes that were compared. */
  readonly trainingRows: number;
  readonly heldOutRows: number;
  readonly classes: number;
  /** Given when these are a sample of the rows that could be compared. */
  readonly sample?: { readonly rows: number; readonly of: number };
}

export interface SpaceComparison {
  readonly spaces: ReadonlyArray<{
    readonly name: string;
    readonly training: SpaceScores;
    /** null without held-out rows. */
    readonly heldOut: SpaceScores | null;
  }>;
  /** All pairs of spaces, in the order given. */
  readonly differences: readonly SpaceDifference[];
  readonly gaps: readonly SpaceGap[];
  readonly metric: string;
  readonly standardized: boolean;
  readonly permutations: number;
  readonly seed: number;
}

/** The indices that spaces are compared by. */
export const SPACE_METRICS = ['silhouette', 'neighborAgreement'] as const;

/** How spaces are compared, once options are read. */
export interface CompareSettings {
  readonly metric: Metric;
  readonly standardized: boolean;
  readonly permutations: number;
  readonly resamples: number;
  readonly sampleSize: number;
  /** Rows that are scored at most, each against all; default `sampleSize`. */
  readonly scoreSize?: number | undefined;
  readonly seed: number;
}
