import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import { silhouette } from '../../src/index.js';
import { clusterings } from '../support/clusterings.js';
import { near } from '../support/near.js';

/** Three overlapping normal clusters. */
function blobs(sizes: readonly number[], seed: number): { points: number[][]; labels: string[] } {
  const rng = new Rng(seed);
  const points: number[][] = [];
  const labels: string[] = [];
  sizes.forEach((size, c) => {
    for (let t = 0; t < size; t++) {
      points.push([rng.normal() + 2 * c, rng.normal() * (c + 1)]);
      labels.push('abc'[c]!);
    }
  });
  return { points, labels };
}

describe('sampled silhouette', () => {
  it.each(['euclidean', 'manhattan', 'sqeuclidean', 'cosine'] as const)(
    '%s: a drawn row scores against all rows what it scores in full',
    (metric) => {
      fc.assert(
        fc.property(clusterings(['random', 'few integers']), fc.nat(), ({ points, labels }, seed) => {
          const full = silhouette(points, labels, { metric });
          const sampled = silhouette(points, labels, { metric, sampleSize: 2, seed });
          sampled.indices.forEach((row, s) => {
            near(sampled.samples[s]!, full.samples[row]!, 1e-12, 1, `row ${row}`);
          });
          if (sampled.sample !== undefined) {
            expect(sampled.sample.size).toBe(sampled.samples.length);
            expect(sampled.sample.seed).toBe(seed);
            expect(sampled.sample.interval.low).toBeLessThanOrEqual(sampled.score);
            expect(sampled.sample.interval.high).toBeGreaterThanOrEqual(sampled.score);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('draws by cluster in proportion, two at least, no row twice, in row order', () => {
    const { points, labels } = blobs([600, 300, 4], 5);
    const { indices, sample } = silhouette(points, labels, { sampleSize: 90, seed: 3 });
    const drawn = (label: string) => Array.from(indices).filter((row) => labels[row] === label).length;
    // 904 rows, 90 asked: 60 of 600, 30 of 300, and 2 of 4 where proportion gives 0.
    expect([drawn('a'), drawn('b'), drawn('c')]).toEqual([60, 30, 2]);
    expect(sample!.size).toBe(92);
    expect(Array.from(indices)).toEqual([...new Set(indices)].sort((a, b) => a - b));
  });

  it('the seed decides the draw', () => {
    const { points, labels } = blobs([50, 50, 50], 1);
    const draw = (seed: number) => Array.from(silhouette(points, labels, { sampleSize: 20, seed }).indices);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(0)).toEqual(Array.from(silhouette(points, labels, { sampleSize: 20 }).indices));
  });

  it('a cluster counts with its size, however many of its rows were drawn', () => {
    const { points, labels } = blobs([600, 300, 4], 5);
    const { clusters, score } = silhouette(points, labels, { sampleSize: 90, seed: 3 });
    const weighted = clusters.reduce((sum, { size, score: own }) => sum + size * own, 0) / 904;
    near(score, weighted, 1e-14);
  });

  // A fifth of the rows, and half of them, where the draw itself tells much of what is left out.
  it.each([108, 270])('of %s rows: the interval holds the full score in 95% of draws (92% to 98% of 400)', (size) => {
    const { points, labels } = blobs([300, 150, 90], 2);
    const { score } = silhouette(points, labels);
    let held = 0;
    let mean = 0;
    for (let seed = 0; seed < 400; seed++) {
      const drawn = silhouette(points, labels, { sampleSize: size, seed });
      const { low, high } = drawn.sample!.interval;
      if (low <= score && score <= high) held++;
      mean += drawn.score / 400;
    }
    expect(held / 400).toBeGreaterThanOrEqual(0.92);
    expect(held / 400).toBeLessThanOrEqual(0.98);
    near(mean, score, 0.003);
  });

  it('with penalised noise the interval shrinks with the score, and rows are rows of the input', () => {
    const { points, labels } = blobs([60, 40, 50], 6);
    const options = { noiseLabel: 'b', sampleSize: 30, seed: 2 } as const;
    const excluded = silhouette(points, labels, options);
    const penalised = silhouette(points, labels, { ...options, noise: 'penalise' });
    const share = 110 / 150;
    near(penalised.score, excluded.score * share, 1e-15);
    near(penalised.sample!.interval.low, excluded.sample!.interval.low * share, 1e-15);
    near(penalised.sample!.interval.high, excluded.sample!.interval.high * share, 1e-15);
    const full = silhouette(points, labels, { noiseLabel: 'b' });
    excluded.indices.forEach((row, s) => {
      expect(labels[row]).not.toBe('b');
      near(excluded.samples[s]!, full.samples[Array.from(full.indices).indexOf(row)]!, 1e-13);
    });
  });

  it('all rows drawn is the full score, without an interval', () => {
    const { points, labels } = blobs([30, 20, 10], 4);
    const full = silhouette(points, labels);
    const all = silhouette(points, labels, { sampleSize: 60 });
    expect(all.score).toBe(full.score);
    expect(all.sample).toBeUndefined();
  });
});
