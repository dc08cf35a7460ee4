/** What `onStep` receives after each step of the optimiser. */
export interface StepRecord {
  /** Steps of the optimiser so far, this one included. */
  readonly step: number;
  /** Whether it replaces a step that was reported before, under a plan that was given up. */
  readonly again: boolean;
  /** From 1. */
  readonly epoch: number;
  /** Position in the epoch, from 0. */
  readonly batch: number;
  /** Of the batch, before the step: the weighted sum, and each term without its weight; null: no value on it. */
  readonly losses: { readonly total: number | null; readonly byName: Readonly<Record<string, number | null>> };
  /** Joint norm of the gradient before clipping. */
  readonly gradientNorm: number;
  readonly clipped: boolean;
  /** Of this step, schedule included. */
  readonly learningRate: number;
}
