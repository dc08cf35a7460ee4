import { describe, expect, it } from 'vitest';
import { readPoints } from '../../../src/data/points.js';
import { largestOf } from '../../../src/kernels/largest.js';

const flat = (data: Float64Array) => ({ data, rows: data.length, columns: 1 });

describe('a typed array of points', () => {
  for (let n = 1; n <= 11; n++) {
    for (let place = 0; place < n; place++) {
      it(`is looked through to its last number: ${place} of ${n}`, () => {
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.1e150, -1.1e150]) {
          const data = new Float64Array(n).map((_, i) => i - 3);
          data[place] = bad;
          expect(() => readPoints('test', flat(data))).toThrow(`got ${bad} at row ${place}, column 0`);
          // The first one is named, also when others follow.
          data.fill(bad, place);
          expect(() => readPoints('test', flat(data))).toThrow(`at row ${place}, column 0`);
        }
      });

      it(`has its largest number noted: ${place} of ${n}`, () => {
        for (const large of [20, -1e150]) {
          const data = new Float64Array(n).map((_, i) => 1 - i);
          data[place] = large;
          const { data: read } = readPoints('test', flat(data), 'borrow');
          expect(largestOf(read)).toBe(Math.abs(large));
        }
      });
    }
  }
});
