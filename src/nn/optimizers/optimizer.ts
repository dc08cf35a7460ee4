import type { Described } from '../../core/training-record.js';
import type { TrainingKernels } from '../kernels/training-kernels.js';

/** What an optimiser remembers between steps: the step count, and flat buffers over all parameters. */
export interface OptimizerState {
  /** Steps taken. */
  readonly step: number;
  /** One buffer per moment, laid out as the parameters are. Empty for plain gradient descent. */
  readonly moments: Readonly<Record<string, Float64Array>>;
}

/** Numbers of a flat buffer, the first one and the one after the last. */
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

/** When a step is taken, and how fast. */
export interface StepTime {
  /** From 1. */
  readonly step: number;
  /** The learning rate after the schedule. */
  readonly rate: number;
  /** Whether weight decay applies. */
  readonly decays: boolean;
}

/** One step in both arithmetics. What both take from the time is computed once, by the optimiser. */
export interface Kernel {
  /** In float64, one pass over flat buffers. */
  tape(
    parameters: Float64Array,
    gradient: Float64Array,
    moments: Readonly<Record<string, Float64Array>>,
    time: StepTime,
  ): void;
  /** In the float32 of a plan: the kernel, and the settings that it reads from its memory. */
  readonly plan: PlannedKernel;
}

export interface PlannedKernel {
  settings(time: StepTime): readonly number[];
  /** Parameters, gradient and moments by their byte offsets; 1 when all new parameters are finite. */
  run(
    kernels: TrainingKernels,
    places: readonly number[],
    at: { readonly count: number; readonly settings: number; readonly tidy: number },
  ): number;
}
