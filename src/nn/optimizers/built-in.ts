import type { Optimizer } from './optimizer.js';

const builtIn = new WeakSet<Optimizer>();

/** Remembers that an optimiser is one of this library, whose update a plan has kernels for. */
export function markBuiltIn(optimizer: Optimizer): Optimizer {
  builtIn.add(optimizer);
  return optimizer;
}

/** Whether the update is that of `adam`, `adamW` or `sgd`; a copy with an update of its own is not. */
export function isBuiltIn(optimizer: Optimizer): boolean {
  return builtIn.has(optimizer);
}
