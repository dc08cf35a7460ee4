import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancedBatches } from '../../../src/nn/batching/balanced-batches.js';
import { shuffledBatches } from '../../../src/nn/batching/shuffled-batches.js';

const seeds = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const epochs = fc.nat({ max: 50 });

describe('shuffledBatches', () => {
  const cases = fc.record({ n: fc.integer({ min: 1, max: 200 }), batchSize: fc.integer({ min: 1, max: 70 }) });

  it('gives each row once per epoch, in full batches but the last', () => {
    fc.assert(
      fc.property(cases, seeds, epochs, ({ n, batchSize }, seed, epoch) => {
        const sampler = shuffledBatches(n, { batchSize, seed });
        const batches = sampler.epoch(epoch);
        expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual(
          Array.from({ length: n }, (_, i) => i),
        );
        expect(batches.slice(0, -1).every((batch) => batch.length === batchSize)).toBe(true);
        expect(batches.at(-1)!.length).toBe(n - (batches.length - 1) * batchSize);
        expect([batches.length, n]).toEqual([sampler.batchesPerEpoch, sampler.rowsPerEpoch]);
      }),
    );
  });

  it('with dropLast gives full batches only, of different rows', () => {
    fc.assert(
      fc.property(cases, seeds, ({ n, batchSize }, seed) => {
        fc.pre(n >= batchSize);
        const sampler = shuffledBatches(n, { batchSize, seed, dropLast: true });
        const batches = sampler.epoch(0);
        expect(batches.every((batch) => batch.length === batchSize)).toBe(true);
        const rows = batches.flatMap((batch) => [...batch]);
        expect(new Set(rows).size).toBe(rows.length);
        expect(rows.length).toBe(n - (n % batchSize));
        expect(rows.length).toBe(sampler.rowsPerEpoch);
      }),
    );
  });

  it('is a function of seed and epoch', () => {
    fc.assert(
      fc.property(cases, seeds, epochs, ({ n, batchSize }, seed, epoch) => {
        const sampler = shuffledBatches(n, { batchSize, seed });
        sampler.epoch(epoch + 1);
        expect(sampler.epoch(epoch)).toEqual(shuffledBatches(n, { batchSize, seed }).epoch(epoch));
      }),
    );
  });
});

describe('balancedBatches', () => {
  const labelings = fc
    .record({
      counts: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 }),
      samples: fc.integer({ min: 1, max: 5 }),
      wanted: fc.integer({ min: 1, max: 6 }),
      shuffle: fc.nat(),
    })
    .map(({ counts, samples, wanted, shuffle }) => {
      const labels = counts.flatMap((count, c) => Array.from({ length: count }, () => c));
      const turn = shuffle % labels.length;
      return { counts, samples, wanted, labels: [...labels.slice(turn), ...labels.slice(0, turn)] };
    })
    .filter(({ counts, samples, wanted }) => counts.filter((count) => count >= samples).length >= wanted);

  it('fills every batch with P classes of K different rows, no row twice in an epoch', () => {
    fc.assert(
      fc.property(labelings, seeds, epochs, ({ labels, samples, wanted }, seed, epoch) => {
        const sampler = balancedBatches(labels, { classes: wanted, samples, seed });
        const batches = sampler.epoch(epoch);
        const seen = new Set<number>();
        for (const batch of batches) {
          const tally = new Map<number, number>();
          for (const i of batch) {
            tally.set(labels[i]!, (tally.get(labels[i]!) ?? 0) + 1);
            seen.add(i);
          }
          expect([...tally.values()]).toEqual(new Array(wanted).fill(samples));
        }
        expect(seen.size).toBe(batches.length * wanted * samples);
        expect([batches.length, seen.size]).toEqual([sampler.batchesPerEpoch, sampler.rowsPerEpoch]);
      }),
    );
  });

  it('has the largest number of batches that the class sizes allow', () => {
    fc.assert(
      fc.property(labelings, seeds, ({ labels, counts, samples, wanted }, seed) => {
        const { batchesPerEpoch } = balancedBatches(labels, { classes: wanted, samples, seed });
        // Taking the classes with most groups left, batch after batch, is optimal.
        const left = counts.map((count) => Math.floor(count / samples));
        let greedy = 0;
        for (;;) {
          left.sort((a, b) => b - a);
          if ((left[wanted - 1] ?? 0) === 0) break;
          for (let c = 0; c < wanted; c++) left[c]!--;
          greedy++;
        }
        expect(batchesPerEpoch).toBe(greedy);
      }),
    );
  });

  it('is a function of seed and epoch, and counts what it leaves out', () => {
    fc.assert(
      fc.property(labelings, seeds, epochs, ({ labels, counts, samples, wanted }, seed, epoch) => {
        const sampler = balancedBatches(labels, { classes: wanted, samples, seed });
        sampler.epoch(epoch + 1);
        expect(sampler.epoch(epoch)).toEqual(balancedBatches(labels, { classes: wanted, samples, seed }).epoch(epoch));
        const small = counts.map((count, c) => [count, c] as const).filter(([count]) => count < samples);
        expect(sampler.leftOut.classes).toEqual(small.map(([, c]) => c));
        expect(sampler.leftOut.rows).toBe(small.reduce((sum, [count]) => sum + count, 0));
      }),
    );
  });
});
