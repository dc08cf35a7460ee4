import type { PlanNode, Slot } from '../lowering.js';
import { reshapeOp } from '../ops/arrange.js';
import { addOp } from '../ops/binary.js';
import { type DropoutAttributes, dropoutOp } from '../ops/dropout.js';
import { layerNormOp } from '../ops/layer-norm.js';
import { linearOp } from '../ops/linear.js';
import { reluOp } from '../ops/unary.js';
import { sizeOf } from '../shape.js';
import type { TapeNode, Tensor } from '../tensor.js';
import type { Trace } from './trace.js';

/** The slot that owns the place. */
export function ownerOf(slot: Slot): Slot {
  return slot.base ?? slot;
}

export interface Graph {
  readonly input: Slot;
  readonly constants: readonly Slot[];
  readonly nodes: readonly PlanNode[];
  readonly outputs: ReadonlyMap<string, Slot>;
}

/** Operations that a relu, and a dropout behind it, may be fused to. */
const FUSABLE: readonly unknown[] = [linearOp, layerNormOp, addOp];

/** Turns a trace into slots and steps: reshapes become other names of a slot, and relu and dropout are fused. */
export function graphOf(trace: Trace, parameters: ReadonlySet<Tensor>): Graph {
  const readers = new Map<Tensor, TapeNode[]>();
  for (const node of trace.nodes) {
    for (const input of node.inputs) readers.set(input, [...(readers.get(input) ?? []), node]);
  }
  const shown = new Set(trace.outputs.values());
  /** The only operation that reads a value which is no output. */
  const onlyReader = (at: Tensor) => (shown.has(at) || readers.get(at)?.length !== 1 ? null : readers.get(at)![0]!);

  const slots = new Map<Tensor, Slot>();
  const constants: Slot[] = [];
  const make = (tensor: Tensor, kind: Slot['kind'], wantsGradient: boolean): Slot => {
    const { shape } = tensor;
    const slot: Slot = { kind, shape, size: sizeOf(shape), tensor, wantsGradient, base: null };
    slots.set(tensor, slot);
    if (kind === 'constant') constants.push(slot);
    return slot;
  };
  const slotOf = (tensor: Tensor): Slot =>
    slots.get(tensor) ??
    (parameters.has(tensor) ? make(tensor, 'parameter', tensor.requiresGrad) : make(tensor, 'constant', false));
  const input = make(trace.input, 'input', false);

  const nodes: PlanNode[] = [];
  const absorbed = new Set<TapeNode>();
  for (const node of trace.nodes) {
    if (absorbed.has(node)) continue;
    const inputs = node.inputs.map(slotOf);
    if (node.op === reshapeOp) {
      slots.set(node.output, { ...inputs[0]!, shape: node.output.shape, base: ownerOf(inputs[0]!) });
      continue;
    }
    const chain = [node];
    const next = () => onlyReader(chain[chain.length - 1]!.output);
    const activation = FUSABLE.includes(node.op) ? next() : null;
    if (activation?.op === reluOp) chain.push(activation);
    const ends = chain[chain.length - 1]!.op === reluOp;
    const drop = ends ? next() : null;
    if (drop?.op === dropoutOp) chain.push(drop);
    for (const fused of chain) absorbed.add(fused);
    const last = chain[chain.length - 1]!;
    const output = make(
      last.output,
      'value',
      inputs.some((slot) => slot.wantsGradient),
    );
    nodes.push({
      node,
      fused: chain.map(({ op }) => op.name),
      inputs,
      output,
      relu: ends,
      dropout: chain.length > 1 && last.op === dropoutOp ? (last.attributes as DropoutAttributes) : null,
    });
  }
  const outputs = new Map([...trace.outputs].map(([name, tensor]) => [name, slotOf(tensor)]));
  return { input, constants, nodes, outputs };
}
