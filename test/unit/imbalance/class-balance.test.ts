import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diversityOf } from '../../../src/imbalance/diversity.js';
import { type BalanceDistance, classBalance, classesBelow, dataset } from '../../../src/index.js';
import { corpusLabels, labelsOf } from './labels-of.js';

const DISTANCES: BalanceDistance[] = ['totalVariation', 'hellinger', 'euclidean', 'chebyshev', 'kullbackLeibler'];

describe('classBalance', () => {
  it('counts the published equaliser corpus: 765 terms, 712 below 5, median 1', () => {
    const balance = classBalance(corpusLabels());
    expect(balance).toMatchObject({ n: 1595, k: 765, median: 1, singletons: 555, imbalanceRatio: 64 });
    expect(balance.mean).toBe(1595 / 765);
    expect(balance.below(5)).toBe(712);
    expect(balance.k - balance.below(5)).toBe(53);
    expect(balance.k - balance.below(10)).toBe(24);
    expect(balance.smallClasses).toEqual([
      { threshold: 2, classes: 555, share: 555 / 765, examples: 555 },
      { threshold: 5, classes: 712, share: 712 / 765, examples: 963 },
      { threshold: 10, classes: 741, share: 741 / 765, examples: 1137 },
    ]);
    expect(balance.classes[0]).toEqual({ label: 'warm', count: 64, share: 64 / 1595 });
  });

  it('lists classes largest first, and those of one size in label order', () => {
    const labels = ['b', 'a', 2, true, 'b', 'a', 10, 2, 10];
    expect(classBalance(labels).classes.map(({ label, count }) => [label, count])).toEqual([
      [2, 2],
      [10, 2],
      ['a', 2],
      ['b', 2],
      [true, 1],
    ]);
  });

  it.each([
    [[5, 1, 3], 3],
    [[5, 1, 3, 2], 2.5],
    [[7], 7],
  ])('takes the median of sizes %j as %d', (counts, median) => {
    expect(classBalance(labelsOf(counts)).median).toBe(median);
  });

  it('gives one class the values of perfect balance, none of them NaN', () => {
    expect(classBalance(['x', 'x', 'x'])).toMatchObject({
      n: 3,
      k: 1,
      imbalanceRatio: 1,
      entropy: 0,
      evenness: 1,
      effectiveClasses: 1,
      gini: 0,
      imbalanceDegree: 0,
      lrid: 0,
    });
  });

  it.each([2, 3, 7, 49, 100])('gives %d equal classes exactly 1, k and 0', (k) => {
    const balance = classBalance(labelsOf(new Array<number>(k).fill(3)));
    expect(balance).toMatchObject({
      imbalanceRatio: 1,
      entropy: Math.log(k),
      evenness: 1,
      effectiveClasses: k,
      gini: 0,
      imbalanceDegree: 0,
      lrid: 0,
    });
  });

  it('computes entropy, evenness, effective classes and Gini from their definitions', () => {
    const counts = [9, 4, 2, 1];
    const balance = classBalance(labelsOf(counts));
    const nats = -counts.reduce((sum, c) => sum + (c / 16) * Math.log(c / 16), 0);
    expect(balance.entropy).toBeCloseTo(nats, 14);
    expect(balance.evenness).toBeCloseTo(nats / Math.log(4), 14);
    expect(balance.effectiveClasses).toBeCloseTo(Math.exp(nats), 13);
    let differences = 0;
    for (const a of counts) for (const b of counts) differences += Math.abs(a - b);
    expect(balance.gini).toBeCloseTo(differences / (2 * 4 * 4 * 4), 14);
  });

  it('has the published imbalance degrees (redflag 0.5 docstrings after Ortigosa-Hernandez 2017)', () => {
    expect(classBalance(labelsOf([288, 49, 288])).imbalanceDegree).toBeCloseTo(0.7648, 10);
    const balance = classBalance(labelsOf([2, 81, 61, 4]), { distance: 'hellinger' });
    expect(balance.imbalanceDegree).toBeCloseTo(1.7296912711, 9);
    expect(balance.imbalanceDegreeDistance).toBe('hellinger');
  });

  it.each([
    // Shares .05, .1, .3, .55 are .2, .15, .05, .3 from 1/4; the extreme 0, 0, 3/4, 1/4 is 1/4, 1/4, 1/2, 0 from it.
    [[1, 2, 6, 11], 'totalVariation', 1 + 0.7],
    [[1, 2, 6, 11], 'euclidean', 1 + Math.sqrt(0.155 / 0.375)],
    [[1, 2, 6, 11], 'chebyshev', 1 + 0.3 / 0.5],
    [
      [1, 2, 6, 11],
      'kullbackLeibler',
      1 +
        (0.05 * Math.log(0.2) + 0.1 * Math.log(0.4) + 0.3 * Math.log(1.2) + 0.55 * Math.log(2.2)) /
          (0.75 * Math.log(3)),
    ],
    // The share that is farthest from 1/3 is the one below it: 49 / 625.
    [[288, 49, 288], 'chebyshev', (1 / 3 - 49 / 625) / (1 / 3)],
  ] as const)('has the imbalance degree of sizes %j that is worked out by hand (%s)', (sizes, distance, expected) => {
    expect(classBalance(labelsOf(sizes), { distance }).imbalanceDegree).toBeCloseTo(expected, 14);
  });

  it('keeps almost equal sizes, whose entropy rounds up, within the bounds', () => {
    for (const [k, m] of [
      [2, 1e9],
      [3, 1e9],
      [5, 1e8],
      [9, 1e8],
      [10, 1e8],
    ] as const) {
      const sizes = [m + 1, ...new Array<number>(k - 1).fill(m)];
      const { entropy, evenness, effectiveClasses } = diversityOf(sizes, k * m + 1);
      expect(entropy).toBeLessThanOrEqual(Math.log(k));
      expect(evenness).toBeLessThanOrEqual(1);
      expect(evenness).toBeCloseTo(1, 14);
      expect(effectiveClasses).toBeLessThanOrEqual(k);
      expect(effectiveClasses).toBeCloseTo(k, 14);
    }
  });

  it('has LRID = -2 sum n_c ln(N / (C n_c))', () => {
    expect(classBalance(labelsOf([288, 49, 288])).lrid).toBeCloseTo(231.2046609961, 9);
    expect(classBalance(labelsOf([2, 81, 61, 4])).lrid).toBeCloseTo(158.4586159546, 9);
  });

  it.each(DISTANCES)('reaches the number of minority classes at the extreme (%s)', (distance) => {
    // One class of 1 in place of 0, in 4 million: as far from balance as three minorities can be.
    const balance = classBalance(labelsOf([1, 1, 1, 400_000]), { distance });
    expect(balance.imbalanceDegree).toBeGreaterThan(2.98);
    expect(balance.imbalanceDegree).toBeLessThanOrEqual(3);
  });

  it('does not count a share of exactly 1 / k as a minority', () => {
    // 10 / 30 and 7 / 30: only one of the three is below a third.
    expect(classBalance(labelsOf([13, 10, 7])).imbalanceDegree).toBeLessThanOrEqual(1);
  });

  it('keeps all fields but the function through JSON and structured cloning', () => {
    const balance = classBalance(corpusLabels());
    const back = JSON.parse(JSON.stringify(balance)) as typeof balance;
    expect(back).toEqual(balance);
    expect(classesBelow(back, 7)).toBe(balance.below(7));
    expect(structuredClone(balance)).toEqual(balance);
  });

  it('reads a dataset as it reads labels', () => {
    const labels = ['a', 'b', 'a'];
    expect(classBalance(dataset([[1], [2], [3]], labels))).toEqual(classBalance(labels));
  });

  it.each([
    ['no labels', () => classBalance([]), 'empty'],
    ['a missing label', () => classBalance(['a', null as never]), 'missing-label'],
    ['an unknown distance', () => classBalance(['a'], { distance: 'hellingr' as never }), 'unknown-name'],
    ['an unknown option', () => classBalance(['a'], { dist: 1 } as never), 'unknown-option'],
    ['a NaN threshold', () => classBalance(['a']).below(Number.NaN), 'not-finite'],
    ['a negative threshold', () => classBalance(['a']).below(-1), 'out-of-range'],
    ['a text threshold', () => classesBelow(classBalance(['a']), '5' as never), 'wrong-type'],
  ])('refuses %s', (_, call, code) => {
    expect(call).toThrowError(expect.objectContaining({ code }));
  });

  it('keeps every bound, whatever the counts', () => {
    const sizes = fc.array(fc.oneof(fc.constantFrom(1, 1, 2), fc.integer({ min: 1, max: 3000 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(sizes, fc.constantFrom(...DISTANCES), (counts, distance) => {
        const balance = classBalance(labelsOf(counts), { distance });
        const { k } = balance;
        const minorities = counts.filter((c) => c * k < balance.n).length;
        const within = (value: number, low: number, high: number) => {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high);
        };
        within(balance.imbalanceRatio, 1, balance.n);
        within(balance.entropy, 0, Math.log(k));
        within(balance.evenness, 0, 1);
        within(balance.effectiveClasses, 1, k);
        within(balance.gini, 0, 1 - 1 / k);
        within(balance.lrid, 0, Number.POSITIVE_INFINITY);
        within(balance.imbalanceDegree, Math.max(0, minorities - 1), minorities);
        expect(balance.classes.reduce((sum, { count }) => sum + count, 0)).toBe(balance.n);
        expect(balance.below(1e9)).toBe(k);
        expect(balance.below(1)).toBe(0);
      }),
    );
  });
});
