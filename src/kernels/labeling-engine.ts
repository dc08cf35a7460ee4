import { instancesOf } from '../core/wasm-instances.js';
import type { KernelChoice } from './block-engine.js';
import { labelingBinary } from './wasm/labeling-binary.js';

/** Kernels for eight rows at a time. Places count numbers of 64 bits; labels and sizes are 32-bit integers. */
export interface LabelingKernels {
  /**
   * The distances of eight rows to row j stand side by side at `block` + 8 j. Writes their sums over each of `slots`
   * clusters side by side to `sums` + 8 c; `labels` holds the clusters of the n rows.
   */
  clusterSums(labels: number, n: number, slots: number, block: number, sums: number): void;
  /**
   * Takes clusters from .. to - 1 of these sums. `own` holds the clusters of the eight rows, behind them the eight
   * sums over these, and behind those the eight least means over others; both go on from what stands there.
   */
  nearestMeans(sums: number, sizes: number, from: number, to: number, own: number): void;
}

const instances = /* @__PURE__ */ instancesOf<LabelingKernels>(labelingBinary);

/** Calls `use` with memory for `size` numbers and the kernels that work in it. */
export function withLabelingEngine(
  choice: KernelChoice | undefined,
  size: number,
  use: (memory: Float64Array, kernels: LabelingKernels) => void,
): void {
  const instance = choice === 'plain' ? undefined : instances.acquire(size);
  if (instance === undefined) {
    const memory = new Float64Array(size);
    use(memory, plainKernels(memory));
    return;
  }
  try {
    use(instance.memory, instance.kernels);
  } finally {
    instances.release(instance);
  }
}

/** The kernels in plain TypeScript, over the numbers of `f`. */
function plainKernels(f: Float64Array): LabelingKernels {
  const whole = new Int32Array(f.buffer, f.byteOffset);
  return {
    clusterSums(labels, n, slots, block, sums) {
      f.fill(0, sums, sums + 8 * slots);
      for (let j = 0; j < n; j++) {
        const sum = sums + 8 * whole[2 * labels + j]!;
        for (let r = 0; r < 8; r++) f[sum + r]! += f[block + 8 * j + r]!;
      }
    },
    nearestMeans(sums, sizes, from, to, own) {
      for (let c = from; c < to; c++) {
        const size = whole[2 * sizes + c]!;
        for (let r = 0; size > 0 && r < 8; r++) {
          const sum = f[sums + 8 * c + r]!;
          if (f[own + r] === c) f[own + 8 + r] = sum;
          else if (sum / size < f[own + 16 + r]!) f[own + 16 + r] = sum / size;
        }
      }
    },
  };
}
