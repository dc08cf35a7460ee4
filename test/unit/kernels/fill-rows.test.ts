import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { eachRow } from '../../../src/distance/each-row.js';
import { resolveMetric } from '../../../src/distance/metric.js';
import { distanceSource } from '../../../src/distance/source.js';

const METRICS = ['euclidean', 'sqeuclidean', 'manhattan', 'chebyshev', 'cosine', 'correlation', 'lorentzian'];

describe.each(METRICS)('rows at a time are rows one by one, to the bit: %s', (metric) => {
  it.each(['simd', 'plain'] as const)('%s', (engine) => {
    for (const [n, d] of [
      [1, 1],
      [2, 3],
      [5, 9],
      [63, 4],
      [64, 65],
      [65, 40],
      [300, 7],
      [40, 700],
    ] as const) {
      const rng = new Rng(n);
      const points = Float64Array.from({ length: n * d }, (_, at) => (at % (3 * d) < d ? 0 : rng.normal()));
      const source = distanceSource('test', points, n, d, resolveMetric('test', metric), { engine });
      const expected = new Float64Array(n);
      const seen: number[] = [];
      eachRow(source, (i, distances, s) => {
        expect(s).toBe(i);
        seen.push(i);
        source.fill(i, 0, n, expected, 0);
        expect(distances).toEqual(expected);
      });
      expect(seen).toEqual(Array.from({ length: n }, (_, i) => i));
      const chosen = Int32Array.from([n - 1, 0, n >> 1, 0]);
      const order: number[] = [];
      eachRow(
        source,
        (i, distances, s) => {
          expect(i).toBe(chosen[s]);
          order.push(s);
          source.fill(i, 0, n, expected, 0);
          expect(distances).toEqual(expected);
        },
        chosen,
      );
      expect(order).toEqual([0, 1, 2, 3]);
    }
  });
});
