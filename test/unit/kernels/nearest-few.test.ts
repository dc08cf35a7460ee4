import { expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { nearestFew, shareOfLast } from '../../../src/kernels/nearest-few.js';

/** By sorting; ties keep their order. */
function sorted(distances: readonly number[], self: number, among: readonly number[], count: number) {
  const rows = among
    .filter((j) => j !== self && distances[j]! < Infinity)
    .sort((a, b) => distances[a]! - distances[b]!);
  const taken = rows.slice(0, count);
  const missing = new Array<number>(count - taken.length).fill(-1);
  return {
    rows: [...taken, ...missing],
    gaps: [...taken, ...missing].map((j) => (j === -1 ? Infinity : distances[j]!)),
  };
}

it('gives the nearest few in order, ties first come, as sorting does', () => {
  const rng = new Rng(3);
  for (const [n, count] of [
    [1, 1],
    [5, 3],
    [5, 7],
    [40, 6],
  ] as const) {
    const few = nearestFew(count);
    for (let t = 0; t < 40; t++) {
      const distances = Array.from({ length: n }, () => (rng.uniform() < 0.1 ? Infinity : rng.integer(9)));
      const self = rng.integer(n + 1) - 1;
      const all = distances.map((_, j) => j);
      const some = all.filter(() => rng.uniform() < 0.6);
      for (const among of [undefined, some]) {
        few.read(Float64Array.from(distances), self, among && Int32Array.from(among));
        const expected = sorted(distances, self, among ?? all, count);
        expect([...few.rows]).toEqual(expected.rows);
        expect([...few.gaps]).toEqual(expected.gaps);
      }
    }
  }
});

it('rows that tie for the last places share them', () => {
  const distances = Float64Array.of(0, 2, 1, 2, 2, 5);
  const few = nearestFew(3);
  few.read(distances, 0);
  // 1, 2 and 2: two places for three rows.
  expect(shareOfLast(few, distances, 0)).toBe(2 / 3);
  const among = Int32Array.of(0, 1, 2, 3);
  few.read(distances, 0, among);
  expect(shareOfLast(few, distances, 0, among)).toBe(1);
});
