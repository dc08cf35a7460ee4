import type { KernelChoice } from './block-engine.js';
import { withLabelingEngine } from './labeling-engine.js';

/** Columns that stand side by side. */
const GROUP = 8;
/** Numbers of sums that are worth holding at once. */
const HELD = 2 ** 21;

/**
 * Sums of rows (n x d, row-major) over each of k clusters, k x d, for each of several labelings. A label of k counts
 * nowhere. Every sum takes its rows in ascending order. Cost O(labelings * d * n).
 */
export function classSums(
  rows: Float64Array,
  d: number,
  k: number,
  labelings: readonly Int32Array[],
  choice?: KernelChoice,
): Float64Array[] {
  const n = rows.length / d;
  const out = labelings.map(() => new Float64Array(k * d));
  const sumsAt = Math.ceil(n / 2);
  const blockAt = sumsAt + GROUP * (k + 1);
  withLabelingEngine(choice, blockAt + GROUP * n, (memory, kernels) => {
    const whole = new Int32Array(memory.buffer, memory.byteOffset, n);
    for (let first = 0; first < d; first += GROUP) {
      const width = Math.min(GROUP, d - first);
      for (let i = 0, at = blockAt; i < n; i++, at += GROUP) {
        for (let c = 0; c < width; c++) memory[at + c] = rows[i * d + first + c]!;
      }
      labelings.forEach((labels, p) => {
        whole.set(labels);
        kernels.clusterSums(0, n, k + 1, blockAt, sumsAt);
        const sums = out[p]!;
        for (let cluster = 0; cluster < k; cluster++) {
          const from = sumsAt + GROUP * cluster;
          for (let c = 0; c < width; c++) sums[cluster * d + first + c] = memory[from + c]!;
        }
      });
    }
  });
  return out;
}

/** How many labelings to sum at once, with so many numbers for each. */
export function labelingsAtOnce(numbers: number): number {
  return Math.max(1, Math.floor(HELD / numbers));
}
