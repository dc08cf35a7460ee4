/** How the labels look in one metric. */
export interface MetricView {
  /** Share of rows whose nearest other row has the same label, in [0, 1]. */
  readonly agreement: number;
  /** (agreement - chance) / (1 - chance). */
  readonly adjusted: number;
  /**
   * Mean silhouette. Of the square roots of distances for `cosine`, `correlation` and `sqeuclidean`, which are squares of
   * lengths: the silhouette of squares is higher wherever it is positive, and would say nothing of the metric.
   */
  readonly silhouette: number;
}

/** A metric that was tried, beside the one in use. */
export interface MetricCandidate extends MetricView {
  readonly metric: string;
  /** The metric in use, on columns divided by their standard deviation. */
  readonly standardize: boolean;
  /** Rows whose nearest row has their label in this metric and not in the one in use, and the other way round. */
  readonly gained: number;
  readonly lost: number;
  /** One-sided p of the sign test over these rows, times the number of candidates (Bonferroni). */
  readonly p: number;
  /** One-sided p of the difference of silhouettes, paired over rows, times the number of candidates. */
  readonly silhouetteP: number;
  /** Whether it shows the groups better, by a test and by the size of its effect. */
  readonly better: boolean;
}

/** What `metricChoice` finds. */
export interface MetricChoiceResult {
  /** What to measure with in place of the metric in use; null: none of the candidates shows the groups better. */
  readonly choice: MetricCandidate | null;
  /** The metric in use. */
  readonly current: MetricView;
  /** Best first: better ones, then by adjusted agreement. */
  readonly candidates: readonly MetricCandidate[];
  /** Neighbour agreement of random labels. */
  readonly chance: number;
  /** Gains that count: of the adjusted agreement, and of a silhouette that is below 0.5. */
  readonly margins: { readonly agreement: number; readonly silhouette: number };
  readonly alpha: number;
  readonly metric: string;
  readonly seed: number;
  readonly n: number;
  readonly k: number;
  /** Given when fewer rows than all were used, compared among themselves. */
  readonly sample?: { readonly rows: number; readonly of: number };
}
