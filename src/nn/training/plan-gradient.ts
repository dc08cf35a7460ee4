import { gradients } from '../gradients.js';
import type { ParameterStore } from '../plan/parameter-store.js';
import type { Plan } from '../plan/plan.js';
import { Tensor } from '../tensor.js';
import type { Measured, ObjectiveRun } from './run-objective.js';

/** What a plan gave for one batch: outputs are copied to the tape only for terms that run there. */
export interface Forwarded {
  readonly plan: Plan;
  outputs(): ReadonlyMap<string, Tensor>;
}

const floatsAt = (store: ParameterStore, place: number, size: number) =>
  store.floats().subarray(place >> 2, (place >> 2) + size);

/** Gradients of what was measured by all parameters, into the store. */
export function differentiate(
  store: ParameterStore,
  { plan, outputs }: Forwarded,
  { sum, fused }: Pick<ObjectiveRun, 'sum' | 'fused'>,
): void {
  const given = new Map<string, Float64Array>();
  if (sum?.requiresGrad === true) {
    const leaves = new Set(outputs().values());
    const names = [...outputs().keys()];
    gradients(sum, [...leaves]).forEach((part, i) => {
      given.set(names[i]!, part);
    });
  }
  for (const tensor of store.tensors) {
    if (!plan.reached.has(tensor)) floatsAt(store, store.gradientOf(tensor), tensor.size).fill(0);
  }
  plan.backward(given, fused);
}

/** Gradients of one loss by these parameters, copied. */
export function gradientsOfLoss(
  store: ParameterStore,
  forwarded: Forwarded,
  loss: Measured,
  parameters: readonly Tensor[],
): Float64Array[] {
  const alone = loss instanceof Tensor ? { sum: loss, fused: [] } : { sum: null, fused: [{ term: loss, scale: 1 }] };
  differentiate(store, forwarded, alone);
  return parameters.map((tensor) => new Float64Array(floatsAt(store, store.gradientOf(tensor), tensor.size)));
}
