import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { daviesBouldin, filterSensitivity, neighborAgreement, silhouette } from '../../../src/index.js';

/** Three real classes of 12 and a tail of 20 small ones, in noise. */
function longTail(signal: number): { points: number[][]; labels: string[] } {
  const rng = new Rng(11);
  const labels = [
    ...Array.from({ length: 36 }, (_, i) => `head ${i % 3}`),
    ...Array.from({ length: 20 }, (_, i) => `tail ${i % 15}`),
  ];
  const points = labels.map((label) => {
    const c = label.startsWith('head') ? Number(label.slice(-1)) : 0;
    return [signal * c + rng.normal(), rng.normal(), rng.normal()];
  });
  return { points, labels };
}

describe('filterSensitivity', () => {
  it('gives the silhouette and its companions of what each threshold leaves', () => {
    const { points, labels } = longTail(6);
    const result = filterSensitivity(points, labels, { thresholds: [1, 2, 12, 13] });
    expect(result.score).toBeCloseTo(silhouette(points, labels).score, 12);
    expect(result.steps.map(({ classes }) => classes)).toEqual([18, 8, 3, 0]);
    const rows = labels.flatMap((label, i) => (label.startsWith('head') ? [i] : []));
    const kept = [rows.map((i) => points[i]!), rows.map((i) => labels[i]!)] as const;
    const step = result.steps[2]!;
    expect(step.score).toBeCloseTo(silhouette(...kept).score, 12);
    expect(step.indices).toEqual({
      daviesBouldin: daviesBouldin(...kept).score,
      neighborAgreement: neighborAgreement(...kept).score,
      neighborAgreementChance: neighborAgreement(...kept).expected,
    });
    expect(result.steps[3]!.reason).toBe('no class is large enough');
    expect(result).toMatchObject({ metric: 'euclidean', permutations: 200, seed: 0, n: 56, d: 3, k: 18 });
  });

  it('sees a gain beyond chance where the large classes are real', () => {
    const { points, labels } = longTail(6);
    const { gain } = filterSensitivity(points, labels, { thresholds: [12] }).steps[0]!;
    expect(gain!.beyondChance).toBeGreaterThan(0.08);
    expect(gain!.droppedClasses! + gain!.betterRest!).toBeCloseTo(gain!.total, 14);
  });

  it('sees a gain that is all chance where labels mean nothing', () => {
    const { points, labels } = longTail(0);
    const { gain } = filterSensitivity(points, labels, { thresholds: [12] }).steps[0]!;
    expect(gain!.total).toBeGreaterThan(0.1);
    expect(Math.abs(gain!.beyondChance!)).toBeLessThan(0.05);
  });

  it('has a gain of exactly 0 where nothing is dropped', () => {
    const { points, labels } = longTail(2);
    expect(filterSensitivity(points, labels, { thresholds: [1], permutations: 3 }).steps[0]!.gain).toEqual({
      total: 0,
      droppedClasses: 0,
      betterRest: 0,
      chance: 0,
      beyondChance: 0,
    });
  });

  it('leaves the chance level out without permutations', () => {
    const { points, labels } = longTail(2);
    const { chance, steps } = filterSensitivity(points, labels, { thresholds: [2], permutations: 0 });
    expect([chance, steps[0]!.chance, steps[0]!.gain!.beyondChance]).toEqual([null, null, null]);
  });

  it('uses the metric that it is given', () => {
    const { points, labels } = longTail(2);
    const { score, metric } = filterSensitivity(points, labels, {
      metric: 'manhattan',
      thresholds: [2],
      permutations: 1,
    });
    expect(score).toBeCloseTo(silhouette(points, labels, { metric: 'manhattan' }).score, 12);
    expect(metric).toBe('manhattan');
  });

  it('gives reasons, not errors, where no index is defined', () => {
    const { score, steps } = filterSensitivity([[1], [2], [3]], ['a', 'b', 'c']);
    expect(score).toBeNull();
    expect(steps[0]!.reason).toContain('silhouette');
  });

  it.each([
    [{ metric: 'precomputed' }, 'unknown-name'],
    [{ thresholds: [0] }, 'out-of-range'],
    [{ permutations: 1.5 }, 'out-of-range'],
    [{ treshold: 3 }, 'unknown-option'],
  ])('refuses %j', (options, code) => {
    const { points, labels } = longTail(2);
    expect(() => filterSensitivity(points, labels, options as never)).toThrowError(expect.objectContaining({ code }));
  });
});
