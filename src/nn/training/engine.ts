import type { GradientProbe } from '../../core/training-record.js';
import type { Batch } from '../objective.js';
import type { OptimizerState } from '../optimizers/optimizer.js';

/** One term on one batch. */
export interface TermValue {
  readonly name: string;
  /** null: no value on this batch. */
  readonly value: number | null;
  readonly validAnchors: number;
  readonly skippedAnchors: number;
  readonly bounds: { readonly floor: number; readonly ceiling: number } | null;
  /** Its share in the objective. */
  readonly weight: number;
  /** Whether it depends on a weight of the model; not known in evaluation. */
  readonly acts: boolean;
}

/** What a batch gave. */
export interface BatchResult {
  readonly rows: number;
  /** Weighted sum of the terms that have a value; null when none has. */
  readonly total: number | null;
  readonly terms: readonly TermValue[];
}

export interface StepRequest {
  /** From 1, for error messages. */
  readonly epoch: number;
  /** Position in the epoch, from 0. */
  readonly batch: number;
  /** Factor on the learning rate. */
  readonly factor: number;
  /** Whether to measure the gradient of each term. */
  readonly probe: boolean;
  /** Whether to compare a plan with the tape on this batch too; it is always compared on its first one of an epoch. */
  readonly verify: boolean;
}

export interface StepResult extends BatchResult {
  readonly probe: GradientProbe | null;
  /** Whether the weights were updated. */
  readonly stepped: boolean;
  /** Joint norm of the gradient before clipping; null without a step. */
  readonly gradientNorm: number | null;
}

/**
 * What runs the steps behind `train`: the eager tape, or a plan that does the same with other means.
 * It owns the weights, the optimiser's state and the random numbers of the model; all else (order of
 * batches, averages, best epoch, checkpoints) is the same for every engine.
 */
export interface Engine {
  /** What runs the steps. */
  readonly kind: 'plan' | 'eager';
  /**
   * Forward, objective, backward, clip, update.
   *
   * @throws DivergenceError; the weights are then as before.
   */
  step(batch: Batch, request: StepRequest): StepResult;
  /**
   * Forward and objective without dropout; changes nothing.
   *
   * @throws DivergenceError
   */
  evaluate(batch: Batch, epoch: number): BatchResult;
  /** Training or evaluation mode. */
  setTraining(training: boolean): void;
  /** Runs `work` while the tensors of the model hold the weights; what it writes into them counts. */
  lend(work: () => void | Promise<void>): Promise<void>;
  /** A copy of the weights, flat. */
  weights(): Float64Array;
  setWeights(weights: Float64Array): void;
  optimizerState(): OptimizerState;
  setOptimizerState(state: OptimizerState): void;
}
