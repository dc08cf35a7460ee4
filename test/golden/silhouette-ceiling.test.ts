import { describe, expect, it } from 'vitest';
import { silhouette, silhouetteCeiling } from '../../src/index.js';
import { fixture } from '../support/fixture.js';
import { near } from '../support/near.js';

const { points } = fixture<{ points: number[][] }>('iris');
const expected = fixture<Record<'all' | 'minSize10' | 'minSize50' | 'sizes50', number>>('silhouette-ceiling');

describe('silhouetteCeiling of iris, beside numpy', () => {
  it.each([
    ['all', {}],
    ['minSize10', { minSize: 10 }],
    ['minSize50', { minSize: 50 }],
    ['sizes50', { sizes: [50, 50, 50] }],
  ] as const)('%s', (name, options) => {
    near(silhouetteCeiling(points, options).score, expected[name], 1e-12);
  });
});

describe('silhouetteCeiling where it is attained', () => {
  it('two pairs: .9 is the silhouette itself', () => {
    const distances = [
      [0, 1, 10, 10],
      [1, 0, 10, 10],
      [10, 10, 0, 1],
      [10, 10, 1, 0],
    ];
    const score = silhouette(distances, ['a', 'a', 'b', 'b'], { metric: 'precomputed' }).score;
    near(score, 0.9, 1e-15);
    near(silhouetteCeiling(distances, { metric: 'precomputed' }).score, score, 1e-15);
    expect([...silhouetteCeiling(distances, { metric: 'precomputed' }).clusterSizes]).toEqual([2, 2, 2, 2]);
  });

  it('copies of two rows: 1; equal rows: 0', () => {
    expect(silhouetteCeiling([[0], [0], [4], [4]]).score).toBe(1);
    expect(silhouetteCeiling([[3], [3], [3], [3]]).score).toBe(0);
  });

  it('a sample bounds some rows and gives an interval', () => {
    const all = silhouetteCeiling(points);
    const some = silhouetteCeiling(points, { sampleSize: 60, seed: 3 });
    expect(some.samples.length).toBe(60);
    some.samples.forEach((width, s) => {
      near(width, all.samples[some.indices[s]!]!, 1e-12);
    });
    const { low, high } = some.sample!.interval;
    expect(low).toBeLessThan(all.score);
    expect(high).toBeGreaterThan(all.score);
  });
});
