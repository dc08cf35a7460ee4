import { describe, expect, it } from 'vitest';
import { type Metric, metricNames, pairwiseDistances } from '../../src/index.js';
import { fixture } from '../support/fixture.js';
import { near } from '../support/near.js';

interface Case {
  readonly name: string;
  readonly by: 'scipy' | 'scikit-learn';
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly data: string;
  readonly distances: ReadonlyArray<readonly (number | null)[]>;
}

const { data, cases } = fixture<{ data: Record<string, number[][]>; cases: Case[] }>('scipy-distances');

describe('a name of scipy or scikit-learn means what it means there', () => {
  it.each(cases.map((c) => [`${c.name} ${Object.keys(c.parameters)} of ${c.by} on ${c.data} rows`, c] as const))(
    '%s',
    (_, { name, parameters, data: rows, distances }) => {
      const points = data[rows]!;
      const metric = (Object.keys(parameters).length === 0 ? name : { name, ...parameters }) as Metric;
      const found = pairwiseDistances(points, { metric });
      expect(found.symmetric).toBe(true);
      // Square roots of divergences and angles of rows that are equal up to rounding: scipy's own rounding.
      const scale = ['jensenshannon', 'cosine', 'correlation'].includes(name) ? 1e3 : 1;
      distances.forEach((row, i) => {
        row.forEach((value, j) => {
          near(found.data[i * points.length + j]!, value ?? 0, 1e-12, scale, `rows ${i} and ${j}`);
        });
      });
    },
  );

  it('every name from scipy or scikit-learn has a case', () => {
    const named = Object.entries(metricNames).filter(([, { source }]) => /scipy|scikit-learn/.test(source));
    const missing = named.map(([name]) => name).filter((name) => !cases.some((c) => c.name === name));
    expect(missing).toEqual(['precomputed']);
  });
});
