import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positivePairAudit } from '../../../src/diagnose/positive-pair-audit.js';
import { balancedBatches } from '../../../src/nn/batching/balanced-batches.js';
import type { Sampler } from '../../../src/nn/batching/sampler.js';
import { shuffledBatches } from '../../../src/nn/batching/shuffled-batches.js';

/** Labels with the given class sizes. */
function labelsOf(sizes: readonly number[]): string[] {
  return sizes.flatMap((size, c) => Array<string>(size).fill(`c${String(c).padStart(3, '0')}`));
}

/** What really happens over some epochs of a sampler. */
function simulate(labels: readonly string[], sampler: Sampler, epochs: number) {
  let anchors = 0;
  let valid = 0;
  let positives = 0;
  let batches = 0;
  let empty = 0;
  const byClass = new Map<string, { anchors: number; valid: number }>();
  for (let e = 0; e < epochs; e++) {
    for (const batch of sampler.epoch(e)) {
      batches++;
      let any = false;
      for (const i of batch) {
        const found = batch.filter((j) => j !== i && labels[j] === labels[i]).length;
        const own = byClass.get(labels[i]!) ?? { anchors: 0, valid: 0 };
        byClass.set(labels[i]!, own);
        anchors++;
        own.anchors++;
        positives += found;
        if (found === 0) continue;
        valid++;
        own.valid++;
        any = true;
      }
      if (!any) empty++;
    }
  }
  return { withPositive: valid / anchors, positives: positives / anchors, empty: empty / batches, byClass };
}

describe('positivePairAudit', () => {
  test.each([
    { sizes: [9, 6, 4, 2, 1, 1], batchSize: 5, dropLast: false },
    { sizes: [9, 6, 4, 2, 1, 1], batchSize: 5, dropLast: true },
    { sizes: [3, 2, 2, 2, 2, 1, 1, 1, 1, 1], batchSize: 3, dropLast: false },
    { sizes: [2, 2], batchSize: 16, dropLast: false },
  ])(
    'is what shuffled batches give: $sizes in batches of $batchSize, dropLast $dropLast',
    ({ sizes, batchSize, dropLast }) => {
      const labels = labelsOf(sizes);
      const audit = positivePairAudit(labels, { batchSize, dropLast });
      const real = simulate(labels, shuffledBatches(labels, { batchSize, dropLast, seed: 1 }), 6000);
      expect(audit.withPositive).toBeCloseTo(real.withPositive, 2);
      expect(Math.abs(audit.expectedPositives - real.positives)).toBeLessThan(0.02);
      expect(audit.emptyBatches.share).toBeCloseTo(real.empty, 1.9);
      for (const { label, withPositive } of audit.classes) {
        const { anchors, valid } = real.byClass.get(String(label))!;
        expect(Math.abs(withPositive - valid / anchors)).toBeLessThan(0.03);
      }
    },
  );

  test('is what balanced batches give, with the same number of batches', () => {
    const labels = labelsOf([12, 9, 7, 5, 3, 1]);
    const sampler = balancedBatches(labels, { classes: 3, samples: 2, seed: 1 });
    const audit = positivePairAudit(labels, { sampler: 'balanced', classes: 3, samples: 2 });
    const real = simulate(labels, sampler, 50);
    expect(audit).toMatchObject({
      batchSize: 6,
      batchesPerEpoch: sampler.batchesPerEpoch,
      rowsPerEpoch: sampler.rowsPerEpoch,
      withPositive: real.withPositive,
      expectedPositives: real.positives,
      leftOut: 1,
    });
    expect(audit.withPositive).toBe(1);
  });

  test('closed form by hand: two of four rows share a class, batches of two', () => {
    // The partner is one of the three others with probability 1/3; a batch misses with 5/6.
    const audit = positivePairAudit(['a', 'a', 'b', 'c'], { batchSize: 2 });
    expect(audit.classes[0]!.withPositive).toBeCloseTo(1 / 3, 14);
    expect(audit.withPositive).toBeCloseTo(1 / 6, 14);
    expect(audit.emptyBatches.share).toBeCloseTo(5 / 6, 14);
    expect(audit.neverPositive).toBe(2);
  });

  test('probabilities stay in range, and grow with the batch, for any class sizes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 300 }), (counts, batchSize) => {
        const labels = labelsOf(counts);
        const small = positivePairAudit(labels, { batchSize, dropLast: labels.length >= 2 * batchSize });
        for (const value of [
          small.withPositive,
          small.emptyBatches.share,
          ...small.classes.map((of) => of.withPositive),
        ]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        if (labels.length < 4 * batchSize) return;
        const large = positivePairAudit(labels, { batchSize: 2 * batchSize, dropLast: true });
        expect(large.withPositive).toBeGreaterThanOrEqual(small.withPositive - 1e-12);
        expect(large.emptyBatches.share).toBeLessThanOrEqual(small.emptyBatches.share + 1e-12);
      }),
      { numRuns: 60 },
    );
  });

  test('refuses what no sampler could do', () => {
    expect(() => positivePairAudit(['a', 'b'], { sampler: 'balanced', classes: 2, samples: 2 })).toThrow(/got 0 of 2/);
    expect(() => positivePairAudit(['a', 'b'], { batchSize: 1 })).toThrow(/got 1/);
    expect(() => positivePairAudit(['a', 'b'], { batchSize: 3, dropLast: true })).toThrow(/2 rows and batchSize 3/);
    expect(() => positivePairAudit([])).toThrow(/got 0 labels/);
  });
});
