import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';

const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

/** Pearson's statistic of counts that should be even. */
function unevenness(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('Rng', () => {
  it('is xoshiro128**: the outputs of the reference program 1.1 from the state 1, 2, 3, 4 (test of rand_xoshiro)', () => {
    const rng = new Rng(0).restore([1, 2, 3, 4]);
    expect(times(10, () => rng.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('seeds by SplitMix32 and gives the same stream for ever', () => {
    expect(new Rng(0).state()).toEqual([2462723854, 1020716019, 454327756, 1275600319]);
    expect(new Rng(42).state()).toEqual(new Rng(42).state());
  });

  it('tells seeds apart, those above 2^32 too', () => {
    const seeds = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 33, 2 ** 53 - 1, 2 ** 53];
    expect(new Set(seeds.map((seed) => new Rng(seed).uint32())).size).toBe(seeds.length);
  });

  it('goes on from a state as if it had never stopped', () => {
    const rng = new Rng(3);
    times(5, () => rng.uint32());
    const state = rng.state();
    const rest = times(5, () => rng.uniform());
    const other = new Rng(9).restore(state);
    expect(times(5, () => other.uniform())).toEqual(rest);
  });

  it.each([[[1, 2, 3]], [[1, 2, 3, -1]], [[1, 2, 3, 2 ** 32]], [[1, 2, 3, 0.5]], [[0, 0, 0, 0]], [undefined]])(
    'refuses %j as a state',
    (state) => {
      expect(() => new Rng(0).restore(state as number[])).toThrowError(
        expect.objectContaining({ code: 'out-of-range', message: expect.stringMatching(/^Rng: .*got /) }),
      );
    },
  );

  it('uniform fills [0, 1) evenly, with 53 bits', () => {
    const rng = new Rng(1);
    const values = times(20_000, () => rng.uniform());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    // 99.9% of 19 degrees of freedom: 43.8.
    expect(
      unevenness(times(20, () => 0).map((_, b) => values.filter((v) => Math.floor(20 * v) === b).length)),
    ).toBeLessThan(43.8);
    expect(values.every((value) => Number.isInteger(value * 2 ** 53))).toBe(true);
    expect(values.some((value) => !Number.isInteger(value * 2 ** 32))).toBe(true);
  });

  it('integer has no bias towards small numbers', () => {
    const rng = new Rng(2);
    // Of 2^32 numbers a quarter more would fall on the lower third without rejection.
    const bound = 3 * 2 ** 30;
    const thirds = [0, 0, 0];
    for (const value of times(9000, () => rng.integer(bound))) {
      expect(value).toBeLessThan(bound);
      thirds[Math.floor(value / 2 ** 30)]!++;
    }
    // 99.9% of 2 degrees of freedom: 13.8.
    expect(unevenness(thirds)).toBeLessThan(13.8);
    expect(new Set(times(50, () => rng.integer(1)))).toEqual(new Set([0]));
  });

  it('shuffle gives every order equally often, and no other rows', () => {
    const rng = new Rng(3);
    const counts = new Map<string, number>();
    for (const order of times(6000, () => rng.shuffle([0, 1, 2]).join('')))
      counts.set(order, (counts.get(order) ?? 0) + 1);
    expect(counts.size).toBe(6);
    // 99.9% of 5 degrees of freedom: 20.5.
    expect(unevenness([...counts.values()])).toBeLessThan(20.5);
  });

  it('normal has the moments of a standard normal', () => {
    const rng = new Rng(4);
    const values = times(40_000, () => rng.normal());
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.08);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });
});
