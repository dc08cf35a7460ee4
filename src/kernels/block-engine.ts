import { type Instance, instancesOf } from '../core/wasm-instances.js';
import type { Formula } from './formula.js';
import { plainAdd, plainFill } from './plain-fill.js';
import { distanceBinary } from './wasm/distance-binary.js';

/** Which code computes blocks of distances; both give the same bits. 'auto': SIMD where it runs. */
export type KernelChoice = 'auto' | 'plain' | 'simd';

interface Kernels {
  /**
   * Distances from `rows` packed rows at x to `columns` packed rows at y: row r to out + stride r.
   * All places are indices into the engine's memory. Counts are rounded up to whole blocks.
   */
  readonly fill: (
    formula: Formula,
    x: number,
    rows: number,
    y: number,
    columns: number,
    d: number,
    out: number,
    stride: number,
  ) => void;
  /**
   * Adds a run of `count` distances in four rows of `stride` to the four numbers at `sums` and, where
   * `columns` is not negative, to the `count` numbers there. Every sum takes its numbers in ascending order.
   */
  readonly add: (at: number, stride: number, count: number, sums: number, columns: number) => void;
}

/** Memory, and the kernels that work in it. */
export interface BlockEngine extends Kernels {
  readonly name: 'plain' | 'simd';
  readonly memory: Float64Array;
  /** What a SIMD engine runs in. */
  readonly instance?: Instance<Kernels>;
}

const instances = /* @__PURE__ */ instancesOf<Kernels>(distanceBinary);

/** Whether the SIMD kernels run here. */
export function simdRuns(): boolean {
  return instances.runs();
}

/** An engine with room for `size` numbers, until `releaseEngine`. */
export function acquireEngine(choice: KernelChoice | undefined, size: number): BlockEngine {
  const instance = choice === 'plain' ? undefined : instances.acquire(size);
  if (instance !== undefined) {
    const { fill, add } = instance.kernels;
    return { name: 'simd', memory: instance.memory, fill, add, instance };
  }
  const memory = new Float64Array(size);
  return {
    name: 'plain',
    memory,
    fill: (formula, x, rows, y, columns, d, out, stride) =>
      plainFill(memory, formula, x, rows, y, columns, d, out, stride),
    add: (at, stride, count, sums, columns) => plainAdd(memory, at, stride, count, sums, columns),
  };
}

export function releaseEngine({ instance }: BlockEngine): void {
  if (instance !== undefined) instances.release(instance);
}

/** Calls `use` with an engine that has room for `size` numbers. Nested calls get engines of their own. */
export function withEngine<T>(choice: KernelChoice | undefined, size: number, use: (engine: BlockEngine) => T): T {
  const engine = acquireEngine(choice, size);
  try {
    return use(engine);
  } finally {
    releaseEngine(engine);
  }
}
