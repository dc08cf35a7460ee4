import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { clusterGaps } from '../../../src/index.js';
import { cloud } from '../../support/worlds/cloud.js';
import { direction, tableOf } from '../../support/worlds/draws.js';
import { groups } from '../../support/worlds/groups.js';
import { byKMeans, byTunedDbscan } from '../../support/worlds/labels-by.js';

/** Directions in 20 columns, one a group, with log-normal lengths: the group is the angle. */
function rays(n: number, k: number, seed: number) {
  const rng = new Rng(seed);
  const axes = Array.from({ length: k }, () => direction(rng, 20));
  const labels = Array.from({ length: n }, (_, i) => i % k);
  const points = tableOf(n, 20, (i) => {
    const length = Math.exp(rng.normal());
    return axes[labels[i]!]!.map((v) => length * (v + 0.08 * rng.normal()));
  });
  return { points, labels };
}

describe('neighbours across borders', () => {
  it('keep groups that no line parts from being called one cloud', () => {
    const turned = groups('spirals', { n: 200, d: 2, k: 3, seed: 3894197698 });
    const found = [1, 2, 3].map((seed) => rays(400, 3 + seed, seed)).concat(turned);
    const gaps = found.map(({ points, labels }) => clusterGaps(points, labels));
    expect(gaps.map(({ verdict }) => verdict)).not.toContain('one-cloud');
    // The lines alone would have said so of the spirals.
    expect(gaps[3]!.crossing!.ratio).toBeLessThan(0.25);
  });

  it('cross a cut of a cloud as often as another cut of it', () => {
    const found = [1, 2, 3, 4].map((seed) => {
      const points = cloud('gaussian', { n: 400, d: 3 * seed, seed });
      return clusterGaps(points, byKMeans(points, 1 + seed, seed));
    });
    for (const { crossing } of found) if (crossing !== null) expect(crossing.ratio).toBeGreaterThan(0.4);
    expect(found.filter(({ verdict }) => verdict === 'one-cloud').length).toBeGreaterThanOrEqual(3);
  });

  it('tell of a cut along which lines would show nothing, for labels that were made from the points', () => {
    // Groups of DBSCAN in an even cloud interlock, and no line parts them.
    for (const [name, seed] of [
      ['uniform cube', 5],
      ['uniform ball', 7],
    ] as const) {
      const points = cloud(name, { n: 200, d: 3, seed });
      const labels = byTunedDbscan(points, (made) => made.filter((label) => label === 1).length >= 20)!;
      const made = clusterGaps(points, labels, { noiseLabel: -1, labelsFrom: 'points' });
      expect([made.verdict, made.found, made.expected < 1]).toEqual(['one-cloud', 0, true]);
      expect(made.p).toBe(4 * made.crossing!.p);
      // Of labels from elsewhere, rows on the wrong side are neighbours across a border too.
      expect(clusterGaps(points, labels, { noiseLabel: -1, labelsFrom: 'elsewhere' }).verdict).toBe('undecided');
    }
  });
});
