import { describe, expect, it } from 'vitest';
import { sampledShareInterval } from '../../../src/statistics/sampled-share.js';

const LOG_FACTORIALS = [0];
for (let i = 1; i <= 2000; i++) LOG_FACTORIALS.push(LOG_FACTORIALS[i - 1]! + Math.log(i));
const logChoose = (n: number, k: number) => LOG_FACTORIALS[n]! - LOG_FACTORIALS[k]! - LOG_FACTORIALS[n - k]!;

/** Probability that the interval of a sample without replacement holds the share `marked / total`: a sum over all samples. */
function coverage(total: number, taken: number, marked: number): number {
  let held = 0;
  for (let sum = Math.max(0, taken - (total - marked)); sum <= Math.min(taken, marked); sum++) {
    const { low, high } = sampledShareInterval([{ total, taken, sum }]);
    if (marked / total < low || marked / total > high) continue;
    held += Math.exp(logChoose(marked, sum) + logChoose(total - marked, taken - sum) - logChoose(total, taken));
  }
  return held;
}

const width = (strata: Parameters<typeof sampledShareInterval>[0]) => {
  const { low, high } = sampledShareInterval(strata);
  return high - low;
};

describe('sampledShareInterval', () => {
  it.each([
    [1000, 100],
    [1000, 500],
    [1000, 800],
    [400, 360],
  ])('of %i rows, %i of them drawn, holds the share of all in 93 to 97 of 100 samples', (total, taken) => {
    const shares = Array.from({ length: 41 }, (_, i) => 0.1 + 0.02 * i);
    const mean = shares.reduce((sum, share) => sum + coverage(total, taken, Math.round(share * total)), 0) / 41;
    expect(mean).toBeGreaterThan(0.93);
    expect(mean).toBeLessThan(0.97);
  });

  it('is narrower by the root of the share that was not drawn, in each cluster for itself', () => {
    const drawn = (total: number) => [{ total, taken: 400, sum: 240 }];
    for (const share of [0.2, 0.5, 0.9]) {
      const ratio = width(drawn(400 / share)) / width(drawn(4e8));
      expect(ratio / Math.sqrt(1 - share)).toBeCloseTo(1, 2);
    }
    // Of the half that was drawn in full nothing is unknown: half the width of the other half alone.
    const whole = { total: 4000, taken: 4000, sum: 2000 };
    const part = { total: 4000, taken: 400, sum: 200 };
    expect(width([whole, part]) / width([part])).toBeCloseTo(0.5, 2);
    expect(width([part, whole])).toBe(width([whole, part]));
  });

  it('is a point where all rows were drawn', () => {
    const all = [
      { total: 30, taken: 30, sum: 12 },
      { total: 10, taken: 10, sum: 10 },
    ];
    expect(sampledShareInterval(all, 0.9)).toEqual({ low: 22 / 40, high: 22 / 40, level: 0.9 });
  });

  it('weighs clusters by their rows and not by what was drawn of them', () => {
    const { low, high } = sampledShareInterval([
      { total: 9000, taken: 100, sum: 90 },
      { total: 1000, taken: 100, sum: 10 },
    ]);
    expect((low + high) / 2).toBeCloseTo(0.82, 1);
    expect(low).toBeGreaterThan(0.7);
  });
});
