import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import type { TrainingKernels, TrainingMemory } from '../../../src/nn/kernels/training-kernels.js';
import { trainingMemory } from '../../../src/nn/kernels/training-memory.js';
import { expectComplete } from '../../support/forgotten.js';

/** Places for a few matrices, far enough apart, none of them 0. */
const PLACE = (i: number) => 4096 + i * 8192;
const BYTES = PLACE(8);

const memories: TrainingMemory[] = [trainingMemory('simd'), trainingMemory('plain')];
for (const memory of memories) memory.grow(BYTES);

/** Names of the kernels that some call here has compared. */
const compared = new Set<string>();
const noting = (kernels: TrainingKernels) =>
  new Proxy(kernels, {
    get(target, name) {
      compared.add(String(name));
      return target[name as keyof TrainingKernels];
    },
  });

/** Runs a kernel on both memories, filled alike, and compares every byte of them. */
function sameBits(seed: number, call: (k: TrainingKernels) => number | undefined, prepare?: (v: Float32Array) => void) {
  const returned = memories.map((memory) => {
    const rng = new Rng(seed);
    const view = new Float32Array(memory.buffer);
    for (let p = 0; p < view.length; p++) {
      // Zeros, large and tiny values among ordinary ones.
      const kind = rng.integer(16);
      const size = kind === 0 ? 0 : kind === 1 ? 1e6 : kind === 2 ? 1e-20 : 1;
      view[p] = size * (2 * rng.uniform() - 1);
    }
    prepare?.(view);
    return call(noting(memory.kernels));
  });
  const [simd, plain] = memories.map(({ buffer }) => Buffer.from(buffer));
  expect(simd!.equals(plain!)).toBe(true);
  expect(returned[0]).toBe(returned[1]);
}

const size = (max: number) => fc.integer({ min: 1, max });
const flag = fc.integer({ min: 0, max: 1 });
const seed = fc.nat();
const [A, B, C, D, E, F, G] = [0, 1, 2, 3, 4, 5, 6].map(PLACE) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

describe('the SIMD kernels and their plain twins give the same bits', () => {
  it('is tested on two implementations', () => {
    expect(memories.map(({ how }) => how)).toEqual(['simd', 'plain']);
  });

  it('matrix products of every size', () => {
    fc.assert(
      fc.property(seed, size(40), size(45), size(45), flag, (s, n, k, m, add) => {
        sameBits(s, (q) => void q.linear(A, B, add === 0 ? 0 : D, C, n, k, m));
        sameBits(s, (q) => void q.timesMatrix(A, B, C, n, m, k, add));
        sameBits(s, (q) => void q.transposedTimes(A, B, C, n, m, k, add));
        sameBits(s, (q) => void q.columnSums(A, C, n, m, add));
      }),
      { numRuns: 40 },
    );
  });

  it('products in float64, from numbers of every size', () => {
    const doubles = (view: Float32Array, from: number) => {
      const numbers = new Float64Array(view.buffer, from, 1024);
      for (let p = 0; p < 1024; p++) numbers[p] = view[p]! * (1 + view[1023 - p]! * 1e-9);
    };
    fc.assert(
      fc.property(seed, size(13), size(31), size(31), (s, n, k, m) => {
        sameBits(
          s,
          (q) => void q.product64(A, B, C, n, k, m),
          (view) => {
            doubles(view, A);
            doubles(view, B);
          },
        );
      }),
      { numRuns: 60 },
    );
  });

  it('layer norm and its gradients', () => {
    fc.assert(
      fc.property(seed, size(9), size(45), flag, flag, fc.boolean(), (s, n, m, addX, addW, wanted) => {
        const run = (q: TrainingKernels) => {
          q.layerNorm(A, B, C, D, E, n, m, 1e-5);
          q.layerNormGradient(D, A, B, E, wanted ? F : 0, wanted ? G : 0, G + 4096, n, m, addX, addW);
        };
        sameBits(s, (q) => void run(q));
        // Constant rows: variance 0.
        sameBits(
          s,
          (q) => void run(q),
          (v) => void v.fill(3, A >> 2, B >> 2),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('elementwise kernels', () => {
    fc.assert(
      fc.property(seed, size(50), flag, fc.integer({ min: 0, max: 2 }), (s, n, add, kind) => {
        sameBits(s, (q) => void q.pairwise(kind, A, B, C, n));
        sameBits(s, (q) => void q.affine(A, C, n, 1.3, -0.1));
        sameBits(s, (q) => void q.addScaled(A, C, n, 0.7));
        sameBits(s, (q) => void q.addProduct(A, B, C, n));
        sameBits(s, (q) => void q.relu(A, C, n));
        sameBits(s, (q) => void q.gate(A, B, C, n, 1 / 0.9));
        sameBits(s, (q) => void q.squash(A, C, n, add));
        sameBits(s, (q) => void q.squashGradient(A, B, C, n, add, kind & 1));
        sameBits(s, (q) => void q.copyRuns(A, C, 3, n, 256, 512, add));
        sameBits(s, (q) => void q.dropout(A, C, add === 0 ? 0 : D, n, 429496730, 1 / 0.9, E));
      }),
      { numRuns: 40 },
    );
  });

  it('optimiser steps', () => {
    const settings = (values: number[]) => (v: Float32Array) => {
      v.set(values, E >> 2);
      for (let p = D >> 2; p < E >> 2; p++) v[p] = Math.abs(v[p]!);
    };
    fc.assert(
      fc.property(
        seed,
        size(9),
        flag,
        fc.constantFrom(0, 0.01),
        fc.constantFrom(0, 1e-8),
        (s, blocks, tidy, decay, eps) => {
          const n = 8 * blocks;
          sameBits(s, (q) => q.adam(A, B, C, D, n, E, tidy), settings([0.1, 0.001, 1e-3, 1.5, eps, 1 - decay, decay]));
          sameBits(s, (q) => q.sgd(A, B, tidy === 0 ? 0 : C, n, E, tidy), settings([0.1, decay, 0.9, 0.8, 10 * decay]));
          sameBits(s, (q) => q.sumOfSquares(A, n));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the kernels of a training step', () => {
  it('are compared above, each of them', () => {
    // Its two implementations are compared under "finiteness" below.
    const needed = Object.keys(memories[1]!.kernels).filter((name) => name !== 'allFinite');
    expectComplete('test/unit/nn/training-kernels.test.ts', [...compared], needed);
  });
});

describe('finiteness', () => {
  it.each([Number.NaN, Infinity, -Infinity])('finds %s anywhere', (value) => {
    for (const { buffer, kernels } of memories) {
      const view = new Float32Array(buffer);
      for (let p = 0; p < 16; p++) {
        view.fill(1e38, A >> 2, (A >> 2) + 16);
        expect(kernels.allFinite(A, 16)).toBe(1);
        view[(A >> 2) + p] = value;
        expect(kernels.allFinite(A, 16)).toBe(0);
      }
    }
  });

  it('an update that overflows says so, and leaves the old values in the gradient', () => {
    for (const { buffer, kernels } of memories) {
      const view = new Float32Array(buffer);
      view.fill(1, 0);
      view.set([2, 3, 4, 5, 6, 7, 8, 9], A >> 2);
      view.set([1e38, 0, 0, 1, 0], E >> 2);
      expect(kernels.sgd(A, B, 0, 8, E, 0)).toBe(1);
      expect(view.slice(B >> 2, (B >> 2) + 8)).toEqual(Float32Array.of(2, 3, 4, 5, 6, 7, 8, 9));
      view[(B >> 2) + 5] = 10;
      expect(kernels.sgd(A, B, 0, 8, E, 0)).toBe(0);
      view.fill(1, 0);
      view.set([0.1, 0.001, 1e38, 1, 1e-8, 1, 0], E >> 2);
      view[(A >> 2) + 3] = 6;
      view[(C >> 2) + 3] = 100;
      expect(kernels.adam(A, B, C, D, 8, E, 0)).toBe(0);
      expect(view.slice(B >> 2, (B >> 2) + 8)).toEqual(Float32Array.of(1, 1, 1, 6, 1, 1, 1, 1));
    }
  });
});

describe('accuracy', () => {
  it('squash agrees with tanh and the logistic function to half a unit in the last place or so', () => {
    for (const { buffer, kernels } of memories) {
      const view = new Float32Array(buffer);
      const x = Float32Array.from({ length: 2001 }, (_, i) => (i - 1000) / 47 / (i % 3 === 0 ? 300 : 1));
      view.set(x, A >> 2);
      kernels.squash(A, B, x.length, 0);
      kernels.squash(A, C, x.length, 1);
      x.forEach((value, p) => {
        expect(Math.abs(view[(B >> 2) + p]! / (Math.tanh(value) || 1) - (value === 0 ? 0 : 1))).toBeLessThan(7e-8);
        expect(Math.abs(view[(C >> 2) + p]! * (1 + Math.exp(-value)) - 1)).toBeLessThan(7e-8);
      });
    }
  });

  it('dropout draws what an Rng draws, and leaves the state where it leaves it', () => {
    for (const { buffer, kernels } of memories) {
      const rng = new Rng(5);
      new Uint32Array(buffer).set(rng.state(), E >> 2);
      new Float32Array(buffer).fill(1, A >> 2, (A >> 2) + 100);
      const threshold = Math.round(0.3 * 4294967296);
      kernels.dropout(A, B, C, 100, threshold, 1 / 0.7, E);
      const expected = Array.from({ length: 100 }, () => (rng.uint32() < threshold ? 0 : Math.fround(1 / 0.7)));
      expect(Array.from(new Float32Array(buffer, B, 100))).toEqual(expected);
      expect(Array.from(new Float32Array(buffer, C, 100))).toEqual(expected);
      expect(Array.from(new Uint32Array(buffer, E, 4))).toEqual(rng.state());
    }
  });
});
