import { InputError, show } from '../core/errors.js';
import type { NamedBuffers, NamedParameters } from './module.js';
import { readNamedTensors } from './named-tensors.js';
import type { Tensor } from './tensor.js';

/** What `train` needs of a model: a `Module`, or one with several outputs such as `residualAutoencoder`. */
export interface Trainable<Outputs = unknown> {
  forward(x: Tensor): Outputs;
  namedParameters(): NamedParameters;
  setTraining(training: boolean): void;
  /** Whether it is in training, for those who change the mode and put it back; absent when it does not tell. */
  readonly training?: boolean | undefined;
  /** What it keeps beside its parameters and `forward` may change, such as running statistics. */
  namedBuffers?(): NamedBuffers;
  /** Why no plan must be made of it, as the end of a sentence; null when one may. */
  cannotPlan?(): string | null;
  /** Parameters on which the gradients of the terms are compared. Without it: all of them. */
  sharedParameters?(): NamedParameters;
  /** State of the random numbers (dropout); without the two the model must draw none. */
  rngState?(): number[];
  restoreRng?(state: readonly number[]): void;
}

export function readModel<Outputs>(where: string, model: unknown): Trainable<Outputs> {
  const loose = (model ?? {}) as Partial<Trainable>;
  for (const name of ['forward', 'namedParameters', 'setTraining'] as const) {
    if (typeof loose[name] === 'function') continue;
    throw new InputError('wrong-type', `${where}: model must have the method ${name}(), got ${show(model)}`);
  }
  if (loose.namedBuffers !== undefined) readNamedTensors(where, 'namedBuffers', loose.namedBuffers.call(model));
  if (readNamedTensors(where, 'namedParameters', loose.namedParameters!.call(model)).length === 0) {
    throw new InputError('empty', `${where}: model must have at least one parameter, got 0`);
  }
  return model as Trainable<Outputs>;
}
