import { InputError } from '../../core/errors.js';
import type { Labels } from '../../core/types.js';
import { readLabels } from '../../data/labels.js';
import { booleanOf, checkOptions, nothingMore, numberIn, requireNumber, seedOf } from '../../data/options.js';
import { epochRng, type Sampler } from './sampler.js';

export interface ShuffledBatchesOptions {
  /** Rows per batch, at least 1. Default 16. */
  readonly batchSize?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** Leaves out the last batch of an epoch when it is smaller than the others. Default false. */
  readonly dropLast?: boolean | undefined;
}

/**
 * All rows in a new random order each epoch, cut into batches; each row once per epoch (with
 * `dropLast` the `rows mod batchSize` rows at the end of the order are left out of that epoch).
 *
 * @param rows a number of rows, or one label per row, of which only the number is used.
 * @throws InputError out-of-range, wrong-type, not-finite, empty, unknown-option; out-of-range when
 *   `dropLast` would leave no batch.
 *
 * @example
 * import { shuffledBatches } from 'clusterlens/nn';
 * const sampler = shuffledBatches(10, { batchSize: 4, seed: 0 });
 * console.log(sampler.epoch(0).map((rows) => rows.length)); // [ 4, 4, 2 ]
 * console.log(sampler.epoch(0)[0]); // Int32Array(4) [ 8, 5, 1, 7 ]
 */
export function shuffledBatches(rows: number | Labels, options?: ShuffledBatchesOptions, ...more: []): Sampler {
  nothingMore('shuffledBatches', more, [rows, options]);
  const where = 'shuffledBatches';
  const given = checkOptions(where, options, ['batchSize', 'seed', 'dropLast']);
  const n =
    typeof rows === 'number'
      ? requireNumber(where, 'rows', rows, { min: 1, max: 2 ** 31 - 1, integer: true })
      : readLabels(where, rows).codes.length;
  const batchSize = numberIn(where, 'batchSize', given.batchSize, { min: 1, integer: true }, 16);
  const seed = seedOf(where, given.seed);
  const dropLast = booleanOf(where, 'dropLast', given.dropLast, false);
  const batchesPerEpoch = dropLast ? Math.floor(n / batchSize) : Math.ceil(n / batchSize);
  if (batchesPerEpoch === 0) {
    throw new InputError(
      'out-of-range',
      `${where}: dropLast needs at least one full batch, got ${n} rows and batchSize ${batchSize}; lower batchSize`,
    );
  }
  return {
    name: where,
    settings: { rows: n, batchSize, seed, dropLast },
    rows: n,
    batchesPerEpoch,
    rowsPerEpoch: Math.min(n, batchesPerEpoch * batchSize),
    epoch(epoch) {
      requireNumber(where, 'epoch', epoch, { min: 0, integer: true });
      const order = epochRng(seed, epoch).shuffle(Int32Array.from({ length: n }, (_, i) => i));
      return Array.from({ length: batchesPerEpoch }, (_, b) => order.slice(b * batchSize, (b + 1) * batchSize));
    },
  };
}
