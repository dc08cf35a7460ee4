import type { KernelChoice } from './block-engine.js';
import { withLabelingEngine } from './labeling-engine.js';

/** Rows whose distances stand side by side. */
const GROUP = 8;

/** A labeling: the clusters of all rows, and those rows that count, sorted by cluster. */
export interface OrderedLabeling {
  readonly labels: Int32Array;
  /** Cluster c holds the rows order[offsets[c]] .. order[offsets[c + 1] - 1]; all labelings have as many clusters. */
  readonly order: Int32Array;
  readonly offsets: Int32Array;
}

/**
 * Calls `visit` for each of several labelings, and for each of some rows: with the sum of the row's
 * distances to its own cluster, and the least mean distance to another that is not empty.
 *
 * `rows` are the numbers of the rows, and `distances` their distances to all n rows, one row after the
 * other, 0 from a row to itself. Every sum takes its cluster in the order of the labeling.
 *
 * Cost O(rows * labelings * (n + k)).
 */
export function labelingMeans(
  rows: Int32Array,
  distances: Float64Array,
  labelings: readonly OrderedLabeling[],
  visit: (labeling: number, row: number, own: number, nearest: number) => void,
  choice?: KernelChoice,
): void {
  const k = labelings[0]!.offsets.length - 1;
  const n = distances.length / rows.length;
  const orderAt = Math.ceil((k + 1) / 2);
  const ownAt = orderAt + Math.ceil(n / 2);
  const blockAt = ownAt + 3 * GROUP;
  const groups = Math.ceil(rows.length / GROUP);
  withLabelingEngine(choice, blockAt + groups * GROUP * n, (memory, clusterSums) => {
    const whole = new Int32Array(memory.buffer, memory.byteOffset, 2 * ownAt);
    for (let s = 0; s < groups * GROUP; s++) {
      const row = Math.min(s, rows.length - 1) * n;
      let at = blockAt + (s - (s % GROUP)) * n + (s % GROUP);
      for (let j = row; j < row + n; j++, at += GROUP) memory[at] = distances[j]!;
    }
    labelings.forEach(({ labels, order, offsets }, labeling) => {
      whole.set(offsets);
      whole.set(order, 2 * orderAt);
      for (let s0 = 0; s0 < rows.length; s0 += GROUP) {
        const count = Math.min(GROUP, rows.length - s0);
        for (let r = 0; r < count; r++) memory[ownAt + r] = labels[rows[s0 + r]!]!;
        clusterSums(orderAt, 0, k, blockAt + s0 * n, ownAt);
        for (let r = 0; r < count; r++) {
          visit(labeling, rows[s0 + r]!, memory[ownAt + GROUP + r]!, memory[ownAt + 2 * GROUP + r]!);
        }
      }
    });
  });
}
