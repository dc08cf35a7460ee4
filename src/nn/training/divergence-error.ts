import { ClusterlensError } from '../../core/errors.js';

/** Where a run stopped being finite. */
export interface DivergenceSite {
  /** From 1. */
  readonly epoch: number;
  /** Position in the epoch, from 0; null while held-out rows are evaluated. */
  readonly batch: number | null;
  /** The term whose value or gradient is not finite; null: the forward pass or the update itself. */
  readonly loss: string | null;
  /** Whether it is the new weights. */
  readonly inUpdate?: boolean | undefined;
}

/** Training left the finite numbers. The model keeps the weights of the last finite step. */
export class DivergenceError extends ClusterlensError {
  override readonly name = 'DivergenceError';
  readonly epoch: number;
  readonly batch: number | null;
  readonly loss: string | null;
  /** Whether the new weights were not finite although the loss and the gradient were. */
  readonly inUpdate: boolean;

  constructor(site: DivergenceSite, what: string, cause?: unknown) {
    const place = `epoch ${site.epoch}, ${site.batch === null ? 'held-out rows' : `batch ${site.batch}`}`;
    super('diverged', `train: ${what} in ${place}; lower the learning rate, clip the gradient or check the loss`);
    this.epoch = site.epoch;
    this.batch = site.batch;
    this.loss = site.loss;
    this.inUpdate = site.inUpdate ?? false;
    if (cause !== undefined) this.cause = cause;
  }
}
