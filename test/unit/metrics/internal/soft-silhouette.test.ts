import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silhouette, softSilhouette } from '../../../../src/index.js';
import { allNear, near } from '../../../support/near.js';

const POINTS = [[0], [1], [5], [6], [2]];
const SOFT = [
  [0.75, 0.25],
  [1, 0],
  [0.25, 0.75],
  [0, 1],
  [0.5, 0.5],
];

/** The two papers in loops that share nothing with the library. */
function naive(points: readonly number[][], u: readonly number[][], alpha: number): number {
  const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, j) => value - b[j]!));
  const crisp = u.map((row) => row.indexOf(Math.max(...row)));
  const mean = (i: number, cluster: number) => {
    const others = points.flatMap((_, j) =>
      j !== i && crisp[j] === cluster ? [distance(points[i]!, points[j]!)] : [],
    );
    return others.length === 0 ? null : others.reduce((sum, value) => sum + value, 0) / others.length;
  };
  let above = 0;
  let below = 0;
  u.forEach((row, i) => {
    const [u1, u2] = [...row].sort((a, b) => b - a);
    const weight = (u1! - u2!) ** alpha;
    const own = mean(i, crisp[i]!);
    const other = Math.min(...row.map((_, j) => (j === crisp[i] ? Infinity : (mean(i, j) ?? Infinity))));
    const width = own === null || Math.max(own, other) === 0 ? 0 : (other - own) / Math.max(own, other);
    above += weight * width;
    below += weight;
  });
  return above / below;
}

const rows = fc.integer({ min: 4, max: 12 }).chain((n) =>
  fc.record({
    points: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
      minLength: n,
      maxLength: n,
    }),
    // Parts of 8, so that ties and zeros are common and sums are exact.
    cuts: fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { minLength: n, maxLength: n }),
    alpha: fc.constantFrom(0.5, 1, 2),
  }),
);
const shares = ([a, b]: readonly [number, number]) => {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return [low / 8, (high - low) / 8, (8 - high) / 8];
};

describe('softSilhouette', () => {
  it('is the weighted mean of the papers, on random and on degenerate rows', () => {
    fc.assert(
      fc.property(rows, ({ points, cuts, alpha }) => {
        const u = cuts.map(shares);
        const used = new Set(u.map((row) => row.indexOf(Math.max(...row)))).size;
        fc.pre(used >= 2 && used < points.length);
        fc.pre(u.some((row) => row.filter((value) => value === Math.max(...row)).length === 1));
        near(softSilhouette(points, u, { alpha }).score, naive(points, u, alpha), 1e-12, 1);
      }),
    );
  });

  it('is the crisp silhouette, to the bit, where memberships are 0 and 1', () => {
    const points = Array.from({ length: 30 }, (_, i) => [Math.sin(i * i), Math.cos(3 * i)]);
    const labels = points.map((_, i) => (i * i) % 3);
    const hard = labels.map((label) => [0, 1, 2].map((j) => Number(j === label)));
    for (const alpha of [1, 2.5]) {
      const found = softSilhouette(points, hard, { alpha });
      const crisp = silhouette(points, labels);
      expect([found.score, found.crisp.score, found.crisp.macroScore]).toEqual([
        crisp.score,
        crisp.score,
        crisp.macroScore,
      ]);
      expect(found.samples).toEqual(crisp.samples);
      expect([found.entropy.mean, found.between.length, found.amongSeveral.length]).toEqual([0, 0, 0]);
    }
  });

  it('gives a row with two equal memberships no weight, and counts it', () => {
    const found = softSilhouette(POINTS, SOFT);
    expect([...found.weights]).toEqual([0.5, 1, 0.5, 1, 0]);
    expect(found.tiedCount).toBe(1);
    const widths = found.samples;
    near(found.score, (0.5 * widths[0]! + widths[1]! + 0.5 * widths[2]! + widths[3]!) / 3, 1e-15);
  });

  it('puts a row with equal memberships into the first column, under its name', () => {
    const { labels, clusters } = softSilhouette(POINTS, SOFT, { names: ['low', 'high'] });
    expect(labels).toEqual(['low', 'low', 'high', 'high', 'low']);
    expect(clusters.map(({ label, size, membership }) => [label, size, membership])).toEqual([
      ['low', 3, 2.5],
      ['high', 2, 2.5],
    ]);
  });

  it('has no score where every row has two equal memberships', () => {
    const even = [
      [0.5, 0.5, 0],
      [0.5, 0.5, 0],
      [0, 0.5, 0.5],
      [0, 0.5, 0.5],
    ];
    expect(() => softSilhouette([[0], [1], [5], [6]], even)).toThrow(
      expect.objectContaining({ code: 'undefined-metric' }),
    );
    expect(() => softSilhouette([[0], [1], [5], [6]], even)).toThrow(/got two that are equal in each of the 4 rows/);
  });

  it("keeps a column that is nobody's largest, without a score", () => {
    const u = SOFT.map(([a, b]) => [a! * 0.9, b! * 0.9, 0.1]);
    const last = softSilhouette(POINTS, u).clusters[2]!;
    expect([last.size, last.score, last.crispScore]).toEqual([0, null, null]);
    near(last.membership, 0.5, 1e-15);
  });

  it('tells rows between two clusters from rows in one and among several', () => {
    const u = [
      [0.75, 0.25, 0],
      [0.76, 0.24, 0],
      [0.5, 0.4, 0.1],
      [0.5, 0.3, 0.2],
      [0.4, 0.3, 0.3],
      [0, 0.1, 0.9],
    ];
    const points = [[0], [1], [2], [3], [4], [9]];
    const { between, amongSeveral } = softSilhouette(points, u);
    expect(between.map(({ row, labels }) => [row, ...labels])).toEqual([
      [0, 0, 1],
      [2, 0, 1],
    ]);
    expect([...amongSeveral]).toEqual([3, 4]);
  });

  it('gives the density-based silhouette: log odds over the largest', () => {
    const u = [
      [0.8, 0.2],
      [0.9, 0.1],
      [0.4, 0.6],
      [0.5, 0.5],
    ];
    const { density } = softSilhouette([[0], [1], [5], [2]], u);
    const odds = [Math.log(4), Math.log(9), Math.log(1.5), 0];
    allNear(
      density!.samples,
      odds.map((value) => value / Math.log(9)),
      1e-14,
    );
    near(density!.score, (odds[0]! + odds[1]! + odds[2]!) / 4 / Math.log(9), 1e-14);
    near(density!.median, (odds[0]! + odds[2]!) / 2 / Math.log(9), 1e-14);
  });

  it('says why there is no density-based silhouette', () => {
    const hard = softSilhouette(POINTS, SOFT);
    expect([hard.density, hard.densityReason]).toEqual([
      null,
      'row 1 has membership 0 in its second cluster, and the logarithm of its odds is infinite',
    ]);
  });

  it('stays finite where posteriors are tiny', () => {
    const u = [
      [1, 5e-324],
      [1, 1e-300],
      [1e-20, 1],
      [0.4, 0.6],
    ];
    const { density } = softSilhouette([[0], [1], [5], [6]], u);
    expect(density!.samples.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(density!.samples[0]).toBe(1);
  });

  it('takes rows off by the rounding of their element type, and by what is asked', () => {
    const thirds = [
      [1, 1, 1],
      [5, 1, 1],
      [1, 5, 1],
      [1, 5, 3],
    ].map((row) => row.map((value) => value / row.reduce((a, b) => a + b)));
    const points = [[0], [1], [5], [6]];
    const single = thirds.map((row) => Float32Array.from(row));
    near(softSilhouette(points, single).score, softSilhouette(points, thirds).score, 1e-6);
    const text = thirds.map((row) => row.map((value) => Number(value.toFixed(3))));
    expect(() => softSilhouette(points, text)).toThrow(/sum to 1 within 1e-12, got 0.999 in row 0; divide each row/);
    near(softSilhouette(points, text, { tolerance: 0.0015 }).score, softSilhouette(points, thirds).score, 2e-3);
  });
});
