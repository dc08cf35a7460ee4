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

/**
 * Each parameter once, under its first name, as PyTorch's `named_parameters` gives them: a module that
 * stands in two places, or tied weights, is one parameter.
 */
export function distinctParameters(named: NamedParameters): NamedParameters {
  const seen = new Set<Tensor>();
  return named.filter(([, parameter]) => !seen.has(parameter) && seen.add(parameter));
}
