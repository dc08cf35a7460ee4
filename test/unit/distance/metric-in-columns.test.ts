import { describe, expect, it } from 'vitest';
import { hasColumnParameter, metricInColumns } from '../../../src/distance/metric-in-columns.js';
import { diagnose } from '../../../src/index.js';
import { iris } from '../../support/fixture.js';

describe('a metric of some of the columns', () => {
  it.each([
    ['euclidean', 'euclidean'],
    [
      { name: 'minkowski', p: 3 },
      { name: 'minkowski', p: 3 },
    ],
    [{ name: 'gower' }, { name: 'gower' }],
    [
      { name: 'gower', ranges: [1, 2, 3] },
      { name: 'gower', ranges: [3, 1] },
    ],
    [
      { name: 'seuclidean', variance: Float64Array.of(1, 2, 3) },
      { name: 'seuclidean', variance: [3, 1] },
    ],
    [
      {
        name: 'mahalanobis',
        covariance: [
          [1, 2, 3],
          [2, 5, 6],
          [3, 6, 9],
        ],
      },
      {
        name: 'mahalanobis',
        covariance: [
          [9, 3],
          [3, 1],
        ],
      },
    ],
    [
      { name: 'mahalanobis', covariance: { data: [1, 2, 3, 2, 5, 6, 3, 6, 9], rows: 3, columns: 3 } },
      {
        name: 'mahalanobis',
        covariance: [
          [9, 3],
          [3, 1],
        ],
      },
    ],
  ] as const)('%j', (metric, some) => {
    expect(metricInColumns(metric, [2, 0])).toEqual(some);
    expect(hasColumnParameter(metric)).toBe(
      typeof metric === 'object' && Object.keys(metric).length > 1 && !('p' in metric),
    );
  });

  it('lets a diagnosis leave out a column of a metric with ranges', () => {
    const points = iris.points.map((row, i) => [1000 * i, ...row]);
    const metric = { name: 'gower', ranges: [1, 3, 3, 3, 3] } as const;
    const { answer } = diagnose({ points, labels: iris.labels }, { metric, permutations: 39 });
    expect(answer.because).toContain('identifier-columns');
    expect(answer.verdict).toBe('partly');
  });
});
