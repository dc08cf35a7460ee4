import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { clusterGaps } from '../../../src/index.js';
import { pairTail } from '../../../src/studies/gaps/gap-verdict.js';
import { nearRows } from '../../../src/studies/gaps/near-rows.js';
import { drawPair, normalPairLike } from '../../../src/studies/gaps/normal-pair.js';
import { cloud } from '../../support/worlds/cloud.js';
import { groups } from '../../support/worlds/groups.js';
import { byKMeans } from '../../support/worlds/labels-by.js';

describe('near rows', () => {
  it('are counted across the border and across the cuts, by hand', () => {
    // Two runs of eight on a line, a step of 1 within and of 10 between them.
    const rows = Float64Array.from({ length: 16 }, (_, i) => i + (i < 8 ? 0 : 9));
    const [nearest, within] = nearRows({ rows, n: 16, first: 8 }, 1, 0);
    expect(nearest.border).toBe(0);
    expect(within.border).toBe(0);
    // Half of the rows have five neighbours within 4 steps: 1 + 2 + 3 + 4 pairs each way across a cut in 4 and 4.
    expect(within.cut).toBe(20);
    // Of one run, within 3 steps: 1 + 2 + 3 pairs each way.
    const joined = nearRows({ rows: rows.map((_, i) => i), n: 16, first: 8 }, 1, 0);
    expect(joined[1].border).toBe(12);
  });

  it('of normal groups are drawn 3.76 standard deviations apart, along any covariance', () => {
    const rng = new Rng(3);
    const n = 4000;
    const skew = (i: number) => {
      const [u, v] = [rng.normal(), rng.normal()];
      return [4 * u + (i < n / 2 ? 0 : 1), u + 0.3 * v + (i < n / 2 ? 0 : 5)];
    };
    const given = { rows: Float64Array.from(Array.from({ length: n }, (_, i) => skew(i)).flat()), n, first: n / 2 };
    const { rows } = drawPair(normalPairLike(given, 2)!, given, rng);
    const at = (i: number) => [rows[2 * i]!, rows[2 * i + 1]!] as const;
    const mean = (from: number) => {
      const sum = [0, 0];
      for (let i = from; i < from + n / 2; i++) for (const c of [0, 1] as const) sum[c]! += at(i)[c] / (n / 2);
      return sum as [number, number];
    };
    const centres = [mean(0), mean(n / 2)] as const;
    let [xx, xy, yy] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const centre = centres[i < n / 2 ? 0 : 1];
      const [x, y] = at(i).map((v, c) => v - centre[c]!) as [number, number];
      xx += (x * x) / n;
      xy += (x * y) / n;
      yy += (y * y) / n;
    }
    const [dx, dy] = [centres[1][0] - centres[0][0], centres[1][1] - centres[0][1]];
    const square = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / (xx * yy - xy * xy);
    expect(Math.sqrt(square)).toBeGreaterThan(3.6);
    expect(Math.sqrt(square)).toBeLessThan(3.92);
  });

  it('tell of a cut cloud with so few rows in so many columns that lines tell nothing', () => {
    const told = [1, 2, 3, 4].map((seed) => {
      const points = cloud('gaussian', { n: 200, d: 20, seed });
      return clusterGaps(points, byKMeans(points, 4, seed));
    });
    expect(told.map(({ verdict }) => verdict)).toEqual(['one-cloud', 'one-cloud', 'one-cloud', 'one-cloud']);
    const asked = told.flatMap(({ neighbors }) => (neighbors === null ? [] : [neighbors]));
    expect(asked.length).toBeGreaterThan(0);
    for (const { p, share, expected } of asked) {
      expect(p).toBeLessThan(0.02);
      expect(share).toBeGreaterThan(expected);
    }
  });

  it('do not speak against groups that touch with a Bayes error of 3%', () => {
    const told = Array.from({ length: 8 }, (_, w) => {
      const { points, labels } = groups('round, touching', { n: 240, d: 10, k: 3, seed: 40 + w });
      return clusterGaps(points, labels);
    });
    expect(told.filter(({ verdict }) => verdict === 'one-cloud')).toHaveLength(0);
  });

  it('count with the line for a pair, as two witnesses that may be alike', () => {
    expect(pairTail(0.02, null)).toBe(0.02);
    const of = (p: number) => ({ p, share: 0.5, expected: 0.5 });
    expect(pairTail(0.02, of(1))).toBeGreaterThan(0.3);
    expect(pairTail(0.02, of(0.02))).toBeLessThan(0.02);
    expect(pairTail(0.5, of(0.5))).toBeCloseTo(0.5, 12);
  });
});
