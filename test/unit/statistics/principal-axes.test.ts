import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { principalAxes } from '../../../src/statistics/principal-axes.js';
import { allNear, near } from '../../support/near.js';

function centred(n: number, d: number, value: (i: number, c: number) => number): Float64Array {
  const rows = Float64Array.from({ length: n * d }, (_, p) => value(Math.floor(p / d), p % d));
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += rows[i * d + c]! / n;
    for (let i = 0; i < n; i++) rows[i * d + c]! -= mean;
  }
  return rows;
}

const axis = (axes: Float64Array, d: number, a: number) => Array.from(axes.subarray(a * d, (a + 1) * d));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, c) => sum + value * b[c]!, 0);

describe('principalAxes', () => {
  it.each([
    ['more rows than columns', 40, 6],
    ['more columns than rows', 4, 9],
    ['one column', 5, 1],
  ])('are orthonormal, and the rows uncorrelated along them: %s', (_, n, d) => {
    const rng = new Rng(n);
    const rows = centred(n, d, (_, c) => rng.normal() * (c + 1) + rng.uniform());
    const axes = principalAxes(rows, n, d);
    const along = Array.from({ length: d }, (_, a) =>
      Array.from({ length: n }, (_, i) => dot(axis(axes, d, a), Array.from(rows.subarray(i * d, (i + 1) * d)))),
    );
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        near(dot(axis(axes, d, a), axis(axes, d, b)), a === b ? 1 : 0, 1e-13);
        if (a !== b) near(dot(along[a]!, along[b]!) / n, 0, 1e-12, 10);
      }
    }
    const spread = along.reduce((sum, values) => sum + dot(values, values), 0);
    near(
      spread,
      rows.reduce((sum, value) => sum + value * value, 0),
      1e-12,
    );
  });

  it('finds the axes that the rows were stretched along', () => {
    const rng = new Rng(7);
    const rows = centred(400, 2, () => 0);
    for (let i = 0; i < 400; i++) {
      const [long, short] = [10 * rng.normal(), 0.1 * rng.normal()];
      rows[2 * i] = 0.6 * long - 0.8 * short;
      rows[2 * i + 1] = 0.8 * long + 0.6 * short;
    }
    const axes = principalAxes(rows, 400, 2);
    const found = [axis(axes, 2, 0), axis(axes, 2, 1)].map((v) => v.map(Math.abs)).sort((a, b) => a[0]! - b[0]!);
    allNear(found.flat(), [0.6, 0.8, 0.8, 0.6], 2e-3);
  });

  it('rows without any spread have axes too', () => {
    expect(Array.from(principalAxes(new Float64Array(6), 3, 2))).toEqual([1, 0, 0, 1]);
  });
});
