import { describe, expect, it } from 'vitest';
import { cosPi } from '../../../src/nn/cos-pi.js';
import { integerPower } from '../../../src/nn/integer-power.js';
import { constantRate } from '../../../src/nn/schedules/constant-rate.js';
import { cosineDecay } from '../../../src/nn/schedules/cosine-decay.js';
import { exponentialDecay } from '../../../src/nn/schedules/exponential-decay.js';
import { linearWarmup } from '../../../src/nn/schedules/linear-warmup.js';
import { stepDecay } from '../../../src/nn/schedules/step-decay.js';

const factors = (schedule: { factor(t: number): number }, count: number) =>
  Array.from({ length: count }, (_, t) => schedule.factor(t));

describe('schedules', () => {
  it('constantRate is 1', () => {
    expect(factors(constantRate(), 3)).toEqual([1, 1, 1]);
  });

  it('stepDecay cuts every stepSize', () => {
    expect(factors(stepDecay({ stepSize: 2, gamma: 0.5 }), 5)).toEqual([1, 1, 0.5, 0.5, 0.25]);
  });

  it('exponentialDecay multiplies', () => {
    expect(factors(exponentialDecay({ gamma: 0.5 }), 4)).toEqual([1, 0.5, 0.25, 0.125]);
  });

  it('cosineDecay goes from 1 through the middle to the floor and stays there', () => {
    expect(factors(cosineDecay({ length: 2, floor: 0.5 }), 5)).toEqual([1, 0.75, 0.5, 0.5, 0.5]);
  });

  it('linearWarmup rises in a line and then hands over, from time 0', () => {
    const after = stepDecay({ stepSize: 1, gamma: 0.5 });
    expect(factors(linearWarmup({ length: 4, startFactor: 0.5, after }), 7)).toEqual([
      0.5, 0.625, 0.75, 0.875, 1, 0.5, 0.25,
    ]);
    expect(linearWarmup({ length: 4 }).factor(9)).toBe(1);
  });

  it.each([
    [() => stepDecay({ stepSize: 0 }), 'out-of-range'],
    [() => stepDecay({ stepSize: 1, gamma: 1.5 }), 'out-of-range'],
    [() => exponentialDecay({} as never), 'wrong-type'],
    [() => cosineDecay({ length: 1.5 }), 'out-of-range'],
    [() => cosineDecay({ length: 3, floor: -1 }), 'out-of-range'],
    [() => linearWarmup({ length: 3, startFactor: 0 }), 'out-of-range'],
    [() => linearWarmup({ length: 3, after: (() => 1) as never }), 'wrong-type'],
    [() => constantRate().factor(-1), 'out-of-range'],
    [() => constantRate().factor(0.5), 'out-of-range'],
  ])('%s', (make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });
});

describe('the arithmetic behind them', () => {
  it('cosPi is cos(pi t) to 1e-15', () => {
    for (let step = 0; step <= 1000; step++) {
      expect(Math.abs(cosPi(step / 1000) - Math.cos((Math.PI * step) / 1000))).toBeLessThan(1e-15);
    }
    expect([cosPi(0), cosPi(0.5), cosPi(1)]).toEqual([1, 0, -1]);
  });

  it('integerPower is the power', () => {
    expect([integerPower(3, 0), integerPower(3, 1), integerPower(3, 13), integerPower(0, 0)]).toEqual([
      1, 3, 1594323, 1,
    ]);
    expect(Math.abs(integerPower(0.999, 100_000) / 0.999 ** 100_000 - 1)).toBeLessThan(1e-10);
  });
});
