import type { Label } from '../../core/types.js';

/** What was counted in training. */
export interface ObservedPositives {
  readonly anchors: number;
  /** Share of the anchors that had a positive in their batch, 0 to 1; null without anchors. */
  readonly withPositive: number | null;
  /** Positives of an anchor, on average; null without anchors. */
  readonly positives: number | null;
  /**
   * Two-sided p that the sampler gives positives as far from the expected number, 0 to 1; 0 or 1
   * where it leaves nothing to chance.
   */
  readonly p: number;
}

/** Positives that one class finds in its batches. */
export interface ClassPositives<L extends Label = Label> {
  readonly label: L;
  readonly size: number;
  /** Probability that an anchor of this class has a positive in its batch, 0 to 1. */
  readonly withPositive: number;
  /** Expected number of positives of an anchor. */
  readonly expectedPositives: number;
  /** What was counted over all epochs; null when no counts were given. */
  readonly observed: ObservedPositives | null;
}

/** What a contrastive loss finds in the batches of a sampler. */
export interface PositivePairAudit<L extends Label = Label> {
  readonly sampler: 'shuffled' | 'balanced';
  readonly batchSize: number;
  /** Batches in an epoch, and rows in them. */
  readonly batchesPerEpoch: number;
  readonly rowsPerEpoch: number;
  /** Probability over all anchors of an epoch that one has a positive in its batch. */
  readonly withPositive: number;
  readonly expectedPositives: number;
  readonly validAnchorsPerBatch: number;
  /** Probability that a batch has no valid anchor at all. */
  readonly emptyBatches: { readonly share: number; readonly method: 'exact' | 'simulated'; readonly batches: number };
  /** In label order. */
  readonly classes: readonly ClassPositives<L>[];
  /** Classes without any positive, and classes that the sampler leaves out. */
  readonly neverPositive: number;
  readonly leftOut: number;
  /** What was counted, over all classes and the `epochs` that the counts hold; null when none were given. */
  readonly observed: (ObservedPositives & { readonly epochs: number }) | null;
  readonly n: number;
  readonly k: number;
}
