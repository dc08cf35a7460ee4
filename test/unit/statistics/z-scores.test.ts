import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zScores } from '../../../src/statistics/z-scores.js';

const column = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  minLength: 2,
  maxLength: 40,
});

describe('zScores', () => {
  it('gives a row the same bits whatever the order of rows', () => {
    fc.assert(
      fc.property(column, fc.infiniteStream(fc.nat()), (values, keys) => {
        const order = values
          .map((_, i) => ({ i, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ i }) => i);
        const scores = zScores(Float64Array.from(values), values.length, 1);
        const shuffled = zScores(
          Float64Array.from(order, (i) => values[i]!),
          values.length,
          1,
        );
        expect(Array.from(shuffled)).toEqual(order.map((i) => scores[i]! + 0));
      }),
    );
  });

  it('has mean 0 and population standard deviation 1', () => {
    const scores = zScores(Float64Array.from([2, 4, 4, 4, 5, 5, 7, 9]), 8, 1);
    expect(Array.from(scores)).toEqual([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2].map((v) => expect.closeTo(v, 14)));
  });

  it('makes a constant column zeros, beside one that varies', () => {
    expect(Array.from(zScores(Float64Array.from([0.1, 1, 0.1, 3]), 2, 2))).toEqual([0, -1, 0, 1]);
  });
});
