import { describe, expect, it } from 'vitest';
import { clusterGaps } from '../../../src/index.js';
import { cloud } from '../../support/worlds/cloud.js';
import { groups } from '../../support/worlds/groups.js';
import { byKMeans } from '../../support/worlds/labels-by.js';

const worlds = [0, 1, 2, 3];

describe('clusterGaps', () => {
  it('says of clouds that k-means cut that they are one cloud, and that the labels look made from the points', () => {
    const found = (['uniform cube', 'gaussian', 'exponential', 'integers'] as const).flatMap((name) =>
      worlds.map((world) => {
        const points = cloud(name, { n: 500, d: world < 2 ? 2 : 10, seed: 900 + world });
        return clusterGaps(points, byKMeans(points, 3 + world, world));
      }),
    );
    expect(found.every(({ labelsFrom }) => labelsFrom === 'points')).toBe(true);
    expect(found.filter(({ verdict }) => verdict === 'one-cloud').length).toBeGreaterThanOrEqual(13);
    expect(found.filter(({ verdict }) => verdict === 'groups').length).toBeLessThanOrEqual(1);
  });

  it('finds groups that are there, and takes them for one cloud never', () => {
    const found = (['round, near', 'elongated', 'unequal spread', 'cubes', 'moons'] as const).flatMap((name) =>
      worlds.map((world) => {
        const d = name === 'moons' || world < 2 ? 2 : 10;
        const { points, labels } = groups(name, { n: 500, d, k: name === 'moons' ? 2 : 3 + world, seed: 300 + world });
        return clusterGaps(points, labels);
      }),
    );
    expect(found.filter(({ verdict }) => verdict === 'groups').length).toBeGreaterThanOrEqual(18);
    expect(found.filter(({ verdict }) => verdict === 'one-cloud').length).toBe(0);
  });

  it('sees no gap where two of many cells are pinched by a third', () => {
    const pairs = [1, 2].flatMap((world) => {
      const points = cloud('uniform cube', { n: 2500, d: 2, seed: world });
      return clusterGaps(points, byKMeans(points, 12, world)).pairs;
    });
    expect(pairs.length).toBeGreaterThan(30);
    expect(pairs.filter(({ gap }) => gap === true).length).toBeLessThan(0.1 * pairs.length);
  });

  it('takes the word of the user for where labels come from', () => {
    const points = cloud('gaussian', { n: 200, d: 2, seed: 1 });
    const labels = byKMeans(points, 3, 1);
    expect(clusterGaps(points, labels, { labelsFrom: 'elsewhere' })).toMatchObject({
      labelsFrom: 'elsewhere',
      reproduced: null,
    });
  });

  it('judges rows of noise, so that leaving them out makes no gap', () => {
    const points = cloud('uniform cube', { n: 600, d: 2, seed: 4 });
    const labels = Array.from({ length: 600 }, (_, i) => {
      const x = points.data[2 * i]!;
      return x < 0.4 ? 'left' : x > 0.6 ? 'right' : 'noise';
    });
    const kept = labels.flatMap((label, i) => (label === 'noise' ? [] : [i]));
    const without = clusterGaps(
      kept.map((i) => [points.data[2 * i]!, points.data[2 * i + 1]!]),
      kept.map((i) => labels[i]!),
    );
    expect(without.verdict).toBe('groups');
    expect(clusterGaps(points, labels, { noiseLabel: 'noise' }).verdict).toBe('one-cloud');
  });
});
