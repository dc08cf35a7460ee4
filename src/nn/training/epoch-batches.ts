import { InputError, show } from '../../core/errors.js';
import type { Sampler } from '../batching/sampler.js';

/**
 * The batches of an epoch, checked: a sampler may be a user's own.
 *
 * @param name that of the option that holds the sampler.
 */
export function drawnBatches(where: string, sampler: Sampler, epoch: number, name: string): Int32Array[] {
  const batches = sampler.epoch(epoch);
  const sound =
    Array.isArray(batches) &&
    batches.length > 0 &&
    batches.every((rows) => rows.length > 0 && rows.every((i) => Number.isInteger(i) && i >= 0 && i < sampler.rows));
  if (sound) return batches;
  throw new InputError(
    'out-of-range',
    `${where}: ${name} must give non-empty batches of rows from 0 to ${sampler.rows - 1}, got ${show(batches)} in epoch ${epoch}`,
  );
}

function hasPositivePair(labels: Int32Array): boolean {
  return new Set(labels).size < labels.length;
}

/** The batch on which the gradients of the terms are compared: the first with two rows of one class, if labels count. */
export function probedBatch(order: readonly Int32Array[], codes: Int32Array | null): number {
  if (codes === null) return 0;
  const first = order.findIndex((indices) => hasPositivePair(indices.map((i) => codes[i]!)));
  return Math.max(0, first);
}

/**
 * The batch on which a plan is compared with the tape beside the first one, -1 for none: the last batch, or the
 * last one that is as large as the first, in turn, since each size has its plan.
 */
export function verifiedBatch(order: readonly Int32Array[], epoch: number): number {
  const alike = order.reduce((last, { length }, i) => (length === order[0]!.length ? i : last), 0);
  const at = epoch % 2 === 0 ? order.length - 1 : alike;
  return at === 0 ? -1 : at;
}
