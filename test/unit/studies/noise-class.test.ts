import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { admit } from '../../../src/data/dataset.js';
import { resolveMetric } from '../../../src/distance/metric.js';
import type { Labels, Points } from '../../../src/index.js';
import { classReaches, isSpread, noiseClassAmong } from '../../../src/studies/rows/noise-class.js';
import { rowWorld, shuffledLabels } from '../../support/row-worlds.js';
import { background, WIDE_NAMES, wideClass } from '../../support/worlds/background.js';
import { COMPACT_NAMES, GROUPS_NAMES, groups } from '../../support/worlds/groups.js';

function reaches(points: Points, labels: Labels, metric: 'euclidean' | 'precomputed' = 'euclidean') {
  const { data } = admit('test', points, labels, undefined, []);
  return classReaches(data, resolveMetric('test', metric).source('test', data));
}
const noiseIn = (points: Points, labels: Labels) => noiseClassAmong(reaches(points, labels))?.label;

describe('a class that is spread over the others', () => {
  it('is found from 10% of the rows on, whatever the groups and their number', () => {
    // docs/noise-bounds.md has the rates; the draws are fixed.
    const worlds = COMPACT_NAMES.flatMap((name, t) =>
      [2, 3, 5, 10].map((d, u) =>
        background(name, {
          n: 400,
          d,
          k: 3 + ((t + u) % 6),
          share: [0.1, 0.2, 0.4][(t + u) % 3]!,
          seed: 600 + 4 * t + u,
        }),
      ),
    );
    const found = worlds.map(({ points, labels }) => noiseIn(points, labels));
    expect(found.filter((label) => label === 0).length).toBeGreaterThanOrEqual(29);
    expect(found.filter((label) => label !== 0 && label !== undefined)).toEqual([]);
  });

  it('is not seen in groups of unequal size and spread, in curves, or in a class that is only wide', () => {
    const good = GROUPS_NAMES.flatMap((name, t) =>
      [2, 5, 20].map((d, u) => groups(name, { n: 300, d, k: 3 + ((t + u) % 5), seed: 700 + 3 * t + u })),
    );
    const wide = WIDE_NAMES.flatMap((name, t) =>
      [2, 3, 10].map((d, u) => wideClass(name, { d, seed: 800 + 3 * t + u })),
    );
    const said = [...good, ...wide].filter(({ points, labels }) => noiseIn(points, labels) !== undefined);
    expect(said.length).toBeLessThanOrEqual(2);
  });

  it('is not seen in wide classes that lie over the others, nor where a tenth of the labels is wrong', () => {
    const wide = [2, 5, 10, 2, 5, 10].map((d, t) => {
      const { points, truth } = rowWorld({ n: 400, d, k: 3 + (t % 3), shape: 'unequal', overlap: 0.3 }, 900 + t);
      return { points, labels: truth };
    });
    const wrong = COMPACT_NAMES.flatMap((name, t) =>
      [2, 10].map((d, u) => {
        const k = 4 + ((t + u) % 4);
        const { points, labels } = groups(name, { n: 400, d, k, seed: 930 + 2 * t + u });
        return { points, labels: shuffledLabels(labels, 0.12, 'all', t) };
      }),
    );
    const said = [...wide, ...wrong].filter(({ points, labels }) => noiseIn(points, labels) !== undefined);
    expect(said).toEqual([]);
  });

  it('is none in many columns where no row lies behind a centre: a wide class beside others is as near to all', () => {
    const beside = { label: 2, rows: 66, cover: 1.06, every: 1.13, apart: 2.1, beyond: 0, thin: 1.34, rest: 0.97 };
    expect(isSpread(beside)).toBe(false);
    expect(isSpread({ ...beside, beyond: 0.01 })).toBe(true);
  });

  it('may be as thin as others that keep apart without it, where it is everywhere about as dense as at home', () => {
    const many = { label: 0, rows: 400, cover: 1, every: 1.4, apart: 9, beyond: 0.1, thin: 0.9, rest: 0.97 };
    expect(isSpread(many)).toBe(true);
    for (const other of [{ every: 1.6 }, { rest: 0.9 }, { thin: 0.7 }, { cover: 7 }, { apart: 1.6 }])
      expect(isSpread({ ...many, ...other }), JSON.stringify(other)).toBe(false);
  });

  it('has the thinness of its densest tenth over that of the thinnest other, by hand', () => {
    // Fifth nearest row at home: 50 at the ends of the first class and 30 inside; 5 and 3 in the second, 10 and 6 in the third.
    const line = (step: number, from: number) => Array.from({ length: 12 }, (_, i) => [from + step * i]);
    const points = [...line(10, -300), ...line(1, 0), ...line(2, 40)];
    const labels = points.map((_, i) => Math.floor(i / 12));
    const [first, second, third] = reaches(points, labels).map(({ thin }) => thin);
    // The median is that of rows whose fifth nearest is three steps away.
    expect(first).toBe(30 / 6);
    expect(second).toBe(3 / 30);
    expect(third).toBe(6 / 30);
  });

  it('is judged by distances alone: a turned table and its distances give the same', () => {
    const { points, labels } = background('round, near', { n: 200, d: 2, k: 4, share: 0.2, seed: 5 });
    const wanted = reaches(points, labels);
    const turned = points.map(([x, y]) => [(0.6 * x! - 0.8 * y!) * 1000 + 7, (0.8 * x! + 0.6 * y!) * 1000]);
    const distances = points.map((a) => points.map((b) => Math.hypot(...a.map((v, c) => v - b[c]!))));
    for (const other of [reaches(turned, labels), reaches(distances, labels, 'precomputed')]) {
      other.forEach((reach, c) => {
        expect(reach.cover).toBeCloseTo(wanted[c]!.cover, 9);
        expect(reach.every).toBeCloseTo(wanted[c]!.every, 9);
        expect(reach.apart).toBeCloseTo(wanted[c]!.apart, 9);
        expect(reach.beyond).toBe(wanted[c]!.beyond);
        expect(reach.thin).toBeCloseTo(wanted[c]!.thin, 9);
      });
    }
  });

  it('is half behind each of two rows of a line that it surrounds, with shares by hand', () => {
    // Class 0 at -30, -20, ..., 40, mean 5; the others around -1 and 12: 3 of 8 rows lie behind either.
    const spread = Array.from({ length: 8 }, (_, i) => [10 * i - 30]);
    const near = [-1.1, -1, -0.9, 11.9, 12, 12.1].map((x) => [x]);
    const [first] = reaches([...spread, ...near], [...spread.map(() => 0), 1, 1, 1, 2, 2, 2]);
    // Behind -1: -30, -20, -10; behind 12: 20, 30, 40.
    expect(first!.beyond).toBe(3 / 8);
    // From -1 to the nearest, 0, and from 12 to 10: 1 and 2, over 10 at home.
    expect(first!.cover).toBeCloseTo(Math.sqrt(0.1 * 0.2), 12);
    expect(first!.every).toBeCloseTo(0.2, 12);
  });

  it('takes two other classes of three rows, and eight rows of its own; copies tell nothing', () => {
    const rng = new Rng(2);
    const points = Array.from({ length: 40 }, () => [rng.normal()]);
    expect(
      reaches(
        points,
        points.map((_, i) => i % 2),
      ),
    ).toEqual([]);
    expect(
      reaches(
        points,
        points.map((_, i) => i),
      ),
    ).toEqual([]);
    const equal = reaches(
      points.map(() => [0]),
      points.map((_, i) => i % 3),
    );
    expect(equal.map(({ cover, apart, beyond, spread }) => [cover, apart, beyond, spread])).toEqual(
      Array(3).fill([1, 1, 0, false]),
    );
  });
});
