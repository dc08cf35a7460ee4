import { angularRounding } from './angular-rounding.js';
import { type KernelChoice, withEngine } from './block-engine.js';
import { type ClusterMeans, emptyClusterMeans } from './cluster-means.js';
import type { ClusterMoments } from './cluster-moments.js';
import { SQUARES } from './formula.js';
import { packRows, panelColumns, type RowSet, TILE } from './packed-rows.js';

/** Rows packed at a time. */
const ROWS = 4 * TILE;

export interface SquaredClusterMeansInput extends Omit<RowSet, 'order'> {
  readonly labels: Int32Array;
  /** Moments of the clusters, in the frame of the rows; with `directionless`, of the rows that have a direction. */
  readonly moments: ClusterMoments;
  /** Total weight of each cluster, all rows. */
  readonly total: Float64Array;
  /** Given for cosine: rows are unit vectors, marked where they are zero vectors. */
  readonly directionless?: Uint8Array | undefined;
  /** Rows to score; results stand at their positions in this list. */
  readonly scored: Int32Array;
}

/**
 * Mean squared Euclidean (or cosine) distances from rows to clusters without visiting pairs:
 * sum over C of |x - y|^2 = |C| |x - mean(C)|^2 + scatter(C), in which nothing cancels. For unit
 * vectors 1 - cos = |x - y|^2 / 2, and a zero vector is at distance 1 from every other row.
 *
 * Cost O(m k d) for m scored rows.
 */
export function squaredClusterMeans(input: SquaredClusterMeansInput, choice?: KernelChoice): ClusterMeans {
  const { points, framing, d, labels, moments, total, directionless, scored } = input;
  const k = total.length;
  const m = scored.length;
  const result = emptyClusterMeans(m);
  const { own, nearest, neighbor } = result;
  const factor = directionless === undefined ? 1 : 0.5;
  const rounding = directionless === undefined ? 0 : angularRounding(d);
  const panel = panelColumns(d);
  const panelAt = ROWS * d;
  const strip = panelAt + panel * d;
  withEngine(choice, strip + TILE * panel, ({ memory, fill }) => {
    /** Takes clusters from .. to - 1 into scored row s, whose squared distances from their means stand at `at`. */
    const take = (s: number, from: number, to: number, at: number): void => {
      const i = scored[s]!;
      const isZero = directionless !== undefined && directionless[i] === 1;
      for (let cluster = from; cluster < to; cluster++) {
        const all = total[cluster]!;
        const directed = moments.weight[cluster]!;
        let sum = all;
        if (!isZero) {
          sum = factor * (directed * memory[at + cluster - from]! + moments.scatter[cluster]!) + (all - directed);
        }
        if (cluster === labels[i]) {
          if (isZero) sum -= 1; // copies of a zero vector are at distance 1 too
          const mean = all > 1 ? sum / (all - 1) : 0;
          own[s] = mean <= rounding ? 0 : mean;
        } else {
          const mean = sum / all <= rounding ? 0 : sum / all;
          if (mean < nearest[s]!) {
            nearest[s] = mean;
            neighbor[s] = cluster;
          }
        }
      }
    };
    let packed = -1;
    for (let s0 = 0; s0 < m; s0 += ROWS) {
      const s1 = Math.min(s0 + ROWS, m);
      packRows({ points, framing, d, order: scored }, s0, s1, memory, 0, SQUARES);
      for (let from = 0; from < k; from += panel) {
        const to = Math.min(from + panel, k);
        if (packed !== from) packRows({ points: moments.means, d }, from, to, memory, panelAt, SQUARES);
        packed = from;
        for (let t0 = s0; t0 < s1; t0 += TILE) {
          const t1 = Math.min(t0 + TILE, s1);
          fill(SQUARES, (t0 - s0) * d, t1 - t0, panelAt, to - from, d, strip, panel);
          for (let s = t0; s < t1; s++) take(s, from, to, strip + (s - t0) * panel);
        }
      }
    }
  });
  return result;
}
