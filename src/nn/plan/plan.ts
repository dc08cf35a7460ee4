import type { TrainingMemory } from '../kernels/training-kernels.js';
import type { FusedLoss } from '../losses/fused-loss.js';
import type { Site, Slot } from '../lowering.js';
import { drawMask } from '../ops/draw-mask.js';
import { Tensor } from '../tensor.js';
import { type Block, packArena } from './arena.js';
import { type FusedTerm, fusedTerms, type Weighted } from './fused-terms.js';
import { type Graph, ownerOf } from './graph.js';
import { type LoweredNode, loweringOf } from './lowering-of.js';

/** Where the plan finds what outlives it, as byte offsets. */
export interface PlanPlaces {
  readonly memory: TrainingMemory;
  readonly floats: () => Float32Array;
  parameter(tensor: Tensor): number;
  /** Gradient of a parameter. */
  gradient(tensor: Tensor): number;
  /** Where the plan may put its own values: plans of one model share the place. */
  readonly arena: number;
}

/** What a plan is made of. */
export interface PlanParts {
  readonly steps: readonly LoweredNode[];
  /** Values, gradients and scratch, of which some share a place. */
  readonly blocks: readonly Block[];
  readonly training: boolean;
  readonly how: TrainingMemory['how'];
}

/** A model for batches of one shape, as a list of kernel calls over one stretch of memory. */
export interface Plan {
  /** Runs the model. */
  forward(points: Tensor): void;
  /** What the last run gave: copies in float64, leaves that ask for a gradient. */
  outputs(): ReadonlyMap<string, Tensor>;
  /** For each loss of the plan, in their order; null: it does not fit, and the tape must run it. */
  readonly terms: readonly (FusedTerm | null)[];
  /**
   * Writes the gradients of all parameters, from those of the outputs by name (none: zeros) and `scale`
   * times those of measured losses. May be called several times behind one forward pass.
   */
  backward(given: ReadonlyMap<string, Float64Array>, measured?: readonly Weighted[]): void;
  /** Parameters that the outputs depend on; `backward` does not touch the gradients of others. */
  readonly reached: ReadonlySet<Tensor>;
  /** Room for all that the plan holds at one time or another. */
  readonly arenaBytes: number;
  readonly parts: PlanParts;
}

/** Which stretch of steps each value, gradient and scratch space is needed in. */
class Lifetimes {
  readonly blocks: Block[] = [];
  private readonly found = new Map<unknown, number>();

  /** Notes that `key` is needed at a time; returns nothing, the place is known after packing. */
  need(key: unknown, bytes: number, time: number): void {
    const index = this.found.get(key);
    if (index === undefined) {
      this.found.set(key, this.blocks.length);
      this.blocks.push({ bytes, first: time, last: time });
      return;
    }
    const { first, last } = this.blocks[index]!;
    this.blocks[index] = { bytes, first: Math.min(first, time), last: Math.max(last, time) };
  }

  indexOf(key: unknown): number | undefined {
    return this.found.get(key);
  }
}

const GRADIENT = Symbol('gradient');

/** Keys of a node's saved and spare room, and of a slot's gradient. */
function keys() {
  const made = new Map<unknown, Map<unknown, object>>();
  return (owner: unknown, what: unknown): object => {
    const own = made.get(owner) ?? new Map<unknown, object>();
    made.set(owner, own);
    const key = own.get(what) ?? {};
    own.set(what, key);
    return key;
  };
}

/**
 * Makes a plan. Step i runs forward at time i and backward at time 2 t - 1 - i of t steps; what the
 * backward pass reads is kept to the end, so that it may run again.
 */
export function compilePlan(
  graph: Graph,
  places: PlanPlaces,
  training: boolean,
  losses: readonly (FusedLoss | null)[] = [],
): Plan {
  const { memory, floats } = places;
  const { kernels } = memory;
  const planned: LoweredNode[] = graph.nodes.map(loweringOf);
  const steps = planned.length;
  const end = 2 * steps;
  const keyOf = keys();
  const gradientKey = (slot: Slot) => keyOf(ownerOf(slot), GRADIENT);
  const lives = new Lifetimes();
  const inArena = (slot: Slot) => ownerOf(slot).kind !== 'parameter';
  const needValue = (slot: Slot, time: number) => {
    if (inArena(slot)) lives.need(ownerOf(slot), 4 * slot.size, time);
  };
  const needGradient = (slot: Slot, time: number) => {
    if (slot.wantsGradient && inArena(slot)) lives.need(gradientKey(slot), 4 * slot.size, time);
  };

  needValue(graph.input, 0);
  for (const constant of graph.constants) needValue(constant, 0);
  planned.forEach(({ node, lowering }, time) => {
    for (const input of node.inputs) needValue(input, time);
    needValue(node.output, time);
    const saved = lowering.saved?.(node) ?? 0;
    if (saved > 0) lives.need(keyOf(node, 'saved'), saved, time);
    if (!training || !node.output.wantsGradient) return;
    const back = end - 1 - time;
    for (const at of lowering.reads) needValue(node.inputs[at]!, end);
    if (lowering.readsOutput === true || node.relu) needValue(node.output, end);
    if (saved > 0) lives.need(keyOf(node, 'saved'), saved, end);
    const spare = lowering.spare?.(node) ?? 0;
    if (spare > 0) lives.need(keyOf(node, 'spare'), spare, back);
    needGradient(node.output, back);
    for (const input of node.inputs) needGradient(input, back);
  });
  for (const output of graph.outputs.values()) {
    needValue(output, steps);
    if (training) needGradient(output, steps);
  }
  // Losses run between the two passes; what they leave serves every backward pass.
  const placeFused = fusedTerms(graph, losses, (key, bytes) => {
    lives.need(key, bytes, steps);
    if (training) lives.need(key, bytes, end);
  });
  const packed = packArena(lives.blocks);
  memory.grow(places.arena + packed.bytes);

  const placeOf = (key: unknown): number => {
    const index = lives.indexOf(key);
    return index === undefined ? 0 : places.arena + packed.offsets[index]!;
  };
  const valueAt = (slot: Slot): number =>
    inArena(slot) ? placeOf(ownerOf(slot)) : places.parameter(ownerOf(slot).tensor);
  const gradientAt = (slot: Slot): number => {
    if (!training || !slot.wantsGradient) return 0;
    return inArena(slot) ? placeOf(gradientKey(slot)) : places.gradient(ownerOf(slot).tensor);
  };

  // Whoever comes first in the backward pass writes a gradient, the others add to it.
  const written = new Set<Slot>();
  const adds = (slot: Slot): number => {
    if (written.has(ownerOf(slot))) return 1;
    written.add(ownerOf(slot));
    return 0;
  };
  const seeds = [...graph.outputs].flatMap(([name, slot]) =>
    training && slot.wantsGradient ? [{ name, slot, at: gradientAt(slot), add: adds(slot) }] : [],
  );
  const siteOf = (index: number): Site => {
    const { node } = planned[index]!;
    return {
      kernels,
      floats,
      x: node.inputs.map(valueAt),
      y: valueAt(node.output),
      g: gradientAt(node.output),
      into: node.inputs.map(gradientAt),
      add: node.inputs.map((input) => (gradientAt(input) === 0 ? 0 : adds(input))),
      saved: placeOf(keyOf(node, 'saved')),
      spare: placeOf(keyOf(node, 'spare')),
      run: { node: null },
    };
  };
  const sites = new Array<Site>(steps);
  for (let index = steps - 1; index >= 0; index--) sites[index] = siteOf(index);

  const forwards: (() => void)[] = [];
  const backwards: (() => void)[] = [];
  planned.forEach(({ node, lowering }, index) => {
    const site = sites[index]!;
    const { size } = node.output;
    const { y, g } = site;
    forwards.push(lowering.forward(site, node));
    if (node.relu) forwards.push(() => kernels.relu(y, y, size));
    if (node.dropout !== null) {
      const draw = drawMask(site, node.dropout, size);
      forwards.push(() => draw(y, y, 0));
    }
    if (g === 0) return;
    const scale = node.dropout === null ? 1 : 1 / (1 - node.dropout.rate);
    // In the order of the backward pass: first through dropout and relu, then through the operation.
    const back = [lowering.backward(site, node)];
    if (node.relu) back.unshift(() => kernels.gate(g, y, g, size, scale));
    backwards.unshift(...back);
  });

  const fused = placeFused({ memory, placeOf, valueAt });
  const inputAt = valueAt(graph.input);
  const outputs = [...graph.outputs].map(([name, slot]) => ({ name, slot, at: valueAt(slot) }));
  const constants = graph.constants.map((slot) => ({ slot, at: valueAt(slot) }));
  const reached = new Set([...written].map(({ tensor }) => tensor));

  return {
    forward(points) {
      const view = floats();
      if (inputAt !== 0) view.set(points.data, inputAt >> 2);
      // A constant that the model keeps may be changed between batches.
      for (const { slot, at } of constants) if (at !== 0) view.set(slot.tensor.data, at >> 2);
      for (const run of forwards) run();
    },
    outputs() {
      const view = floats();
      return new Map(
        outputs.map(({ name, slot, at }) => {
          const data = new Float64Array(view.subarray(at >> 2, (at >> 2) + slot.size));
          return [name, new Tensor(data, slot.shape, slot.wantsGradient)];
        }),
      );
    },
    terms: fused.terms,
    backward(given, measured = []) {
      const view = floats();
      for (const { name, slot, at, add } of seeds) {
        const seed = fused.gradient(name, given.get(name), measured);
        const start = at >> 2;
        if (add === 0 && seed !== undefined) view.set(seed, start);
        else if (add === 0) view.fill(0, start, start + slot.size);
        else
          seed?.forEach((value, p) => {
            view[start + p]! += value;
          });
      }
      for (const run of backwards) run();
    },
    reached,
    arenaBytes: packed.bytes,
    parts: { steps: planned, blocks: lives.blocks, training, how: memory.how },
  };
}
