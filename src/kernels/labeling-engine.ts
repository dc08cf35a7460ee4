import type { KernelChoice } from './block-engine.js';
import { instancesOf } from './instances.js';
import { labelingBinary } from './wasm/labeling-binary.js';

/**
 * For eight rows, whose distances to row j stand side by side at `block` + 8 j: the sum over their own
 * cluster and the least mean over another one. `order` and `offsets` are places of 32-bit integers:
 * cluster c holds the rows order[offsets[c]] .. order[offsets[c + 1] - 1]. `own` holds the clusters of
 * the eight rows and receives, behind them, the eight sums and the eight means.
 */
export type ClusterSums = (order: number, offsets: number, k: number, block: number, own: number) => void;

const instances = /* @__PURE__ */ instancesOf<{ readonly clusterSums: ClusterSums }>(labelingBinary);

/** Lends memory for `size` numbers to `use`, with the kernel that works in it. */
export function withLabelingEngine(
  choice: KernelChoice | undefined,
  size: number,
  use: (memory: Float64Array, clusterSums: ClusterSums) => void,
): void {
  const instance = choice === 'plain' ? undefined : instances.lend(size);
  if (instance === undefined) {
    const memory = new Float64Array(size);
    use(memory, (order, offsets, k, block, own) => plainClusterSums(memory, order, offsets, k, block, own));
    return;
  }
  try {
    use(instance.memory, instance.kernels.clusterSums);
  } finally {
    instances.takeBack(instance);
  }
}

/** `ClusterSums` in plain TypeScript, over the numbers of `f`. */
function plainClusterSums(
  f: Float64Array,
  order: number,
  offsets: number,
  k: number,
  block: number,
  own: number,
): void {
  const whole = new Int32Array(f.buffer, f.byteOffset);
  const sums = new Float64Array(8);
  for (let r = 0; r < 8; r++) f[own + 16 + r] = Number.POSITIVE_INFINITY;
  for (let c = 0; c < k; c++) {
    const from = whole[2 * offsets + c]!;
    const to = whole[2 * offsets + c + 1]!;
    sums.fill(0);
    for (let p = from; p < to; p++) {
      const row = block + 8 * whole[2 * order + p]!;
      for (let r = 0; r < 8; r++) sums[r]! += f[row + r]!;
    }
    for (let r = 0; r < 8; r++) {
      if (f[own + r] === c) f[own + 8 + r] = sums[r]!;
      else if (sums[r]! / (to - from) < f[own + 16 + r]!) f[own + 16 + r] = sums[r]! / (to - from);
    }
  }
}
