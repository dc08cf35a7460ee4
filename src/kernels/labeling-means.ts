import type { KernelChoice } from './block-engine.js';
import { withLabelingEngine } from './labeling-engine.js';

/** Rows whose distances stand side by side. */
const GROUP = 8;

/** Labelings of the same rows, each with clusters of the same sizes. */
export interface Labelings {
  /** For each labeling the cluster of each row, 0 .. k - 1; k: the row counts in none. */
  readonly labels: readonly Int32Array[];
  /** Sizes of the k clusters: one for all labelings, or one for each. */
  readonly sizes: Int32Array | readonly Int32Array[];
  /** Numbers of clusters, ascending: the least means are told over the first of them, then over more. Default: all k. */
  readonly stages?: readonly number[] | undefined;
}

/**
 * Calls `visit` for each of several labelings, and for each of some rows: with the sum of the row's
 * distances to its own cluster, and the least mean distance to another that is not empty; at each stage,
 * if stages are given, in their order. The own sum is 0 until a stage holds the own cluster.
 *
 * `rows` are the numbers of the rows, and `distances` their distances to all n rows, one row after the
 * other, 0 from a row to itself. Every sum takes its cluster in ascending order of the rows.
 *
 * Cost O(rows * labelings * (n + k)).
 */
export function labelingMeans(
  rows: Int32Array,
  distances: Float64Array,
  { labels, sizes, stages }: Labelings,
  visit: (labeling: number, row: number, own: number, nearest: number, stage: number) => void,
  choice?: KernelChoice,
): void {
  const sizesOf = (labeling: number) => (sizes instanceof Int32Array ? sizes : sizes[labeling]!);
  const k = sizesOf(0).length;
  const bounds = stages ?? [k];
  const n = distances.length / rows.length;
  const labelsAt = Math.ceil(k / 2);
  const ownAt = labelsAt + Math.ceil(n / 2);
  const sumsAt = ownAt + 3 * GROUP;
  const blockAt = sumsAt + GROUP * (k + 1);
  const groups = Math.ceil(rows.length / GROUP);
  withLabelingEngine(choice, blockAt + groups * GROUP * n, (memory, kernels) => {
    const whole = new Int32Array(memory.buffer, memory.byteOffset, 2 * ownAt);
    for (let s = 0; s < groups * GROUP; s++) {
      const row = Math.min(s, rows.length - 1) * n;
      let at = blockAt + (s - (s % GROUP)) * n + (s % GROUP);
      for (let j = row; j < row + n; j++, at += GROUP) memory[at] = distances[j]!;
    }
    labels.forEach((own, labeling) => {
      whole.set(sizesOf(labeling));
      whole.set(own, 2 * labelsAt);
      for (let s0 = 0; s0 < rows.length; s0 += GROUP) {
        const count = Math.min(GROUP, rows.length - s0);
        for (let r = 0; r < count; r++) memory[ownAt + r] = own[rows[s0 + r]!]!;
        memory.fill(0, ownAt + GROUP, ownAt + 2 * GROUP);
        memory.fill(Number.POSITIVE_INFINITY, ownAt + 2 * GROUP, ownAt + 3 * GROUP);
        kernels.clusterSums(labelsAt, n, k + 1, blockAt + s0 * n, sumsAt);
        for (let stage = 0; stage < bounds.length; stage++) {
          kernels.nearestMeans(sumsAt, 0, stage === 0 ? 0 : bounds[stage - 1]!, bounds[stage]!, ownAt);
          for (let r = 0; r < count; r++) {
            const at = ownAt + GROUP + r;
            visit(labeling, rows[s0 + r]!, memory[at]!, memory[at + GROUP]!, stage);
          }
        }
      }
    });
  });
}
