import { describe, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { addMatmul, addMatmulTransposed, addTransposedMatmul } from '../../../src/kernels/matmul.js';
import { tanh } from '../../../src/nn/kernels/tanh.js';

const rng = new Rng(11);
const SIZES = [1, 2, 3, 4, 5, 8, 9];
const FILLS: Record<string, () => number> = {
  random: () => rng.normal(),
  zeros: () => 0,
  huge: () => 1e150 * rng.normal(),
  tiny: () => 1e-150 * rng.normal(),
};

/** c += sum over p of a(i, p) b(p, j), the sum taken from 0 in ascending order: the kernels' stated order. */
function naive(
  c: Float64Array,
  [, k, m]: readonly [number, number, number],
  a: (i: number, p: number) => number,
  b: (p: number, j: number) => number,
): Float64Array {
  return c.map((start, at) => {
    let sum = 0;
    for (let p = 0; p < k; p++) sum += a(Math.floor(at / m), p) * b(p, at % m);
    return start + sum;
  });
}

/** Compares the three products with the naive loops, bit for bit. */
function check([n, k, m]: readonly [number, number, number], value: () => number): void {
  const size = [n, k, m] as const;
  const a = new Float64Array(n * k).map(value);
  const b = new Float64Array(k * m).map(value);
  const start = new Float64Array(n * m).map(value);
  const c = [start.slice(), start.slice(), start.slice()];
  addMatmul(a, b, c[0]!, n, k, m);
  addMatmulTransposed(a, b, c[1]!, n, k, m);
  addTransposedMatmul(a, b, c[2]!, n, k, m);
  const plain = (i: number, p: number) => a[i * k + p]!;
  const across = (p: number, j: number) => b[p * m + j]!;
  expect(c[0]).toEqual(naive(start, size, plain, across));
  expect(c[1]).toEqual(naive(start, size, plain, (p, j) => b[j * k + p]!));
  expect(c[2]).toEqual(naive(start, size, (i, p) => a[p * n + i]!, across));
}

/** Sizes that go to SIMD kernels: in one block of rows and in several, with and without a rest. */
const LARGE = [
  [32, 32, 32],
  [33, 64, 17],
  [1, 257, 255],
  [700, 50, 99],
] as const;

describe('matrix products', () => {
  for (const [name, value] of Object.entries(FILLS)) {
    it(`all three give the bits of the naive loops for all sizes around the blocks: ${name}`, () => {
      for (const n of SIZES) for (const k of SIZES) for (const m of SIZES) check([n, k, m], value);
    });

    it.each(LARGE)(`and for large ones: ${name}, %d x %d x %d`, (...size) => check(size, value));
  }

  it('has loops for large ones where there is no WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const plain = await import('../../../src/kernels/matmul.js');
    vi.unstubAllGlobals();
    const [n, k, m] = [40, 41, 42];
    const a = new Float64Array(n * k).map(() => rng.normal());
    const b = new Float64Array(k * m).map(() => rng.normal());
    const [simd, loops] = [new Float64Array(n * m), new Float64Array(n * m)];
    addMatmul(a, b, simd, n, k, m);
    plain.addMatmul(a, b, loops, n, k, m);
    expect(loops).toEqual(simd);
  });
});

describe('tanh', () => {
  it('agrees with the built-in to 1e-15, relative, from 1e-300 to saturation', () => {
    for (const sign of [1, -1]) {
      for (let exponent = -300; exponent <= 3; exponent++) {
        for (let step = 0; step < 20; step++) {
          const x = sign * 10 ** exponent * (1 + 0.45 * step);
          expect(Math.abs(tanh(x) / Math.tanh(x) - 1)).toBeLessThan(1e-15);
        }
      }
    }
  });

  it('is 0 at 0, odd, and joins smoothly where the series ends', () => {
    expect(tanh(0)).toBe(0);
    expect(tanh(-0.7)).toBe(-tanh(0.7));
    expect(tanh(0.125) - tanh(0.125 - 2 ** -40)).toBeGreaterThan(0);
    expect(tanh(0.125) - tanh(0.125 - 2 ** -40)).toBeLessThan(2 ** -39);
  });
});
