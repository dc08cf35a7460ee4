import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import { pairwiseDistances } from '../../src/index.js';
import { clusterings } from '../support/clusterings.js';
import { allNear, near } from '../support/near.js';
import { naiveDistances, naiveMatrix } from './distance.js';

const entries = Object.entries(naiveDistances);
type Name = keyof typeof naiveDistances;

describe('pairwiseDistances equal their definitions', () => {
  it.each(entries)('%s', (metric, distance) => {
    fc.assert(
      fc.property(clusterings(), ({ points }) => {
        const { data, rows, columns } = pairwiseDistances(points, { metric: metric as Name });
        const n = points.length;
        expect([rows, columns, data.length]).toEqual([n, n, n * n]);
        const expected = naiveMatrix(points, distance);
        const scale = metric === 'cosine' || metric === 'correlation' ? 1 : 1e-300;
        for (let i = 0; i < n; i++) {
          expect(data[i * n + i]).toBe(0);
          for (let j = 0; j < n; j++) {
            expect(data[i * n + j]).toBe(data[j * n + i]);
            near(data[i * n + j]!, expected[i]![j]!, 1e-11, scale, `${i}, ${j}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  // Several runs of rows and panels of columns, and columns behind the last whole eight.
  it.each([15, 64, 73, 255, 256, 257, 264, 271, 530, 800])('%s rows', (n) => {
    const rng = new Rng(n);
    const points = Array.from({ length: n }, () => [rng.normal(), rng.normal(), rng.normal()]);
    for (const metric of ['euclidean', 'cosine', 'chebyshev'] as const) {
      const { data } = pairwiseDistances(points, { metric });
      const scale = metric === 'cosine' ? 1 : 1e-300;
      allNear(data, naiveMatrix(points, naiveDistances[metric]).flat(), 1e-12, scale);
    }
  });

  it.each(['euclidean', 'manhattan', 'chebyshev', 'sqeuclidean'] as const)('%s, whatever the unit', (metric) => {
    for (const unit of [2 ** -1000, 2 ** -480, 2 ** 480]) {
      const power = metric === 'sqeuclidean' ? 2 : 1;
      const rows = [
        [0.5, 1, 7],
        [2, -3, 1],
        [4, 4, 4],
      ];
      const plain = pairwiseDistances(rows, { metric }).data;
      const { data } = pairwiseDistances(
        rows.map((row) => row.map((value) => value * unit)),
        { metric },
      );
      expect(data).toEqual(plain.map((value) => value * unit ** power));
    }
  });

  it('cosine: a zero vector is at distance 1 from all rows but itself', () => {
    const zero = [0, 0];
    const { data } = pairwiseDistances([zero, zero, [1, 0]], { metric: 'cosine' });
    expect(Array.from(data)).toEqual([0, 1, 1, 1, 0, 1, 1, 1, 0]);
    const constant = pairwiseDistances(
      [
        [2, 2],
        [5, 5],
        [1, 0],
      ],
      { metric: 'correlation' },
    );
    expect(Array.from(constant.data)).toEqual([0, 1, 1, 1, 0, 1, 1, 1, 0]);
  });
});
