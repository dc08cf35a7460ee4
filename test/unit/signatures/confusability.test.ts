import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { neighborAgreement } from '../../../src/metrics/internal/neighbor-agreement.js';
import { confusability } from '../../../src/signatures/confusability.js';
import { confusionMatrix } from '../../../src/signatures/confusion-matrix.js';
import { binomialTail } from '../../../src/statistics/binomial-tail.js';
import { normalTail } from '../../../src/statistics/normal-tail.js';
import { meanTail } from '../../../src/statistics/paired-tail.js';
import { iris } from '../../support/fixture.js';

describe('confusability', () => {
  test('counts by hand, with the rival of each class', () => {
    // On a line: a a b b b c, with the nearest neighbours 0-1, 1-0, 2-1, 3-4, 4-3, 5-4.
    const points = [[0], [1], [2.5], [5], [5.5], [9]];
    const found = confusability(points, ['a', 'a', 'b', 'b', 'b', 'c']);
    expect(confusionMatrix(found, ['a', 'b', 'c'])).toEqual([
      [2, 0, 0],
      [1, 2, 0],
      [0, 1, 0],
    ]);
    expect(found.classes.map(({ label, own, rival, rivalShare }) => [label, own, rival, rivalShare])).toEqual([
      ['a', 1, null, 0],
      ['b', 2 / 3, 'a', 1 / 3],
      ['c', 0, 'b', 1],
    ]);
    expect(found.pairs[0]).toEqual({ from: 'a', to: 'a', count: 2, expected: 0.4, lift: 5 });
    // The one confused row of b: two of the three other rows are of class a.
    expect(found.pairs[1]).toEqual({ from: 'b', to: 'a', count: 1, expected: 2 / 3, lift: 1.5 });
    expect(found.pairs.reduce((sum, { count }) => sum + count, 0)).toBe(6);
  });

  /** Six classes, of which the first two have one centre. */
  function twins(seed: number) {
    const rng = new Rng(seed);
    const points: number[][] = [];
    const labels: string[] = [];
    for (let c = 0; c < 6; c++) {
      for (let i = 0; i < 20; i++) {
        points.push([(c < 2 ? 0 : 8 * c) + rng.normal(), rng.normal()]);
        labels.push(`class ${c}`);
      }
    }
    return { points, labels };
  }

  test('names the two classes that share a centre, and no others', () => {
    const { points, labels } = twins(1);
    const found = confusability(points, labels);
    expect(found.mergeCandidates.map(({ labels: pair }) => pair)).toEqual([['class 0', 'class 1']]);
    const [pair] = found.mergeCandidates;
    expect(pair!.count).toBeGreaterThan(pair!.expected);
    expect(pair!.q).toBeGreaterThanOrEqual(pair!.p);
  });

  test('iris: the pair that holds all confusions stands out', () => {
    const found = confusability(iris.points, iris.labels);
    expect(found.confusions).toBeGreaterThanOrEqual(5);
    expect(found.mergeCandidates).toEqual([found.mostConfused]);
    const [pair] = found.mergeCandidates;
    expect([...pair!.labels].sort()).toEqual(['versicolor', 'virginica']);
    expect(pair!.count).toBe(found.confusions);
    // Half of the other rows are setosa, so half of the confusions would be.
    expect(pair!.expected).toBeCloseTo(found.confusions / 2, 12);
  });

  /** Classes on a line, far apart; then so many rows of one are put beside a row of another. */
  function confusedLine(
    sizes: readonly number[],
    moved: readonly (readonly [from: number, to: number, rows: number])[],
  ) {
    const points: number[][] = [];
    const labels: string[] = [];
    const at = sizes.map((size, c) => {
      const first = points.length;
      for (let i = 0; i < size; i++) {
        points.push([1000 * c + i * (1 + i / 100)]);
        labels.push(`class ${c}`);
      }
      return first;
    });
    const used = sizes.map(() => 0);
    for (const [from, to, rows] of moved) {
      for (let t = 0; t < rows; t++)
        points[at[from]! + used[from]!++] = [points[at[to]! + sizes[to]! - 1 - t]![0]! + 0.3];
    }
    return confusability(points, labels);
  }

  test('with many classes a large pair is named before a tiny one that is as clear', () => {
    const sizes = Array.from({ length: 12 }, (_, c) => (c < 2 ? 60 : 20));
    const found = confusedLine(sizes, [
      [0, 1, 25],
      [10, 11, 8],
      [3, 5, 1],
      [6, 2, 1],
    ]);
    expect(found.mergeCandidates.map(({ labels }) => labels)).toEqual([
      ['class 0', 'class 1'],
      ['class 10', 'class 11'],
    ]);
    const [large, tiny] = found.mergeCandidates;
    expect(large!.count).toBeGreaterThan(tiny!.count);
    expect(found.mostConfused).toEqual(large);
  });

  test('few confusions spread over pairs, a single one, and none: no pair stands out', () => {
    const sizes = [30, 30, 30, 30];
    const few = confusedLine(sizes, [
      [0, 1, 1],
      [2, 3, 1],
      [1, 3, 1],
    ]);
    expect(few.confusions).toBeGreaterThanOrEqual(3);
    expect(few.mergeCandidates).toEqual([]);
    expect(few.mostConfused).not.toBeNull();
    expect(confusedLine(sizes, [[0, 1, 1]]).mergeCandidates).toEqual([]);
    const none = confusedLine(sizes, []);
    expect(none).toMatchObject({ confusions: 0, mostConfused: null, mergeCandidates: [] });
  });

  test('two classes are one pair, which cannot stand out', () => {
    const { mostConfused, mergeCandidates } = confusedLine([30, 30], [[0, 1, 20]]);
    expect(mostConfused!.expected).toBeCloseTo(mostConfused!.count, 12);
    expect(mergeCandidates).toEqual([]);
  });

  test('of confusions by class size alone some pair stands out in at most 5% of worlds', () => {
    let named = 0;
    for (let seed = 0; seed < 200; seed++) {
      const rng = new Rng(seed);
      const labels = Array.from({ length: 150 }, (_, i) => (i < 60 ? 0 : i < 105 ? 1 : i < 130 ? 2 : i < 145 ? 3 : 4));
      rng.shuffle(labels);
      const points = labels.map(() => [rng.normal(), rng.normal()]);
      if (confusability(points, labels).mergeCandidates.length > 0) named++;
    }
    expect(named / 200).toBeLessThanOrEqual(0.05);
  });

  test('agrees with neighborAgreement, by class and in expectation', () => {
    const { points, labels } = twins(2);
    const near = neighborAgreement(points, labels);
    confusability(points, labels).classes.forEach(({ own, ownExpected }, c) => {
      expect(own).toBeCloseTo(near.clusters[c]!.score, 14);
      expect(ownExpected).toBeCloseTo(near.clusters[c]!.expected, 14);
    });
  });

  test('more neighbours, another metric, and noise that is left out', () => {
    const { points, labels } = twins(3);
    const found = confusability(points, labels, { neighbors: 5, metric: 'manhattan', noiseLabel: 'class 1' });
    expect(found).toMatchObject({ n: 100, k: 5, neighbors: 5, metric: 'manhattan' });
    expect(found.pairs.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    expect(found.classes.map(({ label }) => label)).not.toContain('class 1');
    expect(found.mergeCandidates).toEqual([]);
  });

  test('refuses one class and too many neighbours', () => {
    expect(() => confusability([[1], [2]], ['a', 'a'])).toThrow(/got 1/);
    expect(() => confusability([[1], [2]], ['a', 'b'], { neighbors: 2 })).toThrow(/neighbors <= 1.*got 2/);
  });
});

describe('tails', () => {
  test('of the binomial, by direct summation', () => {
    const choose = (n: number, x: number) =>
      Array.from({ length: x }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
    for (const [count, trials, p] of [
      [3, 10, 0.2],
      [0, 5, 0.5],
      [10, 10, 0.9],
      [7, 12, 0.5],
      [1, 30, 0.001],
    ] as const) {
      let direct = 0;
      for (let x = count; x <= trials; x++) direct += choose(trials, x) * p ** x * (1 - p) ** (trials - x);
      expect(binomialTail(count, trials, p)).toBeCloseTo(direct, 12);
    }
    expect(binomialTail(300, 1000, 0.1)).toBeGreaterThan(0);
    expect(binomialTail(11, 10, 0.5)).toBe(0);
  });

  test('of the normal, at tabulated points and where its two formulas meet', () => {
    expect(normalTail(1.959963984540054)).toBeCloseTo(0.025, 14);
    expect(normalTail(0)).toBe(0.5);
    expect(normalTail(50)).toBeGreaterThan(0);
    // Equal differences have no spread: each of them is above 0, as in n throws of a coin.
    expect([meanTail(0.2, 0, 3), meanTail(0, 0, 3), meanTail(-0.2, 0, 3)]).toEqual([0.125, 1, 1]);
    expect(meanTail(0.2, 0, 5000)).toBeGreaterThan(0);
    expect(normalTail(-1)).toBeCloseTo(0.8413447460685429, 14);
    expect(normalTail(6) / 9.865876450376946e-10).toBeCloseTo(1, 9);
    expect(normalTail(3 - 1e-12) / normalTail(3 + 1e-12)).toBeCloseTo(1, 9);
  });
});
