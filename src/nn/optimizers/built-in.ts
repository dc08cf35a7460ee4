import type { Optimizer, PlannedKernel } from './optimizer.js';

const builtIn = new WeakMap<Optimizer, PlannedKernel>();

/** Remembers that an optimiser is one of this library, with the kernel that a plan has for it. */
export function markBuiltIn(optimizer: Optimizer, plan: PlannedKernel): Optimizer {
  builtIn.set(optimizer, plan);
  return optimizer;
}

/** The kernel of `adam`, `adamW` or `sgd`; undefined for any other, also a copy of one with an update of its own. */
export function plannedKernelOf(optimizer: Optimizer): PlannedKernel | undefined {
  return builtIn.get(optimizer);
}
