import { describe, expect, it } from 'vitest';
import {
  calinskiHarabasz,
  daviesBouldin,
  type Label,
  type MetricName,
  pairwiseDistances,
  silhouette,
} from '../../src/index.js';
import { fixture } from '../support/fixture.js';
import { allNear, near } from '../support/near.js';

interface Case {
  readonly name: string;
  readonly points: number[][];
  readonly labels: Label[];
  readonly silhouette: Readonly<Record<string, { samples: number[] }>>;
  readonly positive: number[][] | null;
  readonly tail: Readonly<Record<string, { firstRow: number[]; mean: number }>>;
  readonly daviesBouldin: number;
  readonly calinskiHarabasz: number;
}

const { cases } = fixture<{ cases: Case[] }>('sklearn-internal');

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(cases)('internal indices equal scikit-learn 1.2.1: $name', (c) => {
  for (const [name, { samples }] of Object.entries(c.silhouette)) {
    const metric = name as MetricName;
    it(`silhouette samples, ${name}, 1e-11`, () => {
      const result = silhouette(c.points, c.labels, { metric });
      allNear(result.samples, samples, 1e-11, 1, 'sample');
      near(result.score, mean(samples), 1e-11);
      const byCluster = [...new Set(c.labels)].map((label) => mean(samples.filter((_, i) => c.labels[i] === label)));
      near(result.macroScore, mean(byCluster), 1e-11);
    });

    it(`the same through precomputed distances, ${name}`, () => {
      const distances = pairwiseDistances(c.points, { metric });
      allNear(silhouette(distances, c.labels, { metric: 'precomputed' }).samples, samples, 1e-11, 1, 'sample');
    });
  }

  it('Davies-Bouldin and Calinski-Harabasz, 1e-10', () => {
    near(daviesBouldin(c.points, c.labels).score, c.daviesBouldin, 1e-10);
    near(calinskiHarabasz(c.points, c.labels).score, c.calinskiHarabasz, 1e-10);
  });

  const { positive } = c;
  if (positive === null) return;
  it('distances of ml-distance equal those of scipy', () => {
    for (const [name, { firstRow, mean: expected }] of Object.entries(c.tail)) {
      const metric = name as MetricName;
      const { data, columns } = pairwiseDistances(positive, { metric });
      allNear(data.subarray(0, columns), firstRow, 1e-13, 1e-3, name);
      near(silhouette(positive, c.labels, { metric }).score, expected, 1e-11);
    }
    expect(Object.keys(c.tail)).toEqual(['canberra', 'sorensen']);
  });
});
