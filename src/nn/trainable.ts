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
  if (loose.namedBuffers !== undefined) requireSame(where, 'namedBuffers', () => loose.namedBuffers!.call(model));
  if (requireSame(where, 'namedParameters', () => loose.namedParameters!.call(model)).length === 0) {
    throw new InputError('empty', `${where}: model must have at least one parameter, got 0`);
  }
  if ((loose.rngState === undefined) !== (loose.restoreRng === undefined)) {
    const [has, lacks] = loose.rngState === undefined ? ['restoreRng', 'rngState'] : ['rngState', 'restoreRng'];
    throw new InputError(
      'wrong-type',
      `${where}: model must have both of rngState() and restoreRng(), got ${has}() without ${lacks}()`,
    );
  }
  const reason: unknown = loose.cannotPlan?.call(model) ?? null;
  if (reason !== null && (typeof reason !== 'string' || reason === '')) {
    const rule = 'null or why it cannot be planned, as the end of a sentence';
    throw new InputError('wrong-type', `${where}: cannotPlan() must give ${rule}, got ${show(reason)}`);
  }
  return model as Trainable<Outputs>;
}

/** Named tensors that are the same ones each time: new ones would be trained, or kept, without effect. */
function requireSame<N extends NamedParameters | NamedBuffers>(where: string, method: string, give: () => N): N {
  const named = readNamedTensors(where, method, give());
  const again = readNamedTensors(where, method, give());
  const at = named.findIndex(([name, tensor], i) => again[i]?.[0] !== name || again[i]?.[1] !== tensor);
  if (at >= 0 || again.length !== named.length) {
    const which = show((named[at] ?? again.at(-1)!)[0]);
    throw new InputError(
      'wrong-type',
      `${where}: ${method}() must give the same tensors at each call, got another for ${which}; make them once`,
    );
  }
  return named;
}
