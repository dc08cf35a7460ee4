import { describe, expect, it } from 'vitest';
import { balancedBatches } from '../../../src/nn/batching/balanced-batches.js';
import { shuffledBatches } from '../../../src/nn/batching/shuffled-batches.js';

describe('shuffledBatches', () => {
  it('orders rows anew in each epoch and for each seed', () => {
    const orders = [0, 1, 2].flatMap((seed) => {
      const sampler = shuffledBatches(40, { batchSize: 40, seed });
      return [0, 1, 2].map((epoch) => sampler.epoch(epoch)[0]!.join());
    });
    expect(new Set(orders).size).toBe(9);
  });

  it('puts each row everywhere: over many epochs the mean position of a row is the middle', () => {
    const sampler = shuffledBatches(10, { batchSize: 10 });
    const sums = new Float64Array(10);
    for (let epoch = 0; epoch < 2000; epoch++) {
      for (const [at, row] of sampler.epoch(epoch)[0]!.entries()) sums[row]! += at / 2000;
    }
    // Standard error of the mean position: 2.87 / sqrt(2000) = 0.064.
    for (const mean of sums) expect(Math.abs(mean - 4.5)).toBeLessThan(0.3);
  });

  it('takes the number of rows from labels', () => {
    expect(shuffledBatches(['a', 'b', 'a'], { batchSize: 2 })).toMatchObject({ rows: 3, batchesPerEpoch: 2 });
  });

  it.each([
    [0, {}, 'out-of-range'],
    [1.5, {}, 'out-of-range'],
    [Number.NaN, {}, 'not-finite'],
    ['abc', {}, 'wrong-type'],
    [[], {}, 'empty'],
    [5, { batchSize: 0 }, 'out-of-range'],
    [5, { batchSize: 6, dropLast: true }, 'out-of-range'],
    [5, { size: 6 }, 'unknown-option'],
    [5, { seed: -1 }, 'out-of-range'],
  ])('refuses %j with %j: %s', (rows, options, code) => {
    expect(() => shuffledBatches(rows as never, options as never)).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a negative epoch', () => {
    expect(() => shuffledBatches(5).epoch(-1)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});

describe('balancedBatches', () => {
  const labels = ['a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'd'];

  it('leaves out the classes that are too small, by name', () => {
    const sampler = balancedBatches(labels, { classes: 2, samples: 3 });
    expect(sampler.leftOut).toEqual({ classes: ['c', 'd'], rows: 3 });
    expect(sampler.batchesPerEpoch).toBe(1);
  });

  it('shows every row of the other classes over the epochs', () => {
    const sampler = balancedBatches(labels, { classes: 2, samples: 2 });
    const seen = new Set<number>();
    for (let epoch = 0; epoch < 30; epoch++)
      for (const batch of sampler.epoch(epoch)) for (const i of batch) seen.add(i);
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('refuses more classes than can fill a batch', () => {
    expect(() => balancedBatches(labels, { classes: 3, samples: 3 })).toThrow(
      /at least classes = 3 classes with samples = 3 rows or more, got 2 of 4/,
    );
  });

  it.each([
    [{ classes: 2 }, 'wrong-type'],
    [{ classes: 0, samples: 2 }, 'out-of-range'],
    [{ classes: 2, samples: 1.5 }, 'out-of-range'],
    [undefined, 'wrong-type'],
  ])('refuses options %j: %s', (options, code) => {
    expect(() => balancedBatches(labels, options as never)).toThrow(expect.objectContaining({ code }));
  });
});
