import { describe, expect, it } from 'vitest';
import { countText, numberText, percentText, pIs, pText } from '../../../src/core/words.js';

describe('numberText', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1595, '1,595'],
    [-1595, '-1,595'],
    [3356619, '3,356,619'],
    [3356619.4, '3,356,619'],
    [999.6, '1,000'],
    [999.4, '999'],
    [12.345, '12.3'],
    [-0.78749, '-0.787'],
    [0.018249, '0.0182'],
    [0.00012345, '0.000123'],
    [0.0000512, '5.12e-5'],
    [1e15, '1.00e+15'],
    [1e21, '1.00e+21'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('writes %d as %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});

describe('percentText', () => {
  it.each([
    [0, '0%'],
    [1, '100%'],
    [0.42, '42%'],
    [0.28715, '28.7%'],
    [0.042, '4.2%'],
    [0.0999, '10%'],
    [0.0001, '<0.1%'],
    [0.996, '99.6%'],
    [0.99996, '>99.9%'],
    [-0.042, '-4.2%'],
    [12.5, '1,250%'],
  ])('writes %d as %s', (share, text) => {
    expect(percentText(share)).toBe(text);
  });

  it('writes 0% and 100% only for nothing and all', () => {
    for (let i = 1; i < 10_000; i++) {
      expect(['0%', '100%', '0.0%', '100.0%']).not.toContain(percentText(i / 10_000));
    }
  });
});

describe('pText and countText', () => {
  it.each([
    [0.034_12, '0.034'],
    [0.0005, '0.0005'],
    [2.13e-7, '2.1e-7'],
    [1, '1'],
    [3e-300, '<2.2e-16'],
    [0, '<2.2e-16'],
  ])('writes p = %d as %s', (p, text) => {
    expect(pText(p)).toBe(text);
    expect(pIs(p)).toBe(text.startsWith('<') ? 'p < 2.2e-16' : `p = ${text}`);
  });

  it('puts one and many into words', () => {
    expect([countText(1, 'row'), countText(2, 'row'), countText(1595, 'class', 'classes')]).toEqual([
      '1 row',
      '2 rows',
      '1,595 classes',
    ]);
  });
});
