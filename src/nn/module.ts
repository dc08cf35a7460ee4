import { readNamedTensors } from './named-tensors.js';
import type { Tensor } from './tensor.js';

/** Parameters with their PyTorch names, in the order in which PyTorch's `state_dict` lists them. */
export type NamedParameters = ReadonlyArray<readonly [name: string, parameter: Tensor]>;

/**
 * Tensors that a module keeps beside its parameters (running statistics), with their PyTorch names. They
 * are part of a checkpoint and of a file of weights, there as 64-bit integers where `kind` says so.
 */
export type NamedBuffers = ReadonlyArray<readonly [name: string, buffer: Tensor, kind?: 'I64']>;

/** A function with parameters. */
export interface Module {
  forward(x: Tensor): Tensor;
  namedParameters(): NamedParameters;
  /** Absent when it keeps none. Each call gives the same tensors, whose values change in place. */
  namedBuffers?(): NamedBuffers;
  /**
   * Why no plan must be made of it, as the end of a sentence ("it counts its passes"); null when one may.
   * For a module whose `forward` does more than its operations say. `train` then runs it on the tape.
   */
  cannotPlan?(): string | null;
  /** Training or evaluation: Dropout drops only while training. */
  setTraining(training: boolean): void;
  /** Whether it is in training, for those who change the mode and put it back; absent when it does not tell. */
  readonly training?: boolean | undefined;
  /** State of the random numbers the module will draw, for checkpoints; absent when it draws none. */
  rngState?(): number[];
  /** Continue from a state that `rngState` gave. */
  restoreRng?(state: readonly number[]): void;
}

/** Puts a name before the names of a module's buffers. */
export function prefixedBuffers(prefix: string, module: Pick<Module, 'namedBuffers'>): NamedBuffers {
  return readNamedTensors(prefix, 'namedBuffers', module.namedBuffers?.() ?? []).map(
    ([name, ...buffer]) => [`${prefix}.${name}`, ...buffer] as const,
  );
}

/** Puts a name before the names of a module's parameters. */
export function prefixed(prefix: string, module: Pick<Module, 'namedParameters'>): NamedParameters {
  return readNamedTensors(prefix, 'namedParameters', module.namedParameters()).map(
    ([name, parameter]) => [`${prefix}.${name}`, parameter] as const,
  );
}

/**
 * Each parameter once, under its first name, as PyTorch's `named_parameters` gives them: a module that
 * stands in two places, or tied weights, is one parameter.
 */
export function distinctParameters(named: NamedParameters): NamedParameters {
  const seen = new Set<Tensor>();
  return named.filter(([, parameter]) => !seen.has(parameter) && seen.add(parameter));
}
