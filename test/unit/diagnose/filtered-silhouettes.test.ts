import { expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { readDataset } from '../../../src/data/dataset.js';
import { silhouette } from '../../../src/metrics/internal/silhouette.js';
import { dealLabels } from '../../../src/statistics/deal-labels.js';
import { rowOrder } from '../../../src/statistics/row-order.js';
import { filteredSilhouettes } from '../../../src/studies/filters/filtered-silhouettes.js';
import { longTail } from './worlds.js';

test('one pass gives the silhouette after each filter, for the labels and for each permutation of them', () => {
  const { points, labels } = longTail(2);
  const data = readDataset('test', points, labels);
  const found = filteredSilhouettes('test', data, [2, 3, 5, 10, 20, 1000], {
    metric: 'euclidean',
    permutations: 2,
    seed: 5,
  });
  expect(found.thresholds).toEqual([1, 2, 3, 5, 10, 20]);
  const rng = new Rng(5);
  const deal = () => dealLabels(data.labels.slice(), rowOrder(data), rng);
  const labelings = [data.labels, deal(), deal()];
  const all = silhouette(points, labels);
  labelings.forEach((labeling, p) => {
    found.thresholds.forEach((threshold, t) => {
      const rows = points.flatMap((_, i) => (data.counts[labeling[i]!]! >= threshold ? [i] : []));
      const direct = silhouette(
        rows.map((i) => points[i]!),
        rows.map((i) => labeling[i]!),
      );
      expect(found.kept[p]![t]).toBeCloseTo(direct.score, 12);
      expect(found.rows[t]).toBe(rows.length);
      expect(found.classes[t]).toBe(direct.k);
      if (p > 0) return;
      const among = rows.reduce((sum, i) => sum + all.samples[i]!, 0) / rows.length;
      expect(found.amongAll[t]).toBeCloseTo(among, 12);
    });
  });
});
