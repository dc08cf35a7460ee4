import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { distancesAmong, eachRow, eachRowOnward } from '../../../src/distance/each-row.js';
import { resolveMetric } from '../../../src/distance/metric.js';
import { type Formula, SQUARES } from '../../../src/kernels/formula.js';
import { eachSquares, squaresWithin } from '../../../src/kernels/row-distances.js';
import { distanceOf, FORMULAS } from '../../support/distance-of.js';

const METRICS = [
  'euclidean',
  'sqeuclidean',
  'manhattan',
  'chebyshev',
  'cosine',
  'correlation',
  'lorentzian',
  'seuclidean',
];
const SHAPES = [
  [2, 3],
  [5, 9],
  [63, 4],
  [64, 65],
  [65, 40],
  [130, 7],
  [20, 700],
] as const;

function pointsOf(n: number, d: number): Float64Array {
  const rng = new Rng(n);
  return Float64Array.from({ length: n * d }, (_, at) => (at % (3 * d) < d ? 0 : rng.normal()));
}

describe.each(METRICS)('distances have the same bits, whatever is asked for together: %s', (name) => {
  it.each(['simd', 'plain'] as const)('%s', (engine) => {
    for (const [n, d] of SHAPES) {
      const metric = resolveMetric('test', name);
      const source = metric.source('test', { points: pointsOf(n, d), n, d }, { engine });
      const all = Int32Array.from({ length: n }, (_, i) => i);
      const one = new Float64Array(1);
      /** Each distance alone: no other row shares its block. */
      const expected = (i: number) =>
        Float64Array.from(all, (j) => {
          source.fillPairs(Int32Array.of(i), Int32Array.of(j), one);
          return one[0]!;
        });
      const checked = new Map([0, 1, n >> 1, n - 1].map((i) => [i, expected(i)]));
      const seen: number[] = [];
      eachRow(source, (i, distances, s) => {
        expect(s).toBe(i);
        seen.push(i);
        if (checked.has(i)) expect(distances).toEqual(checked.get(i));
      });
      eachRowOnward(source, (i, onward) => {
        seen.push(i);
        if (checked.has(i)) expect(onward).toEqual(checked.get(i)!.subarray(i + 1));
      });
      expect(seen).toEqual([...all, ...all]);
      const chosen = Int32Array.from([n - 1, 0, n >> 1, 0]);
      const order: number[] = [];
      eachRow(
        source,
        (i, distances, s) => {
          expect(i).toBe(chosen[s]);
          order.push(s);
          expect(distances).toEqual(checked.get(i));
        },
        chosen,
      );
      expect(order).toEqual([0, 1, 2, 3]);
      for (const ahead of [true, false]) {
        const among = distancesAmong(source, chosen, ahead);
        for (const p of [2, 0, 1, 3]) {
          expect(among(p)).toEqual(Float64Array.from(chosen, (j) => checked.get(chosen[p]!)![j]!));
        }
      }
    }
  });
});

it('distances between coordinates are those of the definition, to the bit', () => {
  for (const [name, formula] of Object.entries(FORMULAS)) {
    for (const [n, d] of SHAPES) {
      const points = pointsOf(n, d);
      const metric = resolveMetric('test', name === 'SQUARES' ? 'sqeuclidean' : name.toLowerCase());
      eachRow(metric.source('test', { points, n, d }), (i, distances) => {
        expect(distances).toEqual(
          Float64Array.from({ length: n }, (_, j) => distanceOf(formula as Formula, points, i * d, points, j * d, d)),
        );
      });
    }
  }
});

it('squared distances between sets are those of the definition, to the bit, in any order and frame', () => {
  for (const [n, d] of [...SHAPES, [1100, 2] as const]) {
    const points = pointsOf(n, d);
    const order = Int32Array.from({ length: Math.min(n, 70) }, (_, p) => (7 * p + 3) % n);
    const square = (i: number, j: number) => distanceOf(SQUARES, points, i * d, points, j * d, d);
    let calls = 0;
    eachSquares({ points, d }, { points, d, order }, (i, squares, at) => {
      expect(i).toBe(calls++);
      expect(squares.slice(at, at + order.length)).toEqual(Float64Array.from(order, (j) => square(i, j)));
    });
    expect(calls).toBe(n);
    eachSquares({ points, d, order }, { points, d }, (p, squares, at) => {
      const i = order[p]!;
      expect(squares.slice(at, at + n)).toEqual(Float64Array.from({ length: n }, (_, j) => square(i, j)));
    });
    const within = squaresWithin({ points, d, order });
    order.forEach((i, p) => {
      order.forEach((j, q) => {
        expect(within[p * order.length + q]).toBe(square(i, j));
      });
    });
    const framing = { origin: points.slice(0, d).fill(0), scale: 0.5, unit: 2, extent: 1 };
    eachSquares({ points, d, framing }, { points, d, framing, order }, (i, squares, at) => {
      expect(squares.slice(at, at + order.length)).toEqual(Float64Array.from(order, (j) => square(i, j) / 4));
    });
  }
});
