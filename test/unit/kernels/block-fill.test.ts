import { describe, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { simdRuns, withEngine } from '../../../src/kernels/block-engine.js';
import { EUCLIDEAN, type Formula, WIDE } from '../../../src/kernels/formula.js';
import { BLOCK, packedWidth, packRows } from '../../../src/kernels/packed-rows.js';
import { distanceOf, FORMULAS } from '../../support/distance-of.js';

/** All m x n distances by one engine. */
function block(
  choice: 'plain' | 'simd',
  formula: Formula,
  x: Float64Array,
  y: Float64Array,
  d: number,
): { name: string; out: Float64Array } {
  const m = x.length / d;
  const n = y.length / d;
  const width = packedWidth(formula, d);
  const up = (count: number) => Math.ceil(count / BLOCK) * BLOCK;
  const at = up(m) * width;
  const strip = at + up(n) * width;
  return withEngine(choice, strip + up(m) * up(n), ({ name, memory, fill }) => {
    memory.fill(7); // what other calls may have left there
    packRows({ points: x, d }, 0, m, memory, 0, formula);
    packRows({ points: y, d }, 0, n, memory, at, formula);
    fill(formula, 0, m, at, n, d, strip, up(n));
    const out = new Float64Array(m * n);
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[i * n + j] = memory[strip + i * up(n) + j]!;
    return { name, out };
  });
}

/** One row against one, without packing, by definition. */
function naive(formula: Formula, x: Float64Array, y: Float64Array, d: number): Float64Array {
  const [m, n] = [x.length / d, y.length / d];
  return Float64Array.from({ length: m * n }, (_, t) =>
    distanceOf(formula, x, Math.floor(t / n) * d, y, (t % n) * d, d),
  );
}

const values: Record<string, (rng: Rng) => number> = {
  normal: (rng) => rng.normal(),
  zeros: () => 0,
  'small integers': (rng) => rng.integer(3) - 1,
  huge: (rng) => 1e150 * (rng.uniform() - 0.5),
  tiny: (rng) => 1e-160 * (rng.uniform() - 0.5),
  'far from the origin': (rng) => 1e6 + rng.uniform(),
};

describe('block kernels', () => {
  it('run as WebAssembly SIMD here', () => {
    expect(simdRuns()).toBe(true);
    expect(block('simd', EUCLIDEAN, new Float64Array(2), new Float64Array(2), 1).name).toBe('simd');
    expect(block('plain', EUCLIDEAN, new Float64Array(2), new Float64Array(2), 1).name).toBe('plain');
  });

  for (const [name, formula] of Object.entries({ ...FORMULAS, WIDE }) as [string, Formula][]) {
    for (const [kind, value] of Object.entries(values)) {
      it(`${name}: SIMD, plain and row-wise give the same bits on ${kind}`, () => {
        const rng = new Rng(1);
        const shapes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => [((d * 3) % 7) + 1, ((d * 5) % 9) + 1, d] as const);
        for (const [m, n, d] of [
          ...shapes,
          [16, 33, 40],
          [1, 1, 64],
          [5, 6, 127],
          [5, 6, 128],
          [7, 5, 129],
          [3, 4, 257],
          [2, 3, 300],
        ]) {
          const x = Float64Array.from({ length: m! * d! }, () => value(rng));
          const y = Float64Array.from({ length: n! * d! }, () => value(rng));
          y.set(x.subarray(0, d)); // a pair of equal rows
          const simd = block('simd', formula, x, y, d!).out;
          expect(block('plain', formula, x, y, d!).out).toEqual(simd);
          const expected = naive(formula, x, y, d!);
          if (formula !== WIDE) expect(simd).toEqual(expected);
          else if (kind === 'tiny')
            expect(simd[0]).toBe(0); // squares below the normal range: the frame prevents it
          else {
            expect(simd[0]).toBe(0);
            for (let t = 0; t < simd.length; t++) {
              expect(Math.abs(simd[t]! - expected[t]!)).toBeLessThanOrEqual(1e-13 * expected[t]!);
            }
          }
        }
      });
    }
  }

  it('WIDE: pairs that cancel are computed from their differences, whatever shares their tile', () => {
    const rng = new Rng(2);
    const d = 96;
    const x = Float64Array.from({ length: 8 * d }, () => 3 + rng.normal());
    const y = Float64Array.from({ length: 8 * d }, () => rng.normal());
    for (let c = 0; c < d; c++) y[2 * d + c] = x[5 * d + c]! + 1e-9 * rng.normal();
    const expected = naive(WIDE, x, y, d);
    const { out } = block('simd', WIDE, x, y, d);
    expect(out[5 * 8 + 2]).toBe(expected[5 * 8 + 2]); // the same bits, not only nearly
    expect(out[5 * 8 + 2]).toBeLessThan(2e-8);
    expect(block('plain', WIDE, x, y, d).out).toEqual(out);
    // A pair that cancels or not keeps its bits next to other pairs.
    expect(block('simd', WIDE, x.subarray(5 * d), y.subarray(3 * d), d).out[0]).toBe(out[5 * 8 + 3]);
  });

  it.each([
    ['is missing', undefined],
    [
      'does not compile',
      {
        Module: class {
          constructor() {
            throw new Error('invalid');
          }
        },
      },
    ],
  ])('fall back to plain code where WebAssembly %s', async (_, stub) => {
    vi.resetModules();
    vi.stubGlobal('WebAssembly', stub);
    try {
      const fresh = await import('../../../src/kernels/block-engine.js');
      expect(fresh.simdRuns()).toBe(false);
      expect(fresh.withEngine('simd', 4, ({ name }) => name)).toBe('plain');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it.each([9, 128, 300])('WIDE: one pair of a tile that cancels is enough, wherever it stands (d = %d)', (d) => {
    const rng = new Rng(d);
    for (let place = 0; place < BLOCK * BLOCK; place++) {
      const x = new Float64Array(BLOCK * d).map(() => rng.normal());
      const y = new Float64Array(BLOCK * d).map(() => rng.normal());
      const [i, j] = [Math.floor(place / BLOCK), place % BLOCK];
      for (let c = 0; c < d; c++) y[j * d + c] = x[i * d + c]! + 1e-9 * rng.normal();
      const { out } = block('simd', WIDE, x, y, d);
      expect(block('plain', WIDE, x, y, d).out).toEqual(out);
      // By its products alone its distance would have no digit that is right.
      expect(out[place]! / naive(WIDE, x, y, d)[place]!).toBeCloseTo(1, 12);
    }
  });

  it('nested calls do not touch each other', () => {
    const x = Float64Array.from([0, 3]);
    const outer = withEngine('simd', 64, (a) => {
      a.memory[0] = 42;
      const inner = block('simd', EUCLIDEAN, x, x, 1).out;
      return [a.memory[0], inner[1]];
    });
    expect(outer).toEqual([42, 3]);
  });

  it('memory grows when a call needs more', () => {
    const sizes = [10, 200_000, 2_000_000, 10].map((size) => withEngine('simd', size, ({ memory }) => memory.length));
    expect(sizes.map((length, s) => length >= [10, 200_000, 2_000_000, 10][s]!)).toEqual([true, true, true, true]);
    expect(sizes[3]).toBeLessThan(2_000_000); // the large one was not kept
  });
});
