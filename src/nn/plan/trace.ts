import { Rng } from '../../core/rng.js';
import { sameShape } from '../shape.js';
import { type TapeNode, Tensor, tapeOf } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { undisturbed } from './undisturbed.js';
import { watchReads } from './watch-reads.js';

export const NO_TENSORS = 'its output is neither a tensor nor an object of tensors';

export const READS = 'its forward() reads numbers of a tensor, on which it may decide';

/** One run of a model on the tape: its operations in an order in which each follows its inputs. */
export interface Trace {
  readonly input: Tensor;
  readonly nodes: readonly TapeNode[];
  /** By name; a model that gives a single tensor has one output, named ''. */
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** Whether it looked at numbers otherwise than by operations. */
  readonly reads: boolean;
  /** A weight that it changed, which is as before again; null where it changed none. */
  readonly writes: string | null;
}

/** Why a trace does not hold for another batch, as far as it tells by itself; or null. */
export function sideEffectOf({ reads, writes }: Trace): string | null {
  return writes !== null ? `its forward() changes the weight '${writes}'` : reads ? READS : null;
}

/** Why there is no plan, and whether finding out may have left in the model what cannot be put back. */
export interface NoPlan {
  readonly reason: string;
  readonly leavesTraces: boolean;
}

/** A trace, or why there is none that holds for every batch. */
export type TraceResult = { readonly trace: Trace } | NoPlan;

/** Outputs by name, or null when they are neither a tensor nor an object of tensors. */
export function outputsOf(value: unknown): Map<string, Tensor> | null {
  if (value instanceof Tensor) return new Map([['', value]]);
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([, output]) => output instanceof Tensor) ? new Map(entries) : null;
}

/** Runs `work` and puts back the weights that it changed: the name of the first, or null. */
function keepingWeights<T>(model: Trainable, work: () => T): { readonly result: T; readonly writes: string | null } {
  const before = model.namedParameters().map(([name, { data }]) => ({ name, data, copy: data.slice() }));
  let writes: string | null = null;
  try {
    const result = work();
    writes = before.find(({ data, copy }) => data.some((value, i) => !Object.is(value, copy[i])))?.name ?? null;
    return { result, writes };
  } finally {
    for (const { data, copy } of before) data.set(copy);
  }
}

/**
 * Runs the model once on the tape; null when its output is neither a tensor nor an object of tensors. The
 * weights stay as they are.
 */
export function traceOnce(model: Trainable, points: Tensor): Trace | null {
  // The input requires a gradient here, so that the tape holds all that is made from it.
  const { result: watched, writes } = keepingWeights(model, () =>
    watchReads(new Tensor(points.data, points.shape, true), (input) => ({
      input,
      outputs: outputsOf(model.forward(input)),
    })),
  );
  const { reads } = watched;
  const { input, outputs } = watched.result;
  if (outputs === null) return null;
  const nodes: TapeNode[] = [];
  const seen = new Set<Tensor>();
  for (const output of outputs.values()) {
    for (const at of tapeOf(output)) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (at.node !== null) nodes.push(at.node);
    }
  }
  return { input, nodes, outputs, reads, writes };
}

/** Each row moved towards the next one, some more, some less: other numbers of the same kind, with another mean. */
function blended({ data, shape }: Tensor): Tensor {
  const rows = shape[0]!;
  const width = data.length / rows;
  return new Tensor(
    data.map((value, p) => {
      const own = 0.75 - 0.25 * (Math.floor(p / width) % 3);
      const next = rows === 1 ? 0.5 * value : data[(p + width) % data.length]!;
      return own * value + (1 - own) * next;
    }),
    shape,
  );
}

function sameAttributes(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Rng || b instanceof Rng) return false;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => sameAttributes((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

/** Why two traces differ, or null when they are one computation. */
export function difference(a: Trace, b: Trace): string | null {
  const other = new Map<Tensor, Tensor>([[a.input, b.input]]);
  if (a.nodes.length !== b.nodes.length) return `it took ${a.nodes.length} operations, then ${b.nodes.length}`;
  for (const [i, node] of a.nodes.entries()) {
    const twin = b.nodes[i]!;
    const { name } = node.op;
    if (node.op !== twin.op || node.inputs.length !== twin.inputs.length) return `${name} became ${twin.op.name}`;
    if (!sameShape(node.output.shape, twin.output.shape)) return `the shape of ${name} changes`;
    if (!sameAttributes(node.attributes, twin.attributes)) return `the attributes of ${name} change`;
    for (const [at, input] of node.inputs.entries()) {
      const counterpart = twin.inputs[at]!;
      if (input === counterpart || other.get(input) === counterpart) continue;
      const constant = !input.requiresGrad && !counterpart.requiresGrad && sameShape(input.shape, counterpart.shape);
      if (!constant || input.data.some((value, p) => value !== counterpart.data[p])) {
        return `input ${at} of ${name} is a constant that is another in each run`;
      }
    }
    other.set(node.output, twin.output);
  }
  for (const [name, output] of a.outputs) {
    const twin = b.outputs.get(name);
    if (twin !== output && other.get(output) !== twin) return `output '${name}' is made another way`;
  }
  return null;
}

/**
 * What a model computes for batches of this shape in the mode that is set, found by running it twice
 * on the tape, on the batch and on a blend of its rows, and with other random numbers. It holds for
 * every batch when the two runs take the same operations with the same attributes and constants, and
 * look at no number on the way, since a branch may hang on it. Random numbers and buffers of the model
 * are as before.
 */
export function traceModel(model: Trainable, points: Tensor): TraceResult {
  try {
    // On other random numbers too: what a module draws outside of the operations is no constant.
    const [trace, again] = undisturbed(model, () => [traceOnce(model, points), traceOnce(model, blended(points))]);
    if (trace === null || again === null) return { reason: NO_TENSORS, leavesTraces: true };
    const reason = difference(trace, again) ?? sideEffectOf(trace) ?? sideEffectOf(again);
    if (reason !== null) return { reason, leavesTraces: trace.writes === null };
    const random = trace.nodes.find(({ attributes }) =>
      Object.values((attributes ?? {}) as object).some((value) => value instanceof Rng),
    );
    if (random !== undefined && model.rngState === undefined) {
      return { reason: `${random.op.name} draws random numbers and the model has no rngState()`, leavesTraces: true };
    }
    return { trace };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error), leavesTraces: true };
  }
}
