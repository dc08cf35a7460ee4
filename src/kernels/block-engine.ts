import type { BlockMetric } from './block-metric.js';
import { bytesFromHex } from './bytes-from-hex.js';
import { plainAdd, plainClusterSums, plainFill } from './plain-fill.js';
import { distanceBinary } from './wasm/distance-binary.js';

/** Which code computes blocks of distances; both give the same bits. 'auto': SIMD where it runs. */
export type EngineChoice = 'auto' | 'plain' | 'simd';

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

/**
 * For eight rows, whose distances to row j stand side by side at `block` + 8 j: the sum over their own
 * cluster and the least mean over another one. `order` and `offsets` are places of 32-bit integers:
 * cluster c holds the rows order[offsets[c]] .. order[offsets[c + 1] - 1]. `own` holds the clusters of
 * the eight rows and receives, behind them, the eight sums and the eight means.
 */
export type BlockClusterSums = (order: number, offsets: number, k: number, block: number, own: number) => void;

interface Kernels {
  readonly fill: BlockFill;
  readonly add: BlockAdd;
  readonly clusterSums: BlockClusterSums;
}

/** Memory with kernels that work in it. */
export interface BlockEngine extends Kernels {
  readonly name: 'plain' | 'simd';
  readonly memory: Float64Array;
  /** What a SIMD engine runs in. */
  readonly instance?: Instance;
}

interface Instance {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

const PAGE = 65536;
/** Bytes at the start that the kernel keeps to itself. */
const OWN = 128;
/** Instances with more memory than this are not kept. */
const KEPT = 8 * 2 ** 20;

let compiled: WebAssembly.Module | null | undefined;
let spare: Instance | undefined;

/** The compiled kernels, or null where WebAssembly SIMD is missing or forbidden. */
function compile(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled;
  compiled = null;
  try {
    compiled = new WebAssembly.Module(bytesFromHex(distanceBinary));
  } catch {
    // WebAssembly or its SIMD is missing, or a content security policy forbids it.
  }
  return compiled;
}

/** Whether the SIMD kernels run here. */
export function simdRuns(): boolean {
  return compile() !== null;
}

/** An instance with room for `bytes`, or undefined where there is none. */
function instanceFor(bytes: number): Instance | undefined {
  const code = compile();
  if (code === null) return undefined;
  try {
    let instance = spare;
    spare = undefined;
    if (instance === undefined) {
      const memory = new WebAssembly.Memory({ initial: 1 });
      const { exports } = new WebAssembly.Instance(code, { env: { memory } });
      const { fill, add, clusterSums } = exports as unknown as Kernels;
      instance = { memory, kernels: { fill, add, clusterSums } };
    }
    const missing = Math.ceil((bytes - instance.memory.buffer.byteLength) / PAGE);
    if (missing > 0) instance.memory.grow(missing);
    return instance;
  } catch {
    return undefined; // no memory to be had in this form
  }
}

/** An engine with room for `size` numbers; one that was lent goes back by `returnEngine`. */
export function lendEngine(choice: EngineChoice | undefined, size: number): BlockEngine {
  const instance = choice === 'plain' ? undefined : instanceFor(OWN + 8 * size);
  if (instance !== undefined) {
    return { ...instance.kernels, name: 'simd', memory: new Float64Array(instance.memory.buffer, OWN), instance };
  }
  const memory = new Float64Array(size);
  return {
    name: 'plain',
    memory,
    fill: (metric, x, rows, y, columns, d, out, stride) =>
      plainFill(memory, metric, x, rows, y, columns, d, out, stride),
    add: (at, stride, count, sums, columns) => plainAdd(memory, at, stride, count, sums, columns),
    clusterSums: (order, offsets, k, block, own) => plainClusterSums(memory, order, offsets, k, block, own),
  };
}

/** Keeps an instance of moderate size for the next loan. */
export function returnEngine({ instance }: BlockEngine): void {
  if (instance !== undefined && instance.memory.buffer.byteLength <= KEPT) spare = instance;
}

/** Lends an engine with room for `size` numbers to `use`. Nested calls get engines of their own. */
export function withEngine<T>(choice: EngineChoice | undefined, size: number, use: (engine: BlockEngine) => T): T {
  const engine = lendEngine(choice, size);
  try {
    return use(engine);
  } finally {
    returnEngine(engine);
  }
}
