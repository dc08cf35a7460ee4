import { describe, expect, it } from 'vitest';
import { ClusterlensError, InputError, show, UndefinedMetricError } from '../../../src/core/errors.js';

describe('errors', () => {
  it('have a class, a name and a code, and are errors', () => {
    const error = new UndefinedMetricError('too-few-clusters', 'silhouette: needs more');
    expect([error.name, error.code, error.message]).toEqual([
      'UndefinedMetricError',
      'too-few-clusters',
      'silhouette: needs more',
    ]);
    expect(error).toBeInstanceOf(ClusterlensError);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(InputError);
    expect(String(error)).toBe('UndefinedMetricError: silhouette: needs more');
  });
});

describe('show', () => {
  class Odd {}
  it.each([
    ['x"y', '"x\\"y"'],
    ['a'.repeat(41), `"${'a'.repeat(37)}..."`],
    ['a'.repeat(40), `"${'a'.repeat(40)}"`],
    [7n, '7n'],
    [Number.NaN, 'NaN'],
    [-0, '0'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [function named() {}, 'function named'],
    [() => 1, 'function (anonymous)'],
    [[1, 2], 'array of length 2'],
    [Float64Array.of(1), 'Float64Array of length 1'],
    [{ length: 3 }, 'Object of length 3'],
    [{}, 'Object'],
    [new Odd(), 'Odd'],
    [Object.create(null), 'object'],
    [(function* () {})(), 'object'],
  ])('%o', (value, text) => {
    expect(show(value)).toBe(text);
  });
});
