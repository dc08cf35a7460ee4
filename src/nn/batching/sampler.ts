import { Rng } from '../../core/rng.js';
import type { Described } from '../../core/training-record.js';

/**
 * Which rows form which batch. Epoch e is a pure function of the seed and e, so that a run resumed
 * at epoch e draws the batches that an uninterrupted run draws.
 */
export interface Sampler extends Described {
  /** Rows that batches are drawn from: indices are 0 .. rows - 1. */
  readonly rows: number;
  /** The same in every epoch. */
  readonly batchesPerEpoch: number;
  /** The same in every epoch; the rest is left out in that epoch. */
  readonly rowsPerEpoch: number;
  /** Batches of epoch `epoch`, counted from 0: row indices, no row twice in an epoch. */
  epoch(epoch: number): Int32Array[];
}

/** Random numbers of one epoch. */
export function epochRng(seed: number, epoch: number): Rng {
  // Not the increment of Rng's own seeding, which would make neighbouring epochs overlap.
  return new Rng((new Rng(seed).uint32() + Math.imul(epoch + 1, 0x2c1b3c6d)) >>> 0);
}
