import { expect, test } from 'vitest';
import { diagnose, labelNoise, silhouette } from '../../../src/index.js';
import { rowWorld, shuffledLabels } from '../../support/row-worlds.js';

const noiseOf = (points: number[][], labels: number[]) =>
  diagnose({ points, labels }, { permutations: 39 }).findings.find(({ id }) => id === 'label-noise')!;

test('the silhouette without wrong labels stands beside what leaving rows out of a mean gives by itself', () => {
  const { points, truth } = rowWorld({ n: 300, d: 3, k: 3, shape: 'round', overlap: 0.01 }, 21);
  const labels = shuffledLabels(truth, 0.15, 'all', 21);
  const found = noiseOf(points, labels);
  expect(found.verdict).toBe('confirmed');
  const value = (name: string) => found.evidence.find((of) => of.name === name)?.value as number;
  const left = new Set(labelNoise(points, labels).rows.map(({ row }) => row));
  const kept = [...labels.keys()].filter((i) => !left.has(i));
  const all = silhouette(points, labels);
  const without = silhouette(
    kept.map((i) => points[i]!),
    kept.map((i) => labels[i]!),
  );
  expect(value('silhouetteWithRows')).toBeCloseTo(all.score, 10);
  expect(value('silhouetteOfRest')).toBeCloseTo(kept.reduce((sum, i) => sum + all.samples[i]!, 0) / kept.length, 10);
  expect(value('silhouetteWithout')).toBeCloseTo(without.score, 10);
  // Leaving rows out of the mean is a part of the rise; what the others gain is the rest of it.
  expect(value('silhouetteOfRest')).toBeGreaterThan(value('silhouetteWithRows'));
  expect(value('silhouetteWithout')).toBeGreaterThan(value('silhouetteOfRest'));
  expect(found.summary).toMatch(/Without them the silhouette is .* by itself\./);
});

test('without wrong labels nothing is left out, and the most that may be wrong is said', () => {
  const { points, truth } = rowWorld({ n: 300, d: 3, k: 3, shape: 'round', overlap: 0.05 }, 22);
  const found = noiseOf(points, truth);
  expect(found.verdict).not.toBe('confirmed');
  expect(found.evidence.some(({ name }) => name === 'silhouetteWithout')).toBe(false);
  const rate = found.evidence.find(({ name }) => name === 'rate')!;
  expect(rate.interval!.low).toBe(0);
  expect(found.summary).toMatch(/at most .* of the labels are wrong \(95% interval from 0%\)/);
});
