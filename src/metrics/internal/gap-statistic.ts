import type { LabelTable } from '../../data/labels.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame } from '../../kernels/frame.js';
import { meanOf, squaresAround } from '../../statistics/mean.js';

/**
 * The gap of one clustering: how much lower its dispersion is than that of reference data, which have no
 * clusters and were clustered in the same way.
 */
export interface GapValue {
  /** `expected` minus `logDispersion`; higher is better. */
  readonly gap: number;
  /** ln of the sum of squared distances of the rows to their centroid. */
  readonly logDispersion: number;
  /** Mean of the same over the reference sets. */
  readonly expected: number;
  /** s_k = sd sqrt(1 + 1 / references), with the population sd over the reference sets. */
  readonly standardError: number;
}

/** ln W, with W the scatter within clusters: the W_k of the paper for squared distances. -Infinity without scatter. */
export function logDispersion(points: Float64Array, n: number, d: number, { codes, classes }: LabelTable): number {
  const { rows, unit } = centredFrame(points, n, d);
  const within = clusterMoments(rows, d, codes, classes.length).scatter.reduce((sum, value) => sum + value, 0);
  // Apart, because unit^2 can vanish or overflow.
  return Math.log(within) + 2 * Math.log(unit);
}

/** Compares one dispersion with those of the reference sets, all finite. */
export function gapOf(observed: number, reference: readonly number[]): GapValue {
  const count = reference.length;
  const expected = meanOf(reference);
  const variance = squaresAround(expected, reference) / count;
  return {
    gap: expected - observed,
    logDispersion: observed,
    expected,
    standardError: Math.sqrt(variance) * Math.sqrt(1 + 1 / count),
  };
}

/**
 * The smallest k with gap(k) >= gap(k') - s(k'), where k' is the next larger number tried; null when
 * there is none, so that more clusters should be tried. `rows` ascend in k; one without a gap ends
 * the search, for the rule cannot pass over it.
 */
export function smallestByGap(
  rows: ReadonlyArray<{ readonly k: number; readonly gap: GapValue | null }>,
): number | null {
  for (let r = 0; r + 1 < rows.length; r++) {
    const here = rows[r]!.gap;
    const next = rows[r + 1]!.gap;
    if (here === null || next === null) return null;
    if (here.gap >= next.gap - next.standardError) return rows[r]!.k;
  }
  return null;
}
