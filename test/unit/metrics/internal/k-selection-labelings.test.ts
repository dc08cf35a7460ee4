import { describe, expect, it } from 'vitest';
import {
  calinskiHarabasz,
  dataset,
  daviesBouldin,
  dunn,
  kSelection,
  pairwiseDistances,
  silhouette,
} from '../../../../src/index.js';
import { farthestFirst } from '../../../naive/k-selection.js';
import { corners } from '../../plot/sample-results.js';

const { points } = corners(['a', 'b', 'c'], [12, 12, 12]);
const truth = points.map((_, i) => Math.floor(i / 12));
const two = truth.map((c) => Math.min(c, 1));
const halves = truth.map((_, i) => i % 2);
const noisy = truth.map((c, i) => (i % 6 === 0 ? -1 : c));

describe('labelings of kSelection', () => {
  it('may have one k several times, and keep their position', () => {
    const { rows, best, bestRow } = kSelection(points, [halves, truth, two]);
    expect(rows.map(({ k, name }) => [k, name])).toEqual([
      [2, 0],
      [2, 2],
      [3, 1],
    ]);
    expect(best.silhouette).toBe(3);
    expect(rows[bestRow.silhouette!]!.name).toBe(1);
    expect(rows[1]!.silhouette).toBe(silhouette(points, two).score);
    expect(rows[1]!.dunn).toBe(dunn(points, two).score);
  });

  it('have their names from an object or a Map', () => {
    const named = { 'resolution 0.5': two, 'resolution 1': truth };
    const ofObject = kSelection(points, named);
    expect(ofObject.rows.map(({ name }) => name)).toEqual(['resolution 0.5', 'resolution 1']);
    expect(kSelection(points, new Map(Object.entries(named)))).toEqual(ofObject);
    const byNumber = new Map([
      [0.5, two],
      [1, truth],
    ]);
    expect(kSelection(points, byNumber).rows.map(({ name }) => name)).toEqual([0.5, 1]);
  });

  it('may be what a library returns', () => {
    class KMeansResult {
      readonly centroids = [[0]];
      readonly converged = true;
      constructor(readonly clusters: number[]) {}
    }
    const plain = kSelection(points, [two, truth]);
    expect(kSelection(points, [new KMeansResult(two), { assignments: truth }])).toEqual(plain);
    expect(kSelection(points, [{ labels: two }, { idxs: truth }])).toEqual(plain);
    expect(kSelection(points, new KMeansResult(truth) as never).rows).toEqual(kSelection(points, [truth]).rows);
    const options = { k: [2, 3], references: 3 };
    const wrapped = kSelection(points, (rows, k) => new KMeansResult(farthestFirst(rows, k)), options);
    expect(wrapped).toEqual(kSelection(points, farthestFirst, options));
  });
});

describe('noise in kSelection', () => {
  const withNoise = { noiseLabel: -1 };

  it('is no cluster, and every index is that of the rest', () => {
    const [row] = kSelection(points, [noisy], withNoise).rows;
    expect([row!.k, row!.found]).toEqual([3, 3]);
    expect(row!.noise).toEqual({ label: -1, treatment: 'exclude', count: 6, share: 1 / 6 });
    expect(row!.silhouette).toBe(silhouette(points, noisy, withNoise).score);
    expect(row!.daviesBouldin).toBe(daviesBouldin(points, noisy, withNoise).score);
    expect(row!.calinskiHarabasz).toBe(calinskiHarabasz(points, noisy, withNoise).score);
    expect(row!.dunn).toBe(dunn(points, noisy, withNoise).score);
    expect(kSelection(points, [noisy]).rows[0]!.k).toBe(4);
  });

  it('is that of the dataset where none is named', () => {
    const data = dataset(points, noisy, withNoise);
    expect(kSelection(data, [noisy, two])).toEqual(kSelection(points, [noisy, two], withNoise));
  });

  it("counts as singletons, or against the score, where 'noise' says so", () => {
    const apart = kSelection(points, [noisy], { ...withNoise, noise: 'singletons' }).rows[0]!;
    expect(apart.k).toBe(3);
    expect(apart.silhouette).toBe(silhouette(points, noisy, { ...withNoise, noise: 'singletons' }).score);
    expect(apart.daviesBouldin).toBe(daviesBouldin(points, noisy, { ...withNoise, noise: 'singletons' }).score);
    const penalised = kSelection(points, [noisy, two], { ...withNoise, noise: 'penalise' }).rows;
    expect(penalised[1]!.silhouette).toBe(silhouette(points, noisy, { ...withNoise, noise: 'penalise' }).score);
    expect([penalised[1]!.daviesBouldin, penalised[1]!.dunn]).toEqual([null, null]);
    expect(penalised[1]!.reasons.dunn).toBe(
      "kSelection: Dunn has no penalty for noise; take noise 'exclude' or 'singletons'",
    );
    expect(penalised[0]!.dunn).toBe(dunn(points, two).score);
  });

  it('must be written as in the labels', () => {
    expect(() => kSelection(points, [two, noisy], { noiseLabel: '-1' })).toThrow('write noiseLabel: -1');
  });

  it('has a row with reasons where it is all there is', () => {
    const [row] = kSelection(points, [points.map(() => -1)], withNoise).rows;
    expect([row!.k, row!.silhouette, row!.dunn]).toEqual([0, null, null]);
    expect(row!.reasons.silhouette).toContain('number of labels is 0');
  });

  it('leaves the gap without a value, with the reason', () => {
    const leaving = (rows: number[][], k: number) => farthestFirst(rows, k).map((c, i) => (i === 3 ? -1 : c));
    const { rows, best } = kSelection(points, leaving, { k: [2, 3], references: 2, ...withNoise });
    expect(rows.map(({ gap }) => gap)).toEqual([null, null]);
    expect(rows[0]!.reasons.gap).toBe('kSelection: the gap needs every row in a cluster, got noise at k = 2');
    expect(best.gap).toBeNull();
  });
});

describe('distances in kSelection', () => {
  const distances = pairwiseDistances(points);

  it('have silhouette and Dunn; the rest says why not', () => {
    const { rows, best, d } = kSelection(distances, [two, truth], { metric: 'precomputed' });
    const direct = kSelection(points, [two, truth]);
    expect(rows.map((row) => [row.silhouette, row.dunn])).toEqual(
      direct.rows.map((row) => [expect.closeTo(row.silhouette!, 12), expect.closeTo(row.dunn!, 12)]),
    );
    expect(best).toEqual({ silhouette: 3, daviesBouldin: null, calinskiHarabasz: null, dunn: 3, gap: null });
    expect(rows[0]!.reasons.daviesBouldin).toBe(
      'kSelection: Davies-Bouldin needs the points themselves, got distances',
    );
    expect(Object.keys(rows[0]!.reasons)).toEqual(['daviesBouldin', 'calinskiHarabasz', 'gap']);
    expect(d).toBe(36);
  });

  it('go to a clusterer as they are, without a gap', () => {
    const seen: number[] = [];
    const { rows, references } = kSelection(
      distances,
      (matrix) => {
        seen.push(matrix.length, matrix[0]!.length);
        return truth;
      },
      { metric: 'precomputed', k: [3] },
    );
    expect(seen).toEqual([36, 36]);
    expect(rows[0]!.reasons.gap).toBe('kSelection: the gap needs the points themselves, got distances');
    expect(references).toBeNull();
  });
});

describe('what kSelection favours', () => {
  const sentence = (...args: Parameters<typeof kSelection>) => kSelection(...args).favours;

  it('is one k where the indices agree', () => {
    expect(sentence(points, [two, truth])).toBe(
      'The silhouette, Davies-Bouldin, Calinski-Harabasz and Dunn favour k = 3: they agree.',
    );
    expect(sentence(pairwiseDistances(points), [two, truth], { metric: 'precomputed' })).toBe(
      'The silhouette and Dunn favour k = 3: they agree.',
    );
  });

  it('names who favours what where they do not', () => {
    // A long pair of groups: two are far apart, each of two halves that touch.
    const line = [0, 1, 2, 3.2, 4.2, 5.2, 20, 21, 22, 23.2, 24.2, 25.2].map((x) => [x]);
    const four = line.map((_, i) => Math.floor(i / 3));
    const { best, favours } = kSelection(line, [four, four.map((c) => c >> 1)]);
    expect(best).toEqual({ silhouette: 2, daviesBouldin: 2, calinskiHarabasz: 4, dunn: 2, gap: null });
    expect(favours).toBe(
      'The indices do not agree: the silhouette, Davies-Bouldin and Dunn favour k = 2; Calinski-Harabasz favours k = 4.',
    );
  });

  it('names the labeling where several have that k', () => {
    expect(sentence(points, [two, halves])).toBe(
      'The silhouette, Davies-Bouldin, Calinski-Harabasz and Dunn favour k = 2 (labelings[0]): they agree.',
    );
    expect(sentence(points, { kmeans: two, leiden: halves })).toContain('favour k = 2 (kmeans): they agree.');
  });

  it('says that there is nothing to compare, or no value', () => {
    expect(sentence(points, [truth])).toBe('There is one labeling, with k = 3, and nothing to compare it with.');
    expect(sentence(points, [points.map(() => 0)])).toBe('No index favours a k: none has a value.');
  });

  it('says that the gap favours none, and that rows were left out', () => {
    const rising = kSelection(points, farthestFirst, { k: [2, 3], references: 5 });
    expect(rising.best.gap).toBeNull();
    expect(rising.favours).toContain('; the gap favours none of the k tried');
    expect(sentence(points, [noisy, two], { noiseLabel: -1 })).toMatch(
      /; noise was left out, 0 to 6 rows, so not all were scored on the same rows\.$/,
    );
  });
});
