import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { clusterShape } from '../../../src/index.js';
import { nearShares } from '../../../src/studies/shape/near-shares.js';
import { PLAIN, SHAPED } from '../../support/shaped-worlds.js';

const WORLDS = 8;
const shapesOf = (make: (rng: Rng) => { points: number[][]; labels: number[] }) =>
  Array.from({ length: WORLDS }, (_, w) => {
    const { points, labels } = make(new Rng(41_000 + w));
    return clusterShape(points, labels, { sampleSize: 500 });
  });

describe('clusterShape', () => {
  it.each(Object.keys(SHAPED))('groups that are no balls: %s', (name) => {
    const found = shapesOf(SHAPED[name]!);
    // docs/shape.md has the rates; seeds are fixed.
    expect(found.filter(({ shape }) => shape === 'other').length).toBeGreaterThanOrEqual(5);
    for (const { given, compact } of found) expect(given.silhouette).toBeLessThan(compact.silhouette);
  });

  it.each(Object.keys(PLAIN))('silent: %s', (name) => {
    expect(shapesOf(PLAIN[name]!).filter(({ shape }) => shape === 'other').length).toBeLessThanOrEqual(1);
  });

  it('does not depend on the names of labels nor, up to ties, on the order of rows', () => {
    const { points, labels } = SHAPED.moons!(new Rng(5));
    const order = new Rng(6).shuffle(points.map((_, i) => i));
    const one = clusterShape(points, labels);
    const other = clusterShape(
      order.map((i) => points[i]!),
      order.map((i) => (labels[i] === 0 ? 'z' : 'a')),
    );
    for (const name of ['given', 'compact'] as const) {
      expect(other[name].silhouette).toBeCloseTo(one[name].silhouette, 12);
      expect(other[name].agreement).toBeCloseTo(one[name].agreement, 12);
    }
    expect(other.p).toBeCloseTo(one.p, 12);
  });

  it('takes distances, and says that a density needs coordinates', () => {
    const { points, labels } = SHAPED.circles!(new Rng(5));
    const distances = points.map((a) => points.map((b) => Math.hypot(...a.map((v, c) => v - b[c]!))));
    const found = clusterShape(distances, labels, { metric: 'precomputed' });
    expect(found.shape).toBe('other');
    expect(found.density).toEqual({ reason: 'distances were given in place of coordinates' });
    const coordinates = clusterShape(points, labels);
    const density = coordinates.density as { given: number; compact: number };
    expect(density.given).toBeGreaterThan(density.compact);
  });
});

describe('nearShares', () => {
  it('equals its definition, with ties shared', () => {
    const line = fc.array(fc.nat(4), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(line, fc.nat(), (values, draw) => {
        const n = values.length;
        const m = 1 + (draw % Math.min(5, n - 1));
        const labels = Int32Array.from(values, (_, i) => i % 2);
        const distances = Float64Array.from({ length: n * n }, (_, p) =>
          Math.abs(values[Math.floor(p / n)]! - values[p % n]!),
        );
        const [found] = nearShares(distances, [labels], m);
        values.forEach((value, i) => {
          const others = values.flatMap((v, j) => (j === i ? [] : { gap: Math.abs(v - value), same: j % 2 === i % 2 }));
          // Each row by the chance that lots take it among those at its distance.
          const expected = others.reduce((sum, { gap, same }) => {
            const nearer = others.filter((other) => other.gap < gap).length;
            const tied = others.filter((other) => other.gap === gap).length;
            return sum + (same ? Math.min(1, Math.max(0, (m - nearer) / tied)) : 0);
          }, 0);
          expect(found![i]).toBeCloseTo(expected / m, 12);
        });
      }),
    );
  });
});
