import type { BlockMetric } from './block-metric.js';
import { type Instance, instancesOf } from './instances.js';
import { plainAdd, plainFill } from './plain-fill.js';
import { distanceBinary } from './wasm/distance-binary.js';

/** Which code computes blocks of distances; both give the same bits. 'auto': SIMD where it runs. */
export type KernelChoice = 'auto' | 'plain' | 'simd';

/**
 * Distances from `rows` packed rows at x to `columns` packed rows at y: row r to out + stride r.
 * All places are indices into the engine's memory. Counts are rounded up to whole blocks.
 */
export type BlockFill = (
  metric: BlockMetric,
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
export type BlockAdd = (at: number, stride: number, count: number, sums: number, columns: number) => void;

interface Kernels {
  readonly fill: BlockFill;
  readonly add: BlockAdd;
}

/** Memory with kernels that work in it. */
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

/** An engine with room for `size` numbers; one that was lent goes back by `returnEngine`. */
export function lendEngine(choice: KernelChoice | undefined, size: number): BlockEngine {
  const instance = choice === 'plain' ? undefined : instances.lend(size);
  if (instance !== undefined) {
    const { fill, add } = instance.kernels;
    return { name: 'simd', memory: instance.memory, fill, add, instance };
  }
  const memory = new Float64Array(size);
  return {
    name: 'plain',
    memory,
    fill: (metric, x, rows, y, columns, d, out, stride) =>
      plainFill(memory, metric, x, rows, y, columns, d, out, stride),
    add: (at, stride, count, sums, columns) => plainAdd(memory, at, stride, count, sums, columns),
  };
}

export function returnEngine({ instance }: BlockEngine): void {
  if (instance !== undefined) instances.takeBack(instance);
}

/** Lends an engine with room for `size` numbers to `use`. Nested calls get engines of their own. */
export function withEngine<T>(choice: KernelChoice | undefined, size: number, use: (engine: BlockEngine) => T): T {
  const engine = lendEngine(choice, size);
  try {
    return use(engine);
  } finally {
    returnEngine(engine);
  }
}
