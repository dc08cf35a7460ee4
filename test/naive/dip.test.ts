import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dip } from '../../src/statistics/dip.js';
import { naiveDip } from './dip.js';

const twoClumps = fc
  .tuple(fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([far, v]) => (far ? 2 + v : v));

describe('dip equals its definition', () => {
  for (const [name, value] of [
    [
      'values in general position',
      fc.double({ min: -1, max: 1, noNaN: true }).filter((v) => v === 0 || Math.abs(v) > 1e-6),
    ],
    ['small integers with ties', fc.integer({ min: 0, max: 5 })],
    ['two clumps', twoClumps],
  ] as const) {
    it(name, () => {
      fc.assert(
        fc.property(fc.array(value, { minLength: 2, maxLength: 12 }), (values) => {
          expect(dip(Float64Array.from(values).sort())).toBeCloseTo(naiveDip(values), 9);
        }),
        { numRuns: 150 },
      );
    });
  }
});
