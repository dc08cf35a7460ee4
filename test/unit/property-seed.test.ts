import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertySeed } from '../support/property-seed.js';

describe('the seed of property tests', () => {
  it('is fixed where nothing is asked for, fast-check draws one where asked to, and a number is replayed', () => {
    expect(propertySeed(undefined)).toBe(propertySeed(''));
    expect(propertySeed(undefined)).toEqual(expect.any(Number));
    expect(propertySeed('random')).toBeUndefined();
    expect(propertySeed('-1604293876')).toBe(-1604293876);
    for (const wrong of ['rnd', '1.5', 'NaN', 'Infinity']) expect(() => propertySeed(wrong)).toThrow(wrong);
  });

  it('is the one that properties of this run draw from', () => {
    const seed = propertySeed(process.env.CLUSTERLENS_FC_SEED);
    expect(fc.readConfigureGlobal().seed).toBe(seed);
    if (seed !== undefined) expect(fc.sample(fc.nat(), 5)).toEqual(fc.sample(fc.nat(), { seed, numRuns: 5 }));
  });
});
