import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dataset, type Evaluation, filterGain, UndefinedMetricError } from '../../../src/index.js';

/** Silhouette from its definition. */
function naiveSilhouette({ n, d, k, points, labels, counts }: Dataset): Evaluation {
  if (k < 2 || k > n - 1) throw new UndefinedMetricError('too-few-clusters', `naive: got k = ${k}`);
  const samples = Array.from({ length: n }, (_, i) => {
    if (counts[labels[i]!] === 1) return 0;
    const sums = new Float64Array(k);
    for (let j = 0; j < n; j++) {
      let square = 0;
      for (let c = 0; c < d; c++) square += (points[i * d + c]! - points[j * d + c]!) ** 2;
      sums[labels[j]!]! += Math.sqrt(square);
    }
    const own = labels[i]!;
    const a = sums[own]! / (counts[own]! - 1);
    const b = Math.min(...Array.from(sums, (s, c) => (c === own ? Number.POSITIVE_INFINITY : s / counts[c]!)));
    return a === b ? 0 : (b - a) / Math.max(a, b);
  });
  return { score: samples.reduce((sum, s) => sum + s, 0) / n, samples };
}

// Two classes of three far apart, and a stray row beside each.
const points = [[0], [1], [2], [100], [101], [102], [3], [99]];
const labels = ['a', 'a', 'a', 'b', 'b', 'b', 'x', 'y'];

describe('filterGain', () => {
  it('splits a gain into dropped classes and better rest', () => {
    const { score, steps } = filterGain(points, labels, { evaluate: naiveSilhouette, thresholds: [1, 2] });
    const [all, filtered] = steps;
    expect(all!.gain).toEqual({ total: 0, droppedClasses: 0, betterRest: 0, chance: null, beyondChance: null });
    expect(all!.score).toBe(score);
    // By hand, among all: 1 - 1.5/3, 1 - 1/2, 1/1.5 - 1 in each class, strays 0. After: rivals at 101, 100, 99.
    const among = (1 / 2 + 1 / 2 - 1 / 3) / 3;
    const after = 1 - (1.5 / 101 + 1 / 100 + 1.5 / 99) / 3;
    expect(score).toBeCloseTo((6 / 8) * among, 14);
    expect(filtered!.score).toBeCloseTo(after, 14);
    expect(filtered!.gain!.droppedClasses).toBeCloseTo((2 / 8) * among, 14);
    expect(filtered!.gain!.betterRest).toBeCloseTo(after - among, 14);
    expect(filtered).toMatchObject({ threshold: 2, classes: 2, examples: 6 });
  });

  it('calls it dropped classes when what stays scores as before', () => {
    const fixed = (data: Dataset): Evaluation => {
      const samples = Array.from(data.labels, (c) => (data.classes[c] === 'bad' ? -1 : 0.25));
      return { score: samples.reduce((sum, s) => sum + s, 0) / data.n, samples, chance: -1 / data.n };
    };
    const { steps } = filterGain([[1], [2], [3], [4]], ['good', 'good', 'good', 'bad'], {
      evaluate: fixed,
      thresholds: [2],
    });
    expect(steps[0]!.gain!.droppedClasses).toBeCloseTo(0.3125, 14);
    expect(steps[0]!.gain!.betterRest).toBeCloseTo(0, 14);
    expect(steps[0]!.gain!.chance).toBeCloseTo(-1 / 3 + 1 / 4, 14);
    expect(steps[0]!.gain!.beyondChance).toBeCloseTo(0.3125 + 1 / 12, 14);
    expect(steps[0]!.chance).toBeCloseTo(-1 / 3, 14);
  });

  it('hands on the rows and labels that stay', () => {
    const seen: unknown[] = [];
    filterGain(
      [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
      ['x', 'y', 'x'],
      {
        evaluate: (data) => {
          seen.push([[...data.points], [...data.labels], data.classes]);
          return { score: 0 };
        },
        thresholds: [2],
      },
    );
    expect(seen[1]).toEqual([[1, 10, 3, 30], [0, 0], ['x']]);
  });

  it('follows further indices by name, null where one is undefined', () => {
    const { steps } = filterGain(points, labels, {
      evaluate: () => ({ score: 1 }),
      indices: {
        rows: ({ n }) => n,
        naive: (data) => naiveSilhouette(data).score,
        infinite: () => Number.POSITIVE_INFINITY,
      },
      thresholds: [2, 4],
    });
    expect(steps[0]!.indices).toMatchObject({ rows: 6, infinite: Number.POSITIVE_INFINITY });
    expect(steps[1]).toMatchObject({
      score: null,
      gain: null,
      indices: { rows: null, naive: null, infinite: null },
      reason: 'no class is large enough',
    });
    expect(steps[0]!.gain).toEqual({
      total: 0,
      droppedClasses: null,
      betterRest: null,
      chance: null,
      beyondChance: null,
    });
  });

  it('gives a reason where the index is undefined, before or after the filter', () => {
    const after = filterGain([[1], [2], [5]], ['a', 'a', 'b'], { evaluate: naiveSilhouette, thresholds: [2] });
    expect(after.score).not.toBeNull();
    expect(after.steps[0]).toMatchObject({ score: null, gain: null, reason: 'naive: got k = 1' });
    const evaluate = (data: Dataset): Evaluation => {
      if (data.k > 2) throw new UndefinedMetricError('too-many-clusters', 'too many');
      return { score: 0.5 };
    };
    const before = filterGain([[1], [2], [3], [4], [5]], [1, 1, 2, 2, 3], { evaluate, thresholds: [2] });
    expect(before.score).toBeNull();
    expect(before.steps[0]).toMatchObject({ score: 0.5, gain: null, reason: 'with all classes, too many' });
  });

  it('lets other errors through', () => {
    const evaluate = () => {
      throw new RangeError('mine');
    };
    expect(() => filterGain(points, labels, { evaluate })).toThrow(RangeError);
  });

  it.each([
    ['no options', undefined, 'wrong-type'],
    ['no function', { evaluate: 3 }, 'wrong-type'],
    ['an index that is no function', { evaluate: () => ({ score: 0 }), indices: { a: 1 } }, 'wrong-type'],
    ['a NaN score', { evaluate: () => ({ score: Number.NaN }) }, 'not-finite'],
    ['no result', { evaluate: () => undefined }, 'not-finite'],
    ['a NaN chance', { evaluate: () => ({ score: 1, chance: Number.NaN }) }, 'not-finite'],
    ['a NaN sample', { evaluate: () => ({ score: 1, samples: new Array(8).fill(Number.NaN) }) }, 'not-finite'],
    ['too few samples', { evaluate: () => ({ score: 1, samples: [1] }) }, 'length-mismatch'],
    ['an unknown option', { evaluate: () => ({ score: 1 }), treshold: [1] }, 'unknown-option'],
  ])('refuses %s', (_, options, code) => {
    expect(() => filterGain(points, labels, options as never)).toThrowError(expect.objectContaining({ code }));
  });

  it('adds up: total = dropped classes + better rest', () => {
    const data = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(4)), { minLength: 4, maxLength: 25 });
    fc.assert(
      fc.property(data, (rows) => {
        const result = filterGain(
          rows.map(([x]) => [x]),
          rows.map(([, label]) => label),
          { evaluate: naiveSilhouette, thresholds: [1, 2, 3, 4] },
        );
        for (const { score, gain } of result.steps) {
          if (gain === null) continue;
          expect(gain.droppedClasses! + gain.betterRest!).toBeCloseTo(gain.total, 12);
          expect(gain.total).toBeCloseTo(score! - result.score!, 12);
        }
      }),
    );
  });
});
