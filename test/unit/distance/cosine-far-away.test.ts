import { expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { pairwiseDistances } from '../../../src/index.js';

const ONE = 10n ** 60n;

/** The whole root of a whole number, by Newton. */
function rootOf(value: bigint): bigint {
  let x = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (x + value / x) / 2n;
    if (next >= x) return x;
    x = next;
  }
}

/** 1 - cosine to 60 digits, of coordinates that are multiples of 2^-20. */
function exactCosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, v, c) => sum + BigInt(v * 2 ** 20) * BigInt(y[c]! * 2 ** 20), 0n);
  const root = rootOf(dot(a, a) * dot(b, b) * ONE * ONE);
  return Number(ONE - (dot(a, b) * ONE * ONE) / root) / Number(ONE);
}

test.each([0, 1e2, 1e4, 1e6, 1e8])('cosine distances of rows %s spreads from the origin, as the doc says', (away) => {
  const rng = new Rng(3);
  const points = Array.from({ length: 24 }, () =>
    Array.from({ length: 4 }, () => away + Math.round(rng.normal() * 2 ** 20) / 2 ** 20),
  );
  const { data } = pairwiseDistances(points, { metric: 'cosine' });
  let worst = 0;
  points.forEach((a, i) => {
    points.forEach((b, j) => {
      if (i === j) return;
      const exact = exactCosine(a, b);
      worst = Math.max(worst, Math.abs(data[i * 24 + j]! - exact) / exact);
    });
  });
  expect(worst).toBeLessThan(5e-15 * Math.max(1, away));
});
