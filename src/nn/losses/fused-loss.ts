import type { TrainingKernels } from '../kernels/training-kernels.js';
import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { Loss } from './loss.js';

/** Memory of a fused loss, the same for every batch. It may move between batches, never within one. */
export interface FusedMemory {
  /** The values of the output. */
  readonly output: Float64Array;
  /** Of the objective by the output, to be added to. */
  readonly gradient: Float64Array;
  readonly scratch: Float64Array;
  /** Where the scratch begins for the kernels, in bytes. */
  readonly scratchAt: number;
}

export interface LossBatch {
  readonly points: Tensor;
  readonly labels: Int32Array | null;
  /** Row numbers in the data and whose rows they are, for error messages. */
  readonly rows: Int32Array;
  readonly split: 'training' | 'heldOut';
}

/** A loss for batches of one size: value and gradient without a tape and without new arrays. */
export interface FusedRun {
  measure(memory: FusedMemory, batch: LossBatch): Omit<Loss, 'loss'>;
  /** Behind `measure`: adds `scale` times the gradient of the loss. May be called again. */
  addGradient(memory: FusedMemory, scale: number): void;
}

/** How a plan runs a loss that looks at one output only, to the bits of the same loss on the tape. */
export interface FusedLoss {
  /** Which one of these outputs; null when none fits: the tape then says why, or runs it. */
  output(shapes: ReadonlyMap<string, Shape>, points: Shape): string | null;
  /** Numbers of scratch for an output of this shape. */
  scratch(shape: Shape): number;
  run(shape: Shape, kernels: TrainingKernels): FusedRun;
}

/** A loss of this library, as the objective of a run holds it: the function, and how a plan runs it. */
export type WithFused<F> = F & { readonly fused: FusedLoss };

export function withFused<F extends (...given: never[]) => unknown>(loss: F, fused: FusedLoss): WithFused<F> {
  return Object.assign(loss, { fused });
}

/** How a plan runs the loss of a term, if it has a way of its own. */
export function fusedOf(loss: unknown): FusedLoss | null {
  return (loss as Partial<WithFused<() => void>>).fused ?? null;
}
