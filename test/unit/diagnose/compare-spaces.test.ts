import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { daviesBouldin } from '../../../src/metrics/internal/davies-bouldin.js';
import { neighborAgreement } from '../../../src/metrics/internal/neighbor-agreement.js';
import { silhouette } from '../../../src/metrics/internal/silhouette.js';
import { compareSpaces } from '../../../src/studies/spaces/compare-spaces.js';
import { EQUAL_SPACES, falseDifferences } from './equal-spaces.js';
import { blobs } from './worlds.js';

describe('compareSpaces', () => {
  const trained = blobs([25, 25, 25], 2, 3, 1);
  const held = blobs([10, 10, 10], 2, 3, 2);
  const rng = new Rng(1);
  const memorised = trained.labels.map((label) => [10 * Number(String(label).slice(6)) + rng.normal(), rng.normal()]);
  const unseen = held.labels.map(() => [10 * rng.integer(3) + rng.normal(), rng.normal()]);
  const found = compareSpaces({ input: trained.points, latent: memorised }, trained.labels, {
    heldOut: { spaces: { input: held.points, latent: unseen }, labels: held.labels },
  });

  test('gives the indices of each space, training beside held-out', () => {
    const [input, latent] = found.spaces;
    expect(input!.training.silhouette.score).toBeCloseTo(silhouette(trained.points, trained.labels).score, 12);
    expect(latent!.heldOut!.daviesBouldin.score).toBeCloseTo(daviesBouldin(unseen, held.labels).score, 12);
    expect(latent!.training.neighborAgreement.score).toBe(neighborAgreement(memorised, trained.labels).score);
    expect(latent!.training.silhouette.p).toBeLessThan(0.05);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test('the difference of two spaces has an interval that excludes 0 where it is real', () => {
    const real = found.differences.find(({ metric, rows }) => metric === 'silhouette' && rows === 'training')!;
    expect(real).toMatchObject({ from: 'input', to: 'latent' });
    expect(real.interval!.low).toBeGreaterThan(0);
    // The least that 200 subsamples can show.
    expect(real.p).toBe(1 / 201);
  });

  test('a memorised space has a gap, the input has none', () => {
    const gap = (space: string) =>
      found.gaps.find((of) => of.space === space && of.metric === 'silhouette' && of.over === null)!;
    expect(gap('latent').corrected).toBeLessThanOrEqual(0.02);
    expect(gap('latent').gap).toBeCloseTo(
      silhouette(memorised, trained.labels).score - silhouette(unseen, held.labels).score,
      12,
    );
    expect(gap('input').corrected).toBeGreaterThan(0.05);
    expect(gap('input').corrected).toBeGreaterThanOrEqual(gap('input').p);
  });

  test('a gap is measured over classes that have two rows on either side, also beyond that of the first space', () => {
    const lone = found.gaps.filter(({ over }) => over === null);
    const beyond = found.gaps.filter(({ over }) => over !== null);
    expect(beyond.map(({ space, over }) => [space, over])).toEqual([
      ['latent', 'input'],
      ['latent', 'input'],
    ]);
    for (const of of beyond) {
      const [first, second] = ['input', 'latent'].map((name) =>
        lone.find(({ space, metric }) => space === name && metric === of.metric),
      );
      expect(of.gap).toBeCloseTo(second!.gap - first!.gap, 12);
      expect(of.expectedGap).toBeCloseTo(second!.expectedGap - first!.expectedGap, 12);
      expect(of.corrected).toBeLessThanOrEqual(0.05);
    }
    // Twenty rows alone in their class on the training side, and a class with one held-out row, change nothing.
    const extra = Array.from({ length: 20 }, (_, i) => [50 + i, 50]);
    const more = compareSpaces(
      { latent: [...memorised, ...extra, [3, 3], [4, 4]] },
      [...trained.labels, ...extra.map((_, i) => `alone ${i}`), 'pair', 'pair'],
      { heldOut: { spaces: { latent: [...unseen, [5, 5]] }, labels: [...held.labels, 'pair'] } },
    ).gaps[0]!;
    expect(more).toMatchObject({ trainingRows: 75, heldOutRows: 30, classes: 3 });
    expect(more.gap).toBeCloseTo(lone.find(({ space }) => space === 'latent')!.gap, 12);
  });

  test('a column that is constant in training is 0 in held-out rows too, however its mean rounds', () => {
    const rows = (values: number[], other = [0.1]) => values.map((v, i) => [v, other[i % other.length]!]);
    const { spaces } = compareSpaces({ a: rows([0, 1, 2, 10, 11, 12]) }, ['x', 'x', 'x', 'y', 'y', 'y'], {
      standardize: true,
      permutations: 9,
      heldOut: { spaces: { a: rows([0.5, 1.5, 10.5, 11.5], [0.1, 0.3]) }, labels: ['x', 'x', 'y', 'y'] },
    });
    expect(spaces[0]!.heldOut!.silhouette.score).toBeCloseTo(
      silhouette([[0.5], [1.5], [10.5], [11.5]], ['x', 'x', 'y', 'y']).score,
      12,
    );
  });

  test('a space compared with itself differs by nothing', () => {
    const same = compareSpaces({ a: trained.points, b: trained.points }, trained.labels, { permutations: 19 });
    for (const { difference, p } of same.differences) {
      expect(difference).toBe(0);
      expect(p).toBeNull();
    }
    expect(same.gaps).toEqual([]);
  });

  test('refuses spaces that do not fit together', () => {
    expect(() => compareSpaces({}, ['a'])).toThrow(/got none/);
    expect(() => compareSpaces({ a: [[1], [2]] }, ['x'])).toThrow(/2 rows and 1 labels/);
    expect(() =>
      compareSpaces({ a: trained.points }, trained.labels, {
        heldOut: { spaces: { b: held.points }, labels: held.labels },
      }),
    ).toThrow(/got none named "a"/);
    expect(() =>
      compareSpaces({ a: trained.points }, trained.labels, { heldOut: { spaces: { a: unseen }, labels: held.labels } }),
    ).toThrow(/must have 3 columns.*got 2/);
  });
});

test('two spaces of one distribution differ at the 5% level in at most 7% of worlds', () => {
  for (const design of EQUAL_SPACES.slice(0, 4)) {
    const { silhouette: widths, neighborAgreement: agreement } = falseDifferences(design, 100, 60);
    expect(widths).toBeLessThanOrEqual(0.07);
    expect(agreement).toBeLessThanOrEqual(0.07);
  }
});
