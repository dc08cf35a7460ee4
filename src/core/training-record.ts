import type { Label } from './types.js';

/** What something was made with, as plain JSON: written into records and compared on resume. */
export type Settings = Readonly<Record<string, string | number | boolean | null>>;

/** Name and settings of an optimiser, a schedule or a sampler. */
export interface Described {
  readonly name: string;
  readonly settings: Settings;
}

/** Mean losses over some rows; lower is better for all of them. */
export interface LossSummary {
  /**
   * Weighted sum of the terms, each averaged over the rows of the batches on which it has a value. null
   * when a term of the objective has a value on no batch: no positive pair anywhere.
   */
  readonly total: number | null;
  /**
   * Each term alone, without its weight, averaged over the rows that contribute to it (the valid
   * anchors of a contrastive term). null when no batch gave the term a value: no positive pair anywhere.
   */
  readonly byName: Readonly<Record<string, number | null>>;
  /** What the values of `byName` can be compared with; null where a term does not say. */
  readonly bounds: Readonly<Record<string, { readonly floor: number; readonly ceiling: number } | null>>;
}

/** Anchors of the contrastive terms over an epoch: a skipped one had no positive in its batch. */
export interface AnchorCounts {
  readonly valid: number;
  readonly skipped: number;
}

/**
 * What the rows of one class found in the training batches, over all finished epochs. A positive of an
 * anchor is another row of its class in its batch; `withPositive` <= `anchors`, and `positives` may be
 * more than either.
 */
export interface ClassPositiveCounts {
  readonly label: Label;
  readonly anchors: number;
  readonly withPositive: number;
  readonly positives: number;
}

/** How the terms pull at the parameters that they share, on one batch. */
export interface GradientProbe {
  /** Position in the epoch of the batch that was measured. */
  readonly batch: number;
  /** Euclidean norm of the gradient of each term, without its weight; null: no value on this batch, or one that overflows. */
  readonly norms: Readonly<Record<string, number | null>>;
  /** Cosine between the gradients of two terms, -1 (opposed) to 1; null where a norm is 0 or null. */
  readonly cosines: readonly { readonly between: readonly [string, string]; readonly cosine: number | null }[];
}

/** What the steps of an epoch did to the weights. */
export interface UpdateSummary {
  /** Steps taken. */
  readonly steps: number;
  /**
   * Joint Euclidean norm of the gradient of a step, before clipping: mean and largest over the steps; null
   * when a norm is beyond the largest number.
   */
  readonly gradientNorm: { readonly mean: number; readonly max: number } | null;
  /** Share of the steps whose gradient was longer than `clipNorm`, 0 to 1; null without `clipNorm`. */
  readonly clippedShare: number | null;
  /** Share of the batches after which no step was taken, 0 to 1: no term had a value, or one was not finite. */
  readonly skippedShare: number;
  /** Batches left out because a loss or gradient was not finite; 0 unless `nonFinite` is `skip`. */
  readonly nonFiniteBatches: number;
}

/** One finished epoch. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** What ran the steps: a plan in float32, or the tape in float64. */
  readonly engine: 'plan' | 'eager';
  /** What there is to say about the epoch: why the tape runs, why the model was planned again. */
  readonly notes: readonly string[];
  /** Over the training batches, each measured just before its own step, with dropout active. */
  readonly losses: LossSummary;
  /** Over the held-out rows after the epoch, without dropout; null when not evaluated. */
  readonly heldOut: LossSummary | null;
  /** null when the probe is off. */
  readonly gradient: GradientProbe | null;
  /** null when no term counts anchors. */
  readonly anchors: AnchorCounts | null;
  readonly heldOutAnchors: AnchorCounts | null;
  /** Batches on which no term had a value, so that no step was taken. */
  readonly skippedBatches: number;
  readonly updates: UpdateSummary;
  /** Learning rate of the last step of the epoch. */
  readonly learningRate: number;
  /** Wall time of the epoch; null for an epoch that came out of a checkpoint. */
  readonly milliseconds: number | null;
  /** The best epoch so far of those whose total loss named in `keepBest` has a value; null when there is none. */
  readonly best: BestEpoch | null;
}

export interface BestEpoch {
  readonly epoch: number;
  readonly total: number;
}

/** A training run as plain JSON: what was asked for and what happened. */
export interface TrainingRecord {
  readonly schema: 1;
  readonly rows: number;
  readonly columns: number;
  /** Distinct training labels; null without labels. */
  readonly classes: number | null;
  readonly heldOutRows: number;
  /** Trained numbers, and how many of them the terms share (null: the model does not say). */
  readonly parameters: number;
  readonly sharedParameters: number | null;
  readonly objective: readonly (Described & { readonly weight: number })[];
  readonly optimizer: Described;
  readonly schedule: Described & { readonly unit: 'epoch' | 'step' };
  readonly sampler: Described & { readonly batchesPerEpoch: number; readonly rowsPerEpoch: number };
  readonly clipNorm: number | null;
  /** Names of the parameters without weight decay; older records lack it. */
  readonly noDecay?: readonly string[] | undefined;
  /** Older records lack it. */
  readonly nonFinite?: 'stop' | 'skip' | undefined;
  readonly keepBest: 'heldOut' | 'training' | 'off';
  readonly evaluateEvery: number;
  readonly seed: number;
  readonly epochsAsked: number;
  readonly epochs: readonly EpochRecord[];
  /** By class in label order; null without labels and where no term counts anchors; older records lack it. */
  readonly positives?: readonly ClassPositiveCounts[] | null;
  readonly best: BestEpoch | null;
}
