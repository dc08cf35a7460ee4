import type { FusedLoss } from '../losses/fused-loss.js';
import type { Batch } from '../objective.js';
import { makePlan } from '../plan/make-plan.js';
import type { ParameterStore } from '../plan/parameter-store.js';
import type { Plan } from '../plan/plan.js';
import { difference, NO_TENSORS, sideEffectOf, type Trace, traceOnce } from '../plan/trace.js';
import { undisturbed } from '../plan/undisturbed.js';
import { showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { noPlan } from './plan-failure.js';

/** A plan with the trace that it was made from, and the rows and the epoch of its last comparison with the tape. */
interface HeldPlan {
  readonly plan: Plan;
  readonly trace: Trace;
  points: Tensor;
  epoch: number;
}

/** A model whose weights lie in a store, and the plans that run it, one for each mode and shape of a batch. */
export interface PlannedModel {
  readonly model: Trainable;
  readonly store: ParameterStore;
  readonly losses: readonly (FusedLoss | null)[];
  readonly plans: Map<string, HeldPlan>;
  /** By mode, the epoch in which a plan was last compared with the tape. */
  readonly compared: Map<boolean, number>;
  /** What there is to say of plans that were made anew. */
  readonly said: string[];
  training: boolean;
  /** Whether the store is ahead of the tensors. */
  ahead: boolean;
}

/** Gives the tensors of the model the weights of the store. */
export function syncTensors(planned: PlannedModel): void {
  if (planned.ahead) planned.store.store();
  planned.ahead = false;
}

const keyOf = ({ training }: PlannedModel, { shape }: Tensor) => `${training} ${showShape(shape)}`;

/** Makes the plan for batches of this shape. */
export function newPlan(planned: PlannedModel, { points }: Batch, epoch: number): Plan {
  const { model, store, training, losses } = planned;
  syncTensors(planned);
  const made = makePlan(model, points, { store, training, losses });
  if ('reason' in made) throw noPlan(made.reason, made.leavesTraces);
  planned.plans.set(keyOf(planned, points), { ...made, points, epoch });
  return made.plan;
}

/** One pass on the tape, with the weights of now. */
function traced(planned: PlannedModel, points: Tensor): Trace | null {
  syncTensors(planned);
  return undisturbed(planned.model, () => traceOnce(planned.model, points));
}

/** In what a trace is no longer that of a plan; null when the plan still holds. */
function changeOf(trace: Trace, now: Trace | null): string | null {
  if (now === null) return NO_TENSORS;
  return difference(trace, now) ?? sideEffectOf(now);
}

/**
 * The plan for a batch. On the first batch of an epoch and of an evaluation the tape runs too: what has
 * changed since with time is planned anew; what is another for another batch has no plan.
 *
 * @throws PlanFailure where no plan can be made, or none that holds.
 */
export function planFor(planned: PlannedModel, batch: Batch, epoch: number, verify = false): Plan {
  const { plans, compared, training } = planned;
  const held = plans.get(keyOf(planned, batch.points));
  if (held === undefined) return newPlan(planned, batch, epoch);
  if (!verify && (held.epoch === epoch || compared.get(training) === epoch)) return held.plan;
  const now = traced(planned, batch.points);
  const change = changeOf(held.trace, now);
  if (change === null) {
    held.points = batch.points;
    held.epoch = epoch;
    compared.set(training, epoch);
    return held.plan;
  }
  const leavesTraces = now === null || now.writes === null;
  if (verify) throw noPlan(`${change} within epoch ${epoch}`, leavesTraces);
  const then = traced(planned, held.points);
  const withTime = now !== null && then !== null && difference(then, now) === null;
  if (!withTime) throw noPlan(`${change} from batch to batch`, leavesTraces);
  plans.clear();
  planned.said.push(`from epoch ${epoch} on the model is planned anew, since ${change}`);
  return newPlan(planned, batch, epoch);
}
