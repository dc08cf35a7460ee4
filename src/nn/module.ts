import type { Tensor } from './tensor.js';

/** Parameters with their PyTorch names, in the order in which PyTorch's `state_dict` lists them. */
export type NamedParameters = ReadonlyArray<readonly [name: string, parameter: Tensor]>;

/** A function with parameters. */
export interface Module {
  forward(x: Tensor): Tensor;
  namedParameters(): NamedParameters;
  /** Training or evaluation: Dropout drops only while training. */
  setTraining(training: boolean): void;
  /** State of the random numbers the module will draw, for checkpoints; absent when it draws none. */
  rngState?(): number[];
  /** Continue from a state that `rngState` gave. */
  restoreRng?(state: readonly number[]): void;
}

/** Puts a name before the names of a module's parameters. */
export function prefixed(prefix: string, module: Pick<Module, 'namedParameters'>): NamedParameters {
  return module.namedParameters().map(([name, parameter]) => [`${prefix}.${name}`, parameter] as const);
}
