import type { Label } from '../../core/types.js';
import type { NullComparison } from '../../statistics/permutation-null.js';

/** A score beside what random labels give. */
export interface ScoreBesideChance extends NullComparison {
  readonly adjusted: number;
  /** Given when rows were sampled: 95% interval of the score over all rows. */
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
}

export interface SignificanceResult<L extends Label = Label> {
  /** Mean silhouette width over rows, with the chance-adjusted score (s - E0) / (1 - E0). */
  readonly silhouette: ScoreBesideChance;
  /** Mean over clusters of the mean width. */
  readonly macroSilhouette: ScoreBesideChance;
  /**
   * Share of rows whose nearest other row has the same label; ties count as in `neighborAgreement`. The mean
   * of its null is exact: the chance that two rows have the same label.
   */
  readonly neighborAgreement: ScoreBesideChance;
  /** Mean width of each cluster in label order; `q` is p adjusted for the number of clusters with two rows or more (Benjamini-Hochberg). */
  readonly clusters: ReadonlyArray<NullComparison & { readonly label: L; readonly size: number; readonly q: number }>;
  readonly permutations: number;
  readonly seed: number;
  readonly metric: string;
  readonly n: number;
  readonly k: number;
  /** Given when rows were sampled: how many were scored, each against all. */
  readonly sample?: { readonly rows: number; readonly of: number };
}
