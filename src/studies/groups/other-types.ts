/** Groups that the points have, found without the labels. */
export interface OtherGroups {
  /** Groups with a gap between neighbours; 1: none were found. */
  readonly groups: number;
  /** Rows of each group, largest first. */
  readonly sizes: readonly number[];
  /** Of "one mode across a border", the largest over the borders, corrected for all choices; null without groups or where a linkage alone found them. */
  readonly p: number | null;
  /** 'k-means': all neighbours of a k-means clustering have gaps; 'splits': found by splitting in two again and again. */
  readonly by: 'k-means' | 'splits' | null;
  /** Adjusted mutual information of labels and groups; null without groups. */
  readonly agreement: number | null;
  /**
   * The same as a share of what the coarser of the two can tell: 1 where the labels are the groups, refine or merge them,
   * 0 for labels at random.
   */
  readonly explained: number | null;
  /** The labels do not follow the groups: `explained` is at most 0.25. */
  readonly missed: boolean;
  /** Group of each row of the input, from 1, the largest first; 0 for rows with the noise label. */
  readonly groupOf: readonly number[];
  readonly alpha: number;
  readonly metric: string;
  readonly seed: number;
  readonly n: number;
  readonly sample?: { readonly rows: number; readonly of: number };
}
