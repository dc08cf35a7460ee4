import type { Label } from '../../core/types.js';
import type { DensitySilhouette } from './density-silhouette.js';

/** One column of the memberships. */
export interface SoftCluster<L extends Label = Label> {
  readonly label: L;
  /** Rows whose largest membership it is. */
  readonly size: number;
  /** Sum of its memberships over all rows. */
  readonly membership: number;
  /** Weighted mean width of these rows; null where their weights sum to 0. */
  readonly score: number | null;
  /** Mean width of these rows without weights; null where there are none. */
  readonly crispScore: number | null;
}

/** A row that two clusters hold nearly alike. */
export interface BetweenTwo<L extends Label = Label> {
  readonly row: number;
  readonly labels: readonly [first: L, second: L];
  readonly memberships: readonly [first: number, second: number];
}

export interface SoftSilhouetteResult<L extends Label = Label> {
  /** Mean of the crisp widths, weighted with (u1 - u2)^alpha, in [-1, 1]. */
  readonly score: number;
  readonly alpha: number;
  /** The silhouette of the crisp labels: each row in the cluster of its largest membership. */
  readonly crisp: { readonly score: number; readonly macroScore: number };
  /** Crisp label of each row; of equal memberships the first column counts. */
  readonly labels: readonly L[];
  /** Crisp width of each row. */
  readonly samples: Float64Array;
  /** (u1 - u2)^alpha of each row. */
  readonly weights: Float64Array;
  /** The columns, in their order. */
  readonly clusters: readonly SoftCluster<L>[];
  /** Entropy of the memberships in nats: mean, its share of log k, and of each row. */
  readonly entropy: { readonly mean: number; readonly share: number; readonly samples: Float64Array };
  /** Rows whose largest membership is at most 3 times the second, which is more than 3 times the third. */
  readonly between: readonly BetweenTwo<L>[];
  /** Rows whose largest membership is at most 3 times the second, and the second at most 3 times the third. */
  readonly amongSeveral: Int32Array;
  /** Rows whose two largest memberships are equal: their weight is 0. */
  readonly tiedCount: number;
  /** The density-based silhouette (Menardi 2011); null where it has no value, and `densityReason` says why. */
  readonly density: DensitySilhouette | null;
  readonly densityReason?: string;
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  /** Columns of the memberships. */
  readonly k: number;
}
