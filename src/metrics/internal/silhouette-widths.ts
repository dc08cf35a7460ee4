import type { Label } from '../../core/types.js';
import { type LooseOptions, oneOf } from '../../data/options.js';
import { type ClusterMeans, silhouetteWidth } from '../../kernels/cluster-means.js';
import type { Scope } from './scope.js';

/** What a cluster of one row scores: 0 (Rousseeuw 1987), 1 (NbClust, MATLAB), or it is left out. */
export type SingletonTreatment = 'zero' | 'one' | 'exclude';

export interface ClusterScore<L extends Label = Label> {
  readonly label: L;
  /** Rows in the cluster. */
  readonly size: number;
  /** Mean over the cluster's scored rows. */
  readonly score: number;
}

/** Widths of scored rows with their means over rows and over clusters. */
export interface WidthSummary {
  readonly score: number;
  readonly macroScore: number;
  readonly samples: Float64Array;
  readonly indices: Int32Array;
  readonly neighbors: readonly Label[];
  readonly clusters: readonly ClusterScore[];
  readonly singletonCount: number;
}

export function singletonsOption(where: string, options: LooseOptions): SingletonTreatment {
  return oneOf(where, 'singletons', options.singletons, ['zero', 'one', 'exclude'] as const, 'zero');
}

/**
 * Turns own and nearest distances into silhouette widths (nearest - own) / max(own, nearest) and
 * averages them. `total` is the weight of each cluster; at most 1 makes it a singleton. A cluster
 * counts with its full weight, however many of its rows were scored.
 */
export function summariseWidths(
  scope: Scope,
  means: ClusterMeans,
  scored: Int32Array,
  total: Float64Array,
  singletons: SingletonTreatment,
  weights?: Float64Array | undefined,
): WidthSummary {
  const { k, labels, classes, counts, rows } = scope;
  const sums = new Float64Array(k);
  const weightOf = new Float64Array(k);
  const kept: number[] = [];
  const samples: number[] = [];
  for (let s = 0; s < scored.length; s++) {
    const i = scored[s]!;
    const cluster = labels[i]!;
    const alone = total[cluster]! <= 1;
    if (alone && singletons === 'exclude') continue;
    const value = alone ? (singletons === 'one' ? 1 : 0) : silhouetteWidth(means.own[s]!, means.nearest[s]!);
    const w = weights === undefined ? 1 : weights[i]!;
    sums[cluster]! += w * value;
    weightOf[cluster]! += w;
    samples.push(value);
    kept.push(s);
  }
  const clusters: ClusterScore[] = [];
  let score = 0;
  let all = 0;
  let macro = 0;
  let singletonCount = 0;
  for (let cluster = 0; cluster < k; cluster++) {
    if (total[cluster]! <= 1) singletonCount++;
    if (weightOf[cluster] === 0) continue;
    const mean = sums[cluster]! / weightOf[cluster]!;
    clusters.push({ label: classes[cluster]!, size: counts[cluster]!, score: mean });
    score += total[cluster]! * mean;
    all += total[cluster]!;
    macro += mean;
  }
  return {
    score: score / all,
    macroScore: macro / clusters.length,
    samples: Float64Array.from(samples),
    indices: Int32Array.from(kept, (s) => rows[scored[s]!]!),
    neighbors: kept.map((s) => classes[means.neighbor[s]!]!),
    clusters,
    singletonCount,
  };
}
