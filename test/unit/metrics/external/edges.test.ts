import { describe, expect, it } from 'vitest';
import { Rng } from '../../../../src/core/rng.js';
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  bCubed,
  fowlkesMallows,
  matchingAccuracy,
  mutualInformation,
  normalizedMutualInformation,
  pairConfusion,
  purity,
  randIndex,
  variationOfInformation,
  vMeasure,
} from '../../../../src/index.js';
import { adjustedRandOfPairs } from '../../../../src/metrics/external/adjusted-rand-index.js';
import { contingency, readContingency } from '../../../../src/metrics/external/contingency.js';
import { information } from '../../../../src/metrics/external/information.js';
import { bestMatching, matchedRows } from '../../../../src/metrics/external/matched-rows.js';
import { pairCounts } from '../../../../src/metrics/external/pair-counts.js';

const ALL = {
  adjustedMutualInformation,
  adjustedRandIndex,
  bCubed,
  fowlkesMallows,
  matchingAccuracy,
  mutualInformation,
  normalizedMutualInformation,
  pairConfusion,
  purity,
  randIndex,
  variationOfInformation,
  vMeasure,
} as Record<string, (truth: never, predicted: never, options?: never) => unknown>;

describe.each(Object.entries(ALL))('%s refuses', (name, index) => {
  it.each([
    ['labels of different lengths', [1, 2, 3], [1, 2], 'length-mismatch', 'got 3 and 2 labels'],
    ['empty truth', [], [], 'empty', 'truth must not be empty'],
    ['a missing label', [1, 2], [1, null], 'missing-label', 'predicted[1]'],
    ['a NaN label', [1, Number.NaN], [1, 2], 'not-finite', 'got NaN at truth[1]'],
    ['a bare number', 3, [1], 'wrong-type', 'got 3'],
    ['an object as label', [{}], [1], 'wrong-type', 'truth[0]'],
  ])('%s', (_, truth, predicted, code, words) => {
    expect(() => index(truth as never, predicted as never)).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(words) }),
    );
    expect(() => index(truth as never, predicted as never)).toThrow(new RegExp(`^${name}: `));
  });
});

describe('options', () => {
  it.each([
    ['an unknown mean', () => normalizedMutualInformation([1], [1], { average: 'mean' as never }), 'unknown-name'],
    ['an unknown option', () => adjustedMutualInformation([1], [1], { averge: 'max' } as never), 'unknown-option'],
    ['a negative beta', () => vMeasure([1], [1], { beta: -1 }), 'out-of-range'],
    ['an infinite beta', () => vMeasure([1], [1], { beta: Number.POSITIVE_INFINITY }), 'not-finite'],
  ])('%s is an error', (_, call, code) => {
    expect(call).toThrowError(expect.objectContaining({ code }));
  });

  it('beta 0 gives homogeneity, a huge beta completeness', () => {
    const truth = [0, 0, 0, 1, 1, 1];
    const predicted = [0, 1, 0, 1, 2, 2];
    const { homogeneity, completeness } = vMeasure(truth, predicted);
    expect(vMeasure(truth, predicted, { beta: 0 }).vMeasure).toBe(homogeneity);
    expect(vMeasure(truth, predicted, { beta: 1e308 }).vMeasure).toBeCloseTo(completeness, 14);
    expect(homogeneity).toBeGreaterThan(completeness + 0.1);
  });
});

describe('edges, as scikit-learn', () => {
  const one = [0, 0, 0, 0];
  const apart = [0, 1, 2, 3];
  const two = [0, 0, 1, 1];
  const averages = ['arithmetic', 'geometric', 'min', 'max'] as const;

  it('one cluster on both sides is perfect agreement', () => {
    expect(adjustedRandIndex(one, one)).toBe(1);
    expect(randIndex(one, one)).toBe(1);
    for (const average of averages) {
      expect(adjustedMutualInformation(one, one, { average })).toBe(1);
      expect(normalizedMutualInformation(one, one, { average })).toBe(1);
    }
    expect(mutualInformation(one, one)).toBe(0);
    expect(vMeasure(one, one)).toEqual({ homogeneity: 1, completeness: 1, vMeasure: 1 });
  });

  it('homogeneity is 1 when the truth has entropy 0, completeness when the prediction has', () => {
    expect(vMeasure(one, two)).toEqual({ homogeneity: 1, completeness: 0, vMeasure: 0 });
    expect(vMeasure(two, one)).toEqual({ homogeneity: 0, completeness: 1, vMeasure: 0 });
    expect(vMeasure(one, two, { beta: 0 }).vMeasure).toBe(1);
  });

  it('one cluster, or all singletons, against another partition has nothing beyond chance', () => {
    for (const average of averages) {
      expect(adjustedMutualInformation(one, two, { average })).toBe(0);
      expect(adjustedMutualInformation(two, one, { average })).toBe(0);
      expect(adjustedMutualInformation(apart, two, { average })).toBe(0);
      expect(adjustedMutualInformation(apart, one, { average })).toBe(0);
    }
    expect(adjustedRandIndex(one, two)).toBe(0);
    expect(adjustedRandIndex(apart, two)).toBe(0);
  });

  it('all singletons on both sides: ARI, AMI 1, Fowlkes-Mallows 0 since no pair is joined', () => {
    expect(adjustedRandIndex(apart, apart)).toBe(1);
    expect(adjustedMutualInformation(apart, apart)).toBe(1);
    expect(fowlkesMallows(apart, apart)).toBe(0);
  });

  it('ARI can fall to -0.5', () => {
    expect(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1])).toBe(-0.5);
  });

  it('a single row', () => {
    expect(pairConfusion([7], ['x'])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect([randIndex([7], ['x']), adjustedRandIndex([7], ['x']), fowlkesMallows([7], ['x'])]).toEqual([1, 1, 0]);
    expect([purity([7], ['x']), matchingAccuracy([7], ['x']), variationOfInformation([7], ['x'])]).toEqual([1, 1, 0]);
  });

  it('pair confusion has the predicted-only pairs above the diagonal', () => {
    expect(pairConfusion([0, 0, 1, 2], [0, 0, 1, 1])).toEqual([
      [8, 2],
      [0, 2],
    ]);
  });

  it('labels of different types with the same print are different', () => {
    expect(adjustedRandIndex([1, '1', 1, '1'], [0, 1, 0, 1])).toBe(1);
  });
});

describe('precision', () => {
  it('mutual information of exactly independent labelings is exactly 0, and never negative nearby', () => {
    const a = Array.from({ length: 35 * 21 }, (_, i) => Math.floor(i / 21) % 7);
    const b = Array.from({ length: 35 * 21 }, (_, i) => i % 3);
    expect(mutualInformation(a, b)).toBe(0);
    b[0] = 1;
    expect(mutualInformation(a, b)).toBeGreaterThan(0);
    expect(mutualInformation(a, b)).toBeLessThan(1e-4);
  });

  it('keeps MI of a million nearly independent rows, where p ln p cancels to its last digits', () => {
    // 2 x 2 with cells n/4 + 1, n/4 - 1, n/4 - 1, n/4 + 1: MI = t^2 / 2 + t^4 / 12 with t = 4 / n.
    const table = {
      n: 1e6,
      truthCounts: Int32Array.of(5e5, 5e5),
      predictedCounts: Int32Array.of(5e5, 5e5),
      cellTruth: Int32Array.of(0, 0, 1, 1),
      cellPredicted: Int32Array.of(0, 1, 0, 1),
      cellCounts: Int32Array.of(250001, 249999, 249999, 250001),
    };
    expect(information(table).mutual / 8e-12).toBeCloseTo(1, 10);
  });

  it('pair counts beyond 2^53 stay right to rounding, and ARI with them', () => {
    const n = 4e8;
    const cellCounts = Int32Array.of(1e8 + 1, 1e8 - 1, 1e8 - 3, 1e8 + 3);
    const table = {
      n,
      truthCounts: Int32Array.of(2e8, 2e8),
      predictedCounts: Int32Array.of(2e8 - 2, 2e8 + 2),
      cellTruth: Int32Array.of(0, 0, 1, 1),
      cellPredicted: Int32Array.of(0, 1, 0, 1),
      cellCounts,
    };
    const square = (values: Iterable<number>) => [...values].reduce((sum, v) => sum + BigInt(v) * BigInt(v), 0n);
    const cells = square(cellCounts);
    const exact = {
      both: cells - BigInt(n),
      truthOnly: square(table.truthCounts) - cells,
      predictedOnly: square(table.predictedCounts) - cells,
      neither: BigInt(n) ** 2n - square(table.truthCounts) - square(table.predictedCounts) + cells,
    };
    const found = pairCounts(table);
    expect(exact.both).toBeGreaterThan(2n ** 53n);
    for (const key of ['both', 'truthOnly', 'predictedOnly', 'neither'] as const) {
      expect(found[key] / Number(exact[key])).toBeCloseTo(1, 15);
    }
  });

  it('ARI does not lose the difference of products beyond 2^53', () => {
    // tp tn = 10^20 + 10^10 and fn fp = 10^20 - 1 are the same number in float64.
    const pairs = { both: 10000000001, neither: 10000000000, truthOnly: 10000000001, predictedOnly: 9999999999 };
    expect(adjustedRandOfPairs(pairs)).toBe(20000000002 / Number(800000000040000000002n));
  });
});

describe('size', () => {
  it('takes 100,000 rows with 10,000 classes on each side', () => {
    const rng = new Rng(3);
    const truth = Array.from({ length: 100_000 }, () => rng.integer(10_000));
    const predicted = truth.map((v) => (rng.uniform() < 0.4 ? rng.integer(10_000) : v));
    const table = readContingency('test', truth, predicted);
    expect(table.cellCounts.length).toBeLessThanOrEqual(100_000);
    expect(table.cellCounts.reduce((sum, c) => sum + c, 0)).toBe(100_000);
    expect(adjustedMutualInformation(truth, predicted)).toBeGreaterThan(0.4);
    expect(matchingAccuracy(truth, predicted)).toBeGreaterThan(0.6);
  });

  it('matches long chains of classes that push each other on', () => {
    // Class i has a row in cluster i and one in i + 1; class k comes last and needs cluster 1, so all move on.
    const truth: number[] = [];
    const predicted: number[] = [];
    const put = (a: number, b: number, times: number) => {
      for (let t = 0; t < times; t++) {
        truth.push(a);
        predicted.push(b);
      }
    };
    const k = 300;
    for (let i = 1; i < k; i++) {
      put(i, i, 1);
      put(i, i + 1, 1);
    }
    put(k, 1, 5);
    const table = readContingency('test', truth, predicted);
    expect(matchedRows(table, bestMatching(table))).toBe(5 + (k - 1));
  });

  it('lists cells by class and then by cluster', () => {
    const table = contingency(
      Int32Array.of(1, 0, 1, 0),
      Int32Array.of(2, 2),
      Int32Array.of(0, 1, 0, 0),
      Int32Array.of(3, 1),
    );
    expect([...table.cellTruth]).toEqual([0, 0, 1]);
    expect([...table.cellPredicted]).toEqual([0, 1, 0]);
    expect([...table.cellCounts]).toEqual([1, 1, 2]);
  });
});
