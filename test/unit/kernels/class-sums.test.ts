import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { classSums } from '../../../src/kernels/class-sums.js';

function byDefinition(rows: Float64Array, d: number, k: number, labels: Int32Array): Float64Array {
  const sums = new Float64Array(k * d);
  labels.forEach((cluster, i) => {
    if (cluster < k) for (let c = 0; c < d; c++) sums[cluster * d + c]! += rows[i * d + c]!;
  });
  return sums;
}

describe('sums of rows over classes are the definition, to the bit', () => {
  it.each([
    ['one column', 30, 1, 3, 4],
    ['a part of a group of columns', 31, 5, 3, 4],
    ['groups of columns and a part', 40, 19, 7, 3],
    ['singletons', 12, 8, 12, 2],
    ['one row', 1, 9, 1, 1],
  ])('%s', (_, n, d, k, count) => {
    const rng = new Rng(n + d);
    const rows = Float64Array.from({ length: n * d }, () => rng.normal());
    // A label of k counts nowhere.
    const labelings = Array.from({ length: count }, () => Int32Array.from({ length: n }, () => rng.integer(k + 1)));
    for (const choice of ['simd', 'plain'] as const) {
      expect(classSums(rows, d, k, labelings, choice)).toStrictEqual(
        labelings.map((labels) => byDefinition(rows, d, k, labels)),
      );
    }
  });
});
