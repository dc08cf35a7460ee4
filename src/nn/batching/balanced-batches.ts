import { InputError } from '../../core/errors.js';
import type { Rng } from '../../core/rng.js';
import type { Label, Labels } from '../../core/types.js';
import { readLabels } from '../../data/labels.js';
import { checkOptions, nothingMore, requireNumber, seedOf } from '../../data/options.js';
import { epochRng, type Sampler } from './sampler.js';

export interface BalancedBatchesOptions {
  /** Distinct classes in every batch (P), at least 1. */
  readonly classes: number;
  /** Different rows of each of them (K), at least 1; a contrastive loss needs 2 or more. */
  readonly samples: number;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** A balanced sampler, with what it has to leave out. */
export interface BalancedSampler extends Sampler {
  /** Classes with fewer than K rows, which never appear, and their rows together. */
  readonly leftOut: { readonly classes: readonly Label[]; readonly rows: number };
}

/** The largest b with b batches of P different classes, when class c can serve `groups[c]` times. */
function mostBatches(groups: Int32Array, perBatch: number): number {
  const served = (b: number) => groups.reduce((sum, count) => sum + Math.min(count, b), 0);
  let low = 0;
  let high = Math.floor(served(Number.MAX_SAFE_INTEGER) / perBatch);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (served(middle) >= perBatch * middle) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows of each class in random order. */
function shuffledByClass(codes: Int32Array, counts: Int32Array, rng: Rng): Int32Array[] {
  const rows = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(counts.length);
  codes.forEach((code, i) => {
    rows[code]![filled[code]!++] = i;
  });
  for (const list of rows) rng.shuffle(list);
  return rows;
}

/**
 * Batches of P different classes with K different rows each (Hermans, Beyer and Leibe 2017,
 * arXiv:1703.07737): every anchor of a contrastive loss has K - 1 positives.
 *
 * Every batch is full and no row comes twice in an epoch, so some rows wait: a class gives
 * floor(size / K) groups an epoch, and the epoch has the largest number of batches that such groups
 * can fill. Which rows and groups wait is drawn again each epoch, so that over the epochs every row of
 * a class with at least K rows is seen. A smaller class cannot give K different rows and is left out
 * altogether: `leftOut` names these classes and counts their rows.
 *
 * @throws InputError out-of-range when fewer than P classes have K rows, with both numbers; also
 *   out-of-range, wrong-type, not-finite, missing-label, empty, unknown-option.
 *
 * @example
 * import { balancedBatches } from 'clusterlens/nn';
 * const labels = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'c'];
 * const sampler = balancedBatches(labels, { classes: 2, samples: 2, seed: 0 });
 * console.log(sampler.batchesPerEpoch, sampler.leftOut); // 2 { classes: [ 'c' ], rows: 1 }
 * console.log([...sampler.epoch(0)[0]!].map((row) => labels[row])); // [ 'b', 'a', 'b', 'a' ]
 */
export function balancedBatches(labels: Labels, options: BalancedBatchesOptions, ...more: []): BalancedSampler {
  nothingMore('balancedBatches', more, [labels, options]);
  const where = 'balancedBatches';
  const given = checkOptions(where, options, ['classes', 'samples', 'seed']);
  const { codes, classes, counts } = readLabels(where, labels);
  const perBatch = requireNumber(where, 'classes', given.classes, { min: 1, integer: true });
  const samples = requireNumber(where, 'samples', given.samples, { min: 1, integer: true });
  const seed = seedOf(where, given.seed);
  const groups = counts.map((count) => Math.floor(count / samples));
  const eligible = groups.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  if (eligible < perBatch) {
    throw new InputError(
      'out-of-range',
      `${where}: needs at least classes = ${perBatch} classes with samples = ${samples} rows or more, ` +
        `got ${eligible} of ${classes.length}; lower classes or samples, or merge small classes`,
    );
  }
  const batches = mostBatches(groups, perBatch);

  function epoch(index: number): Int32Array[] {
    requireNumber(where, 'epoch', index, { min: 0, integer: true });
    const rng = epochRng(seed, index);
    const rows = shuffledByClass(codes, counts, rng);
    // One entry per group, its class; groups of a class stand together, classes in random order.
    const owners: number[] = [];
    for (const c of rng.shuffle(Int32Array.from(groups, (_, c) => c))) {
      for (let g = 0; g < Math.min(groups[c]!, batches); g++) owners.push(c);
    }
    const waiting = rng.shuffle(Int32Array.from(owners, (_, g) => g)).subarray(perBatch * batches);
    for (const g of waiting) owners[g] = -1;
    // Dealt out in turn: a class has at most `batches` groups, so none comes twice into a batch.
    const order = rng.shuffle(Int32Array.from({ length: batches }, (_, b) => b));
    const result = Array.from({ length: batches }, () => new Int32Array(perBatch * samples));
    const used = new Int32Array(groups.length);
    let dealt = 0;
    for (const c of owners) {
      if (c < 0) continue;
      const group = rows[c]!.subarray(used[c]!, used[c]! + samples);
      result[order[dealt % batches]!]!.set(group, Math.floor(dealt / batches) * samples);
      used[c]! += samples;
      dealt++;
    }
    for (const batch of result) rng.shuffle(batch);
    return result;
  }

  const small = classes.filter((_, c) => groups[c] === 0);
  return {
    name: where,
    settings: { rows: codes.length, classes: perBatch, samples, seed, leftOutClasses: small.length },
    rows: codes.length,
    batchesPerEpoch: batches,
    rowsPerEpoch: batches * perBatch * samples,
    leftOut: Object.freeze({
      classes: Object.freeze(small),
      rows: counts.reduce((sum, count) => sum + (count < samples ? count : 0), 0),
    }),
    epoch,
  };
}
