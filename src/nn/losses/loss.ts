import type { Tensor } from '../tensor.js';

/**
 * A loss, and what its value can be compared with. `floor` is a lower bound for this batch: no output and
 * no temperature gives less. `ceiling` is the value of a collapsed model, which gives the same output for
 * every row. A model that has learnt anything lies between the two; one above is worse than collapsed.
 */
export interface Loss {
  /** The value as a tensor, to run `backward` on; a constant when `validAnchors` is 0. */
  readonly loss: Tensor;
  readonly value: number;
  readonly floor: number;
  readonly ceiling: number;
  /** Rows that contribute; at 0 the value, floor and ceiling are 0 and mean nothing. */
  readonly validAnchors: number;
  /** Rows left out because the batch holds nothing to compare them with. */
  readonly skippedAnchors: number;
}
