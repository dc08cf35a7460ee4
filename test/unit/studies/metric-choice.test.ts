import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { metricChoice, neighborAgreement, silhouette } from '../../../src/index.js';
import { ANGLES, DROWNED, PLAIN, SHAPED } from '../../support/shaped-worlds.js';

const WORLDS = 8;
const worldsOf = (make: (rng: Rng) => { points: number[][]; labels: number[] }) =>
  Array.from({ length: WORLDS }, (_, w) => make(new Rng(52_000 + w)));
const choicesOf = (make: (rng: Rng) => { points: number[][]; labels: number[] }) =>
  worldsOf(make).map(({ points, labels }) => metricChoice(points, labels, { sampleSize: 400 }).choice);

describe('metricChoice', () => {
  it.each(Object.entries(ANGLES))('an angle shows the groups: %s', (name, make) => {
    const metrics = choicesOf(make).map((choice) => choice?.metric);
    const right = metrics.filter((metric) => metric === (name === 'profiles' ? 'correlation' : 'cosine'));
    expect(right.length).toBeGreaterThanOrEqual(5);
  });

  it('where scaling the columns shows the groups it says that, whatever else would help', () => {
    for (const choice of choicesOf(DROWNED.drowned!)) {
      if (choice !== null) expect(choice).toMatchObject({ metric: 'euclidean', standardize: true });
    }
  });

  it.each(Object.entries({ ...SHAPED, ...PLAIN }))('silent: %s', (_, make) => {
    expect(choicesOf(make).filter((choice) => choice !== null).length).toBeLessThanOrEqual(1);
  });

  it('says of each metric what its indices say', () => {
    const { points, labels } = ANGLES.directions!(new Rng(3));
    const { current, candidates, chance } = metricChoice(points, labels, { metric: 'euclidean' });
    expect(current.agreement).toBeCloseTo(neighborAgreement(points, labels).score, 12);
    expect(chance).toBeCloseTo(neighborAgreement(points, labels).expected, 12);
    expect(current.silhouette).toBeCloseTo(silhouette(points, labels).score, 12);
    const cosine = candidates.find(({ metric }) => metric === 'cosine')!;
    expect(cosine.agreement).toBeCloseTo(neighborAgreement(points, labels, { metric: 'cosine' }).score, 12);
    // The square root of 2 (1 - cos) is the distance of the directions.
    const directions = points.map((row) => row.map((v) => v / Math.hypot(...row)));
    expect(cosine.silhouette).toBeCloseTo(silhouette(directions, labels).score, 9);
    expect(cosine.gained - cosine.lost).toBeCloseTo(points.length * (cosine.agreement - current.agreement), 9);
  });

  it('leaves out the metric in use and what the columns do not allow', () => {
    const names = (points: number[][], options: object) =>
      metricChoice(points, ['a', 'a', 'b', 'b'], options).candidates.map(({ metric, standardize }) =>
        standardize ? 'standardised' : metric,
      );
    const wide = [
      [1, 2, 0],
      [1, 3, 1],
      [5, 1, 4],
      [6, 1, 9],
    ];
    expect(names(wide, { metric: 'cosine' }).sort()).toEqual(['correlation', 'euclidean', 'manhattan', 'standardised']);
    expect(names(wide, { standardize: true }).sort()).toEqual(['correlation', 'cosine', 'manhattan']);
    expect(names([[1], [2], [5], [6]], {})).toEqual([]);
    expect(
      names(
        wide.map((row) => row.slice(0, 2)),
        {},
      ).sort(),
    ).toEqual(['cosine', 'manhattan', 'standardised']);
  });
});
