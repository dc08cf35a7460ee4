import type { Rng } from '../core/rng.js';
import type { TrainingKernels } from './kernels/training-kernels.js';
import type { Shape } from './shape.js';
import type { TapeNode, Tensor } from './tensor.js';

/** Values that live in one place of the memory. */
export interface Slot {
  readonly kind: 'input' | 'parameter' | 'constant' | 'value';
  readonly shape: Shape;
  readonly size: number;
  /** The tensor that holds the numbers of a parameter or a constant. */
  readonly tensor: Tensor;
  /** Whether the gradient of a parameter passes through it. */
  readonly wantsGradient: boolean;
  /** The slot whose place it shares: itself, or what it is a reshape of. */
  readonly base: Slot | null;
}

/** One step of a plan: an operation with those that are fused to its end. */
export interface PlanNode {
  readonly node: TapeNode;
  /** Names of the operations, the first one first. */
  readonly fused: readonly string[];
  readonly inputs: readonly Slot[];
  readonly output: Slot;
  readonly relu: boolean;
  /** A dropout behind it: `DropoutAttributes`. */
  readonly dropout: { readonly rate: number; readonly rng: Rng } | null;
}

/** A step of a plan at its place in the memory. All places are byte offsets. */
export interface Site {
  readonly kernels: TrainingKernels;
  /** All of the memory. The view becomes useless when the memory grows: ask again. */
  readonly floats: () => Float32Array;
  /** Inputs. */
  readonly x: readonly number[];
  /** Output. */
  readonly y: number;
  /** Gradient of the output. */
  readonly g: number;
  /** Where the gradient of each input goes; 0: not wanted. */
  readonly into: readonly number[];
  /** For each input 1 when its gradient is to be added to what is there. */
  readonly add: readonly number[];
  /** What the forward pass leaves for the backward pass. */
  readonly saved: number;
  /** Room during the backward pass. */
  readonly spare: number;
  /** What the forward pass of a step that has no kernels leaves on the side. */
  readonly run: { node: TapeNode | null };
}

/** How an operation is run by kernels. */
export interface Lowering {
  /** Whether the kernels can do it; always when absent. */
  readonly fits?: (node: PlanNode) => boolean;
  /** Inputs whose values the backward pass reads, by number, and whether it reads the output. */
  readonly reads: readonly number[];
  readonly readsOutput?: boolean;
  /** Bytes from the forward to the backward pass. */
  readonly saved?: (node: PlanNode) => number;
  /** Bytes during the backward pass. */
  readonly spare?: (node: PlanNode) => number;
  /** Floating-point operations forward, and backward for one wanted input. */
  readonly flops: (node: PlanNode) => { readonly forward: number; readonly backward: number };
  readonly forward: (site: Site, node: PlanNode) => () => void;
  /** Adds or writes the gradients of the inputs, the first one first. */
  readonly backward: (site: Site, node: PlanNode) => () => void;
}
