import { Tensor } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { ownState } from './own-state.js';
import { difference, type NoPlan, type Trace, traceOnce } from './trace.js';
import { modelState, restoreState, undisturbed } from './undisturbed.js';

/** The same trace with copies of its constants, which a later pass may change in place. */
function frozen(trace: Trace): Trace {
  const copies = new Map<Tensor, Tensor>();
  const known = new Set<Tensor>([trace.input, ...trace.nodes.map(({ output }) => output)]);
  const copy = (input: Tensor) => {
    if (known.has(input) || input.requiresGrad) return input;
    const made = copies.get(input) ?? new Tensor(input.data.slice(), input.shape);
    copies.set(input, made);
    return made;
  };
  return { ...trace, nodes: trace.nodes.map((node) => ({ ...node, inputs: node.inputs.map(copy) })) };
}

const putBack = (reason: string): NoPlan => ({ reason, leavesTraces: false });

/**
 * Why a pass in training leaves something behind that a plan would not, or null: a buffer that it
 * changes outside of the operations, or anything else that evaluation shows. The model is left in
 * training with random numbers and buffers as before.
 */
export function hiddenState(model: Trainable, points: Tensor): NoPlan | null {
  const buffers = model.namedBuffers?.() ?? [];
  const evaluated = () => {
    model.setTraining(false);
    return traceOnce(model, points);
  };
  try {
    return undisturbed(model, () => {
      const start = modelState(model);
      const first = evaluated();
      const before = first === null ? null : frozen(first);
      model.setTraining(true);
      // By now it has what it makes in a first pass and keeps.
      const own = ownState(model);
      const trained = traceOnce(model, points);
      const field = own.changed();
      if (field !== null) return putBack(`its forward() changes '${field}', which is no buffer`);
      const declared = new Set(trained?.nodes.flatMap(({ op, attributes }) => op.changes?.(attributes) ?? []));
      const changed = buffers.find(
        ([, buffer], i) => !declared.has(buffer) && buffer.data.some((value, p) => value !== start.buffers[i]![p]),
      );
      if (changed !== undefined) {
        return putBack(`its forward() changes the buffer '${changed[0]}' outside of the operations`);
      }
      restoreState(model, start);
      const after = evaluated();
      const shown = before === null || after === null ? null : difference(before, after);
      const reason = `a pass in training changes what evaluation gives (${shown})`;
      return shown === null ? null : { reason, leavesTraces: true };
    });
  } catch {
    // It cannot be evaluated on these rows; whoever evaluates it is told.
    return null;
  } finally {
    model.setTraining(true);
  }
}
