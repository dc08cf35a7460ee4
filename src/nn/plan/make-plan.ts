import type { FusedLoss } from '../losses/fused-loss.js';
import { linearOp } from '../ops/linear.js';
import { matmulOp } from '../ops/matmul.js';
import type { Tensor } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { graphOf } from './graph.js';
import { hiddenState } from './hidden-state.js';
import { ownState } from './own-state.js';
import type { ParameterStore } from './parameter-store.js';
import { compilePlan, type Plan } from './plan.js';
import { type NoPlan, type Trace, traceModel } from './trace.js';

const PRODUCTS: readonly unknown[] = [linearOp, matmulOp];

/** Whether a plan has a matrix product that a kernel runs: without one it is not worth its making. */
export function hasProduct(plan: Plan): boolean {
  return plan.parts.steps.some(({ node, hasKernel }) => hasKernel && PRODUCTS.includes(node.node.op));
}

interface PlanGiven {
  readonly store: ParameterStore;
  readonly training: boolean;
  readonly losses?: readonly (FusedLoss | null)[] | undefined;
}

/** A plan for batches of the shape of `points` in the mode that is set, with these losses; or why there is none. */
export function makePlan(
  model: Trainable,
  points: Tensor,
  given: PlanGiven,
): { readonly plan: Plan; readonly trace: Trace } | NoPlan {
  const declared = model.cannotPlan?.() ?? null;
  if (declared !== null) return { reason: declared, leavesTraces: false };
  const own = ownState(model);
  const made = planOf(model, points, given);
  if (!('reason' in made)) return made;
  const leavesTraces = made.leavesTraces && own.changed() === null;
  // The tape begins where the model stood before it was tried.
  own.restore();
  return { ...made, leavesTraces };
}

function planOf(
  model: Trainable,
  points: Tensor,
  { store, training, losses }: PlanGiven,
): { readonly plan: Plan; readonly trace: Trace } | NoPlan {
  const traced = traceModel(model, points);
  if ('reason' in traced) return traced;
  const graph = graphOf(traced.trace, store.tensors);
  const unknown = traced.trace.nodes
    .flatMap(({ inputs }) => inputs)
    .find(
      (input) => input.node === null && input.requiresGrad && input !== traced.trace.input && !store.tensors.has(input),
    );
  if (unknown !== undefined) {
    return { reason: 'it uses a weight that namedParameters() does not list', leavesTraces: true };
  }
  const hidden = training ? hiddenState(model, points) : null;
  if (hidden !== null) return hidden;
  const plan = compilePlan(
    graph,
    {
      memory: store.memory,
      floats: store.floats,
      parameter: store.parameter,
      gradient: store.gradientOf,
      arena: store.arena,
    },
    training,
    losses,
  );
  return { plan, trace: traced.trace };
}
