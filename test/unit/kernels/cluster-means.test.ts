import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { pairFormula } from '../../../src/distance/coordinates.js';
import { chunkMeans } from '../../../src/kernels/chunk-means.js';
import {
  type ClusterMeans,
  clusterMeans,
  emptyChunkSums,
  meansOf,
  mergeChunk,
  type OrderedRows,
} from '../../../src/kernels/cluster-means.js';
import { clusterChunks, clusterOrder } from '../../../src/kernels/cluster-order.js';
import { CHEBYSHEV, EUCLIDEAN, type Formula, MANHATTAN, SQUARES, WIDE } from '../../../src/kernels/formula.js';
import { distanceOf } from '../../support/distance-of.js';

interface Case {
  readonly n: number;
  readonly d: number;
  readonly sizes: readonly number[];
  readonly formula?: Formula;
  readonly value?: (rng: Rng) => number;
}

function setOf({ n, d, sizes, formula = EUCLIDEAN, value = (rng) => rng.normal() }: Case, seed = 0): OrderedRows {
  const rng = new Rng(seed);
  const labels = Int32Array.from(sizes.flatMap((size, c) => new Array<number>(size).fill(c)));
  expect(labels.length).toBe(n);
  rng.shuffle(labels);
  const points = Float64Array.from({ length: n * d }, () => value(rng));
  return { points, d, formula: pairFormula(formula, { points, d }), ...clusterOrder(labels, sizes.length) };
}

/** By definition, all ordered pairs. */
function naive({ points, d, order, offsets, formula }: OrderedRows): ClusterMeans {
  const n = order.length;
  const own = new Float64Array(n);
  const nearest = new Float64Array(n).fill(Infinity);
  const neighbor = new Int32Array(n).fill(-1);
  for (let p = 0; p < n; p++) {
    const i = order[p]!;
    for (let c = 0; c + 1 < offsets.length; c++) {
      let sum = 0;
      for (let q = offsets[c]!; q < offsets[c + 1]!; q++)
        sum += distanceOf(formula, points, i * d, points, order[q]! * d, d);
      const size = offsets[c + 1]! - offsets[c]!;
      if (p >= offsets[c]! && p < offsets[c + 1]!) own[i] = size > 1 ? sum / (size - 1) : 0;
      else if (sum / size < nearest[i]!) {
        nearest[i] = sum / size;
        neighbor[i] = c;
      }
    }
  }
  return { own, nearest, neighbor };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let p = 0; p < expected.length; p++) {
    if (expected[p] === Infinity) expect(actual[p]).toBe(Infinity);
    else expect(Math.abs(actual[p]! - expected[p]!)).toBeLessThanOrEqual(1e-13 * expected[p]!);
  }
}

const many = (size: number, count: number) => new Array<number>(count).fill(size);
const integers = (rng: Rng) => rng.integer(3);

const CASES: Record<string, Case> = {
  'one row': { n: 1, d: 1, sizes: [1] },
  'two singletons': { n: 2, d: 3, sizes: [1, 1] },
  'k = n - 1': { n: 41, d: 2, sizes: [...many(1, 20), 2, ...many(1, 19)] },
  'clusters of two': { n: 600, d: 5, sizes: many(2, 300) },
  'clusters of three, four and five': { n: 120, d: 4, sizes: [3, 4, 5, 3, 4, 5, ...many(4, 24)] },
  'sizes around a tile': { n: 98, d: 7, sizes: [15, 16, 17, 1, 33, 16] },
  'sizes around a panel': { n: 1026, d: 2, sizes: [127, 1, 129, 128, 255, 1, 257, 128] },
  'a cluster of exactly one chunk, and one more row': { n: 1100, d: 2, sizes: [512, 513, 75] },
  'a cluster of several chunks between small ones': { n: 1712, d: 3, sizes: [3, 7, 1600, 1, 101] },
  'all in one cluster': { n: 700, d: 2, sizes: [700] },
  // The last chunk begins behind the place of its sums in memory.
  'many rows in clusters of three': { n: 4500, d: 1, sizes: many(3, 1500) },
  'wide rows': { n: 70, d: 130, sizes: [30, 1, 39] },
  'very wide rows, small chunks': { n: 90, d: 6000, sizes: [40, 41, 9] },
  'just below the wide form': { n: 50, d: 31, sizes: [20, 30] },
  'just at the wide form': { n: 50, d: 32, sizes: [20, 30] },
  'ties and duplicates': { n: 300, d: 2, sizes: [100, 150, 50], value: integers },
  'wide duplicates': { n: 100, d: 70, sizes: [60, 40], value: integers },
  zeros: { n: 37, d: 3, sizes: [20, 1, 16], value: () => 0 },
  huge: { n: 60, d: 3, sizes: [30, 30], value: (rng) => 1e150 * rng.normal() },
  tiny: { n: 60, d: 3, sizes: [30, 30], value: (rng) => 1e-160 * rng.normal() },
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => [`d = ${d}`, { n: 50 + d, d, sizes: [17, 16 + d, 1, 16] }]),
  ),
  squares: { n: 90, d: 5, sizes: [44, 3, 43], formula: SQUARES },
  manhattan: { n: 90, d: 5, sizes: [44, 3, 43], formula: MANHATTAN },
  chebyshev: { n: 90, d: 5, sizes: [44, 3, 43], formula: CHEBYSHEV },
};

describe('clusterMeans', () => {
  for (const [name, given] of Object.entries(CASES)) {
    it(`is the definition, with the same bits by SIMD and plain: ${name}`, () => {
      const set = setOf(given);
      const simd = clusterMeans(set, 'simd');
      const expected = naive(set);
      expectClose(simd.own, expected.own);
      expectClose(simd.nearest, expected.nearest);
      // Sums in ascending order, so the very bits of the definition while a cluster is one chunk.
      if (Math.max(...given.sizes) <= 512 && given.d < 32) expect(simd).toEqual(expected);
      const plain = clusterMeans(set, 'plain');
      expect(plain).toEqual(simd);
      expect(clusterMeans(set)).toEqual(simd);
    });
  }

  it('gives ties to the first cluster in label order', () => {
    // Three clusters at the same place and one beside: exact sums in any order.
    const points = Float64Array.from({ length: 400 }, (_, i) => (i % 4 === 2 ? 5 : 1));
    const set: OrderedRows = {
      points,
      d: 1,
      formula: MANHATTAN,
      ...clusterOrder(points.map((_, i) => i % 4) as never, 4),
    };
    const { neighbor } = clusterMeans(set, 'simd');
    expect(Array.from({ length: 4 }, (_, c) => new Set(neighbor.filter((_, i) => i % 4 === c)))).toEqual([
      new Set([1]),
      new Set([0]),
      new Set([0]),
      new Set([0]),
    ]);
  });

  it('takes the wide form for many columns, unless the rows lie far from the origin', () => {
    expect(setOf(CASES['just below the wide form']!).formula).toBe(EUCLIDEAN);
    expect(setOf(CASES['just at the wide form']!).formula).toBe(WIDE);
    expect(setOf({ ...CASES['just at the wide form']!, formula: MANHATTAN }).formula).toBe(MANHATTAN);
    expect(setOf({ n: 50, d: 32, sizes: [20, 30], value: (rng) => 5 + rng.normal() }).formula).toBe(EUCLIDEAN);
  });

  it('does not depend on where chunks are computed: fresh sums, merged in order, give the same bits', () => {
    for (const name of ['a cluster of several chunks between small ones', 'clusters of two', 'wide rows'] as const) {
      const set = setOf(CASES[name]!);
      const n = set.order.length;
      const chunks = clusterChunks(set.offsets, set.d);
      const parts = chunks.map(() => emptyChunkSums(n));
      // Computed in another order, by changing engines.
      for (let c = chunks.length - 1; c >= 0; c--)
        chunkMeans(set, chunks[c]!, parts[c]!, c % 2 === 0 ? 'plain' : 'simd');
      const total = emptyChunkSums(n);
      for (const [c, chunk] of chunks.entries()) mergeChunk(set, chunk, total, parts[c]!);
      expect(meansOf(total, set)).toEqual(clusterMeans(set));
    }
  });
});

describe('clusterChunks', () => {
  it('covers all rows in order, by whole clusters or parts of one', () => {
    for (const sizes of [[1], many(2, 700), [5, 511, 1, 512, 513, 2000, 3], [512, 512], [513]]) {
      const offsets = new Int32Array(sizes.length + 1);
      sizes.forEach((size, c) => {
        offsets[c + 1] = offsets[c]! + size;
      });
      const chunks = clusterChunks(offsets, 40);
      let at = 0;
      for (const { from, to, part } of chunks) {
        expect(from).toBe(at);
        expect(to - from).toBeGreaterThan(0);
        expect(to - from).toBeLessThanOrEqual(512);
        if (part === -1) expect([offsets.includes(from), offsets.includes(to)]).toEqual([true, true]);
        else expect(offsets[part]! <= from && to <= offsets[part + 1]!).toBe(true);
        at = to;
      }
      expect(at).toBe(offsets[sizes.length]);
    }
  });
});
