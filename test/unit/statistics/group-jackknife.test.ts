import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { groupJackknife } from '../../../src/statistics/group-jackknife.js';
import { near } from '../../support/near.js';

const meanOf = (values: readonly number[]) => (rows: Int32Array) =>
  Array.from(rows, (i) => values[i]!).reduce((sum, value) => sum + value, 0) / rows.length;
const every = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
const draw = (n: number, of: (rng: Rng) => number, seed = 1) => {
  const rng = new Rng(seed);
  return Array.from({ length: n }, () => of(rng));
};

describe('the jackknife that leaves out a group at a time', () => {
  test('with one row a group it gives the error of a mean', () => {
    const values = draw(50, (rng) => rng.normal());
    const mean = values.reduce((sum, v) => sum + v, 0) / 50;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 49;
    const found = groupJackknife(meanOf(values), every(50), { groups: 100, seed: 0 })!;
    near(found.standardError, Math.sqrt(variance / 50), 1e-12);
  });

  test('with fewer groups than rows it gives it nearly', () => {
    const values = draw(2000, (rng) => rng.normal());
    const found = groupJackknife(meanOf(values), every(2000), { groups: 100, seed: 0 })!;
    // 100 groups know a deviation to 7%.
    near(found.standardError, 1 / Math.sqrt(2000), 0.25);
  });

  test('half the freedom of normal values, little where a few rows decide', () => {
    const freedom = (of: (rng: Rng) => number) =>
      groupJackknife(meanOf(draw(100, of)), every(100), { groups: 100, seed: 0 })!.freedom;
    expect(freedom((rng) => rng.normal())).toBeGreaterThan(35);
    expect(freedom((rng) => rng.normal())).toBeLessThan(75);
    expect(freedom((rng) => Math.exp(2 * rng.normal()))).toBeLessThan(8);
    const one = Array.from({ length: 60 }, (_, i) => (i === 7 ? 1 : 0));
    expect(groupJackknife(meanOf(one), every(60), { groups: 60, seed: 0 })!.freedom).toBe(2);
  });

  test('rows that are all alike have no error, and too few values give none', () => {
    expect(groupJackknife(() => 1, every(40), { groups: 40, seed: 0 })).toEqual({ standardError: 0, freedom: 39 });
    const some = (rows: Int32Array) => (rows.includes(0) ? Number.NaN : 1);
    expect(groupJackknife(some, every(40), { groups: 40, seed: 0 })).toBeNull();
  });

  test('the groups part the rows, whose places do not decide', () => {
    const left: number[][] = [];
    const order = Int32Array.from([3, 1, 0, 2, 5, 4, 9, 8, 7, 6, 11, 10]);
    groupJackknife((rows) => left.push([...every(12)].filter((i) => !rows.includes(i))), order, { groups: 5, seed: 2 });
    expect(left.map(({ length }) => length).sort()).toEqual([2, 2, 2, 3, 3]);
    expect(left.flat().sort((a, b) => a - b)).toEqual([...every(12)]);
    const named: number[][] = [];
    groupJackknife((rows) => named.push([...rows]), every(12), { groups: 5, seed: 2 });
    const again: number[][] = [];
    groupJackknife((rows) => again.push(Array.from(rows, (i) => order.indexOf(i)).sort((a, b) => a - b)), order, {
      groups: 5,
      seed: 2,
    });
    expect(again).toEqual(named);
  });
});
