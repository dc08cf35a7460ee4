import type { Label } from '../core/types.js';

/** Positives that one class finds in its batches. */
export interface ClassPositives {
  readonly label: Label;
  readonly size: number;
  /** Probability that an anchor of this class has a positive in its batch, 0 to 1. */
  readonly withPositive: number;
  /** Expected number of positives of an anchor. */
  readonly expectedPositives: number;
}

/** What a contrastive loss finds in the batches of a sampler. */
export interface PositivePairAudit {
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
  readonly classes: readonly ClassPositives[];
  /** Classes without any positive, and classes that the sampler leaves out. */
  readonly neverPositive: number;
  readonly leftOut: number;
  readonly n: number;
  readonly k: number;
}
