import type { Described } from '../../core/training-record.js';

/** What an optimiser remembers between steps: the step count, and flat buffers over all parameters. */
export interface OptimizerState {
  /** Steps taken. */
  readonly step: number;
  /** One buffer per moment, laid out as the parameters are. Empty for plain gradient descent. */
  readonly moments: Readonly<Record<string, Float64Array>>;
}

/** Numbers of a flat buffer, the first one and the one behind the last. */
export type Stretch = readonly [from: number, to: number];

/** All numbers of one step, flat: parameter p has gradient[p] and stands at [p] of each moment. */
export interface OptimizerStep {
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
  /** Factor on the learning rate, from a schedule. Default 1. */
  readonly factor?: number | undefined;
  /** Parameters without weight decay, in order and apart. Default: none. */
  readonly undecayed?: readonly Stretch[] | undefined;
}

/**
 * An optimiser as two pure functions: `init` makes the state before the first step, `update` gives
 * parameters and state after one step and does not change its arguments. `updateInto` is `update` without
 * allocation: it overwrites the parameters and moments that it is given, and does not check whether the
 * new ones are finite.
 */
export interface Optimizer extends Described {
  /** Learning rate before any schedule. */
  readonly learningRate: number;
  /** @param size number of parameters (scalars). */
  init(size: number): OptimizerState;
  /** @throws ShapeError length-mismatch; InputError not-finite, before or after the step. */
  update(state: OptimizerState, step: OptimizerStep): { parameters: Float64Array; state: OptimizerState };
  updateInto(state: OptimizerState, step: OptimizerStep): OptimizerState;
}

/** The numbers of one step as a kernel sees them. */
export type Kernel = (
  parameters: Float64Array,
  gradient: Float64Array,
  moments: Readonly<Record<string, Float64Array>>,
  time: { readonly step: number; readonly rate: number; readonly decays: boolean },
) => void;
