/** One labeling, by the silhouette and by its neighbours. */
export interface LabelingView {
  /** Mean silhouette, in [-1, 1]. */
  readonly silhouette: number;
  /** Mean share of the nearest rows that have the label of the row, in [0, 1]. */
  readonly agreement: number;
  /** What it is for random labels. */
  readonly chance: number;
  /** (agreement - chance) / (1 - chance): 0 at chance, 1 where all neighbours agree. */
  readonly adjusted: number;
}

/** What `clusterShape` finds. */
export interface ClusterShapeResult {
  /**
   * 'other': the silhouette prefers compact groups to these labels although neighbours prefer these; it is the
   * wrong index here. 'compact': it finds no other groups that it prefers by `margin`. 'unclear': it does, and the
   * neighbours do not tell against it.
   */
  readonly shape: 'compact' | 'other' | 'unclear';
  readonly given: LabelingView;
  /** As many compact groups of the same rows, each row with its nearest medoid: what the silhouette would rather have. */
  readonly compact: LabelingView;
  /** 90% interval (Wilson) of the adjusted agreement of the given labels. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number };
  /** Share of rows that are nearest to the medoid of their own class: near the agreement where classes are balls. */
  readonly centred: number;
  /**
   * One-sided p that neighbours know the labels better than the compact groups, or better than the medoids of the classes
   * by `margin`: paired over rows, the smaller of the two, doubled.
   */
  readonly p: number;
  /** Density-based validity (`dbcv`) of both labelings, or why there is none. */
  readonly density: { readonly given: number; readonly compact: number } | { readonly reason: string };
  /** A difference of silhouettes, or of adjusted agreements, that counts. */
  readonly margin: number;
  /** Nearest rows that are looked at. */
  readonly neighbors: number;
  readonly alpha: number;
  readonly metric: string;
  readonly seed: number;
  readonly n: number;
  readonly k: number;
  /** Given when fewer rows than all were used, compared among themselves. */
  readonly sample?: { readonly rows: number; readonly of: number };
}
