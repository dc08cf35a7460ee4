import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterByClassSize, filterCurve } from '../../../src/index.js';
import { corpusLabels, HEAD, labelsOf } from './labels-of.js';

describe('filterByClassSize', () => {
  it('keeps 24 terms and 458 rows of the published corpus at 10 examples', () => {
    const result = filterByClassSize(corpusLabels(), { min: 10 });
    expect(result.kept.map(({ label }) => label).sort()).toEqual(Object.keys(HEAD).sort());
    expect(result.dropped).toHaveLength(741);
    expect(result.indices).toHaveLength(458);
    expect(result.summary).toEqual({
      classes: 765,
      classesKept: 24,
      examples: 1595,
      examplesKept: 458,
      share: 458 / 1595,
      meanSize: 458 / 24,
      tied: [],
      text: 'Kept 24 of 765 classes (at least 10 examples): 458 of 1,595 examples (28.7%), 19.1 per class.',
    });
  });

  it('gives positions and labels of the kept rows in their order', () => {
    const { indices, labels, kept, dropped } = filterByClassSize(['b', 'a', 'b', 'c', 'a', 'b'], { min: 2 });
    expect([...indices]).toEqual([0, 1, 2, 4, 5]);
    expect(labels).toEqual(['b', 'a', 'b', 'a', 'b']);
    expect(kept).toEqual([
      { label: 'b', count: 3, share: 0.5 },
      { label: 'a', count: 2, share: 2 / 6 },
    ]);
    expect(dropped).toEqual([{ label: 'c', count: 1, share: 1 / 6 }]);
  });

  it('keeps everything without a rule', () => {
    const { indices, summary } = filterByClassSize([3, 1, 3]);
    expect([...indices]).toEqual([0, 1, 2]);
    expect(summary.text).toBe('Kept 2 of 2 classes: 3 of 3 examples (100%), 1.5 per class.');
  });

  it('resolves ties at the cut in label order, and says so', () => {
    const { kept, summary } = filterByClassSize(labelsOf({ d: 2, c: 2, a: 5, b: 2, e: 1 }), { top: 2 });
    expect(kept.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(summary.tied).toEqual(['c', 'd']);
    expect(summary.text).toBe(
      'Kept 2 of 5 classes (the 2 largest): 7 of 12 examples (58.3%), 3.5 per class. ' +
        '2 more classes have 2 too; label order decided.',
    );
  });

  it('takes the top of what min and max leave', () => {
    const labels = labelsOf({ a: 9, b: 5, c: 4, d: 1 });
    const { kept, summary } = filterByClassSize(labels, { min: 2, max: 6, top: 1 });
    expect(kept.map(({ label }) => label)).toEqual(['b']);
    expect(summary.tied).toEqual([]);
    expect(summary.text).toContain('(at least 2 examples, at most 6 examples, the 1 largest)');
    expect(filterByClassSize(labels, { max: 4 }).kept.map(({ label }) => label)).toEqual(['c', 'd']);
  });

  it('answers with nothing, and the sizes that there are, when no class fits', () => {
    const { indices, kept, labels, summary } = filterByClassSize(['a', 'b', 'b'], { min: 3 });
    expect([indices.length, kept.length, labels.length, summary.meanSize]).toEqual([0, 0, 0, null]);
    expect(summary.text).toBe('Kept 0 of 2 classes (at least 3 examples): class sizes run from 1 to 2.');
  });

  it.each([
    [{ min: 0 }, 'out-of-range'],
    [{ min: 2.5 }, 'out-of-range'],
    [{ max: Number.NaN }, 'not-finite'],
    [{ top: '3' }, 'wrong-type'],
    [{ top: 0 }, 'out-of-range'],
    [{ min: 5, max: 4 }, 'out-of-range'],
    [{ minimum: 5 }, 'unknown-option'],
  ])('refuses %j', (options, code) => {
    expect(() => filterByClassSize(['a'], options as never)).toThrowError(expect.objectContaining({ code }));
  });

  it('splits rows and classes into kept and dropped, whatever the rule', () => {
    const bound = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }),
        bound,
        bound,
        bound,
        (labels, min, max, top) => {
          fc.pre(min === undefined || max === undefined || min <= max);
          const { indices, kept, dropped, labels: left } = filterByClassSize(labels, { min, max, top });
          const sizes = new Map<number, number>();
          for (const v of labels) sizes.set(v, (sizes.get(v) ?? 0) + 1);
          expect(kept.length + dropped.length).toBe(sizes.size);
          const names = new Set(kept.map(({ label }) => label));
          expect([...indices]).toEqual(labels.flatMap((v, i) => (names.has(v) ? [i] : [])));
          expect(left).toEqual(labels.filter((v) => names.has(v)));
          const fits = (count: number) => count >= (min ?? 1) && count <= (max ?? 99);
          const fitting = [...sizes.values()].filter(fits).sort((a, b) => b - a);
          expect(kept.map(({ count }) => count)).toEqual(fitting.slice(0, top ?? 99));
        },
      ),
    );
  });
});

describe('filterCurve', () => {
  it('follows the published corpus: 53 terms at 5, 24 at 10', () => {
    const steps = filterCurve(corpusLabels());
    expect(steps.map(({ threshold, classes, examples }) => [threshold, classes, examples])).toEqual([
      [1, 765, 1595],
      [2, 210, 1040],
      [3, 147, 914],
      [5, 53, 632],
      [8, 24, 458],
      [10, 24, 458],
      [15, 13, 331],
      [20, 7, 231],
    ]);
    expect(steps[5]!.exampleShare).toBe(458 / 1595);
    expect(steps[5]!.classShare).toBe(24 / 765);
    expect(steps[5]!.balance).toMatchObject({ n: 458, k: 24, imbalanceRatio: 6.4 });
  });

  it('has no balance where nothing is left, and keeps the order of the thresholds', () => {
    const steps = filterCurve(['a', 'b', 'b'], { thresholds: [3, 2] });
    expect(steps[0]).toEqual({ threshold: 3, classes: 0, examples: 0, classShare: 0, exampleShare: 0, balance: null });
    expect(steps[1]!.balance!.classes).toEqual([{ label: 'b', count: 2, share: 1 }]);
  });

  it.each([
    [[], 'empty'],
    [5, 'wrong-type'],
    [[1, 0], 'out-of-range'],
    [[1, 'x'], 'wrong-type'],
    [[1.5], 'out-of-range'],
  ])('refuses thresholds %j', (thresholds, code) => {
    expect(() => filterCurve(['a'], { thresholds: thresholds as never })).toThrowError(
      expect.objectContaining({ code }),
    );
  });
});
